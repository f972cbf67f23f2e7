//! Checks of what the code declares: variables that two settings read, and waivers for settings that do not exist.

use hardened_core::journal::{Journal, Waivers};

use crate::{Violation, finding::Name, message, rule, schema::Declared, source::KnownNames};

/// The prefixes of rules about a setting. A waiver of such a rule must name a setting.
const ABOUT_SETTINGS: [&str; 7] = ["secret-", "setting-", "file-", "database-", "origin-", "jwt-", "debug-"];

/// A waiver that is probably misspelt, or that was left behind when a setting was renamed.
pub(super) struct Stray {
    subject: &'static str,
    code: &'static str,
}

/// Returns the waivers for settings that do not exist.
pub(super) fn stray_waivers(waivers: &Waivers, known: &KnownNames) -> Vec<Stray> {
    if waivers.is_empty() {
        return Vec::new();
    }
    let is_known = |subject: &str| {
        known.others().contains(&subject)
            || known.schema.name() == subject
            || known.schema.has_element_variable(subject)
            || known.declared().iter().any(|setting| names(setting, subject))
    };
    let strays = waivers.iter().filter(|waiver| {
        let is_about_a_setting = ABOUT_SETTINGS.iter().any(|family| waiver.rule().code().starts_with(family));
        // `setting-unknown` is about variables that belong to no setting.
        is_about_a_setting && waiver.rule() != rule::SETTING_UNKNOWN && !is_known(waiver.subject())
    });
    strays.map(|waiver| Stray { subject: waiver.subject(), code: waiver.rule().code() }).collect()
}

/// Returns whether a setting, or a group that contains it, has this name.
fn names(declared: &Declared, subject: &str) -> bool {
    let variable = subject.strip_suffix("_FILE").unwrap_or(subject);
    declared.variables().iter().any(|name| [subject, variable].contains(&name.as_str()))
        || declared.path() == subject
        || declared.path().split('.').any(|field| field == subject)
}

/// Reports each stray waiver.
pub(super) fn report_strays(strays: Vec<Stray>, journal: &mut Journal) {
    for Stray { subject, code } in strays {
        let fact = message!("the waiver of ", code, " is for a setting that does not exist");
        let violation = Violation::new(rule::WAIVER_INVALID, fact);
        journal.report(subject.into(), violation.remedy("correct the name of the setting, or remove the waiver"));
    }
}

/// Reports each variable that two settings read.
pub(super) fn report_shared(known: &KnownNames, journal: &mut Journal) {
    if !known.schema.may_share_variables() {
        return;
    }
    let declared = known.declared();
    let mut readers: Vec<(&str, usize)> = declared
        .iter()
        .enumerate()
        .flat_map(|(index, setting)| setting.variables().iter().map(move |name| (name.as_str(), index)))
        .collect();
    readers.sort_unstable();
    readers.dedup();
    for pair in readers.windows(2) {
        let [(name, first), (other, second)] = pair else { continue };
        let (Some(first), Some(second)) = (declared.get(*first), declared.get(*second)) else { continue };
        // Two variants of one enum may declare the same setting.
        if name == other && first.path() != second.path() {
            let fact = message!("read by ", path(first), " and by ", path(second));
            let subject = second.variables().iter().find(|variable| variable.as_str() == *name).cloned();
            let subject = subject.unwrap_or_else(|| path(second));
            journal.report(subject.into(), Violation::new(rule::SETTING_SHARED, fact));
        }
    }
}

fn path(declared: &Declared) -> Name {
    Name::prefixed(declared.path(), "")
}
