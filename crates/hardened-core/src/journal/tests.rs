use super::*;
use crate::rule::{Definition, Explanation, Waivable, Word};

const EXPLANATION: Explanation = Explanation::new("Because.", "do it");

const fn rule(code: &'static str, levels: [Level; 4], waivable: Waivable) -> Definition {
    Definition { code, word: Word::Weak, levels, waivable, holds: "It holds.", cwe: &[], explanation: &EXPLANATION }
}

const REFUSES: Rule =
    Rule::new(&rule("t-refuses", [Level::Note, Level::Note, Level::Refuse, Level::Refuse], Waivable::Everywhere));
const WARNS: Rule = Rule::new(&rule("t-warns", [Level::Off, Level::Warn, Level::Warn, Level::Warn], Waivable::Locally));
const BINDS: Rule =
    Rule::new(&rule("t-binds", [Level::Refuse, Level::Refuse, Level::Refuse, Level::Refuse], Waivable::Never));

fn waived(rule: Rule, reason: impl Into<Reason>) -> Waivers {
    let mut waivers = Waivers::default();
    waivers.push(Waiver::new(rule, "KEY", reason.into()));
    waivers
}

fn violation(rule: Rule) -> Violation {
    Violation::new(rule, "a fact")
}

#[test]
fn the_tier_decides_what_a_violation_means() {
    for (rule, tier, severity) in [
        (REFUSES, Tier::Development, Some(Severity::Note)),
        (REFUSES, Tier::Production, Some(Severity::Error)),
        (WARNS, Tier::Development, None),
        (WARNS, Tier::Test, Some(Severity::Warning)),
        (BINDS, Tier::Development, Some(Severity::Error)),
    ] {
        let mut journal = Journal::new(tier);
        let outcome = journal.check("KEY".into(), violation(rule), None);
        assert_eq!(outcome.is_err(), severity == Some(Severity::Error), "{rule} {tier}");
        assert_eq!(journal.is_refusal(), outcome.is_err(), "{rule} {tier}");
        let report = journal.finish();
        assert_eq!(report.findings().first().map(Finding::severity), severity, "{rule} {tier}");
    }
}

#[test]
fn a_waiver_relaxes_its_rule_for_its_subject_where_it_applies_and_shows_as_used() {
    for (subject, reason, accepted) in [
        ("KEY", Reason::new("legacy"), true),
        ("OTHER", Reason::new("legacy"), false),
        ("KEY", Reason::new("legacy").only(Tier::Production), true),
        ("KEY", Reason::new("legacy").only(Tier::Preview), false),
        ("KEY", Reason::new("legacy").host(".flycast"), false),
    ] {
        let mut journal = Journal::new(Tier::Production).with_waivers(waived(REFUSES, reason.clone()));
        assert_eq!(journal.check(subject.into(), violation(REFUSES), None).is_ok(), accepted, "{subject} {reason:?}");
        assert_eq!(journal.finish().waivers()[0].is_used(), accepted, "{subject} {reason:?}");
    }
}

#[test]
fn a_waiver_that_cannot_be_is_invalid() {
    for (rule, reason, valid) in [
        (REFUSES, Reason::new("legacy"), true),
        (REFUSES, Reason::new(" "), false),
        (REFUSES, Reason::new("legacy").host("."), false),
        (BINDS, Reason::new("legacy"), false),
        (WARNS, Reason::new("legacy").only(Tier::Test), true),
        (WARNS, Reason::new("legacy").only(Tier::Production), false),
    ] {
        let report = Journal::new(Tier::Production).with_waivers(waived(rule, reason.clone())).finish();
        assert_eq!(report.refuses("waiver-invalid", "KEY"), !valid, "{rule} {reason:?}");
    }
}

#[test]
fn a_waiver_that_was_not_needed_is_noted_once_its_subject_was_judged() {
    let mut journal = Journal::new(Tier::Production).with_waivers(waived(REFUSES, "legacy"));
    journal.judged(&"KEY".into());
    assert!(journal.finish().has("waiver-unused", "KEY"));
    let journal = Journal::new(Tier::Production).with_waivers(waived(REFUSES, "legacy"));
    assert!(!journal.finish().has("waiver-unused", "KEY"));
}

#[test]
fn a_waiver_of_another_rule_with_the_same_code_has_no_effect() {
    const TWIN: Rule = Rule::new(&rule("t-binds", [Level::Refuse; 4], Waivable::Everywhere));
    assert_eq!((TWIN, BINDS.waivable()), (BINDS, Waivable::Never));
    let mut journal = Journal::new(Tier::Production).with_waivers(waived(TWIN, "legacy"));
    assert!(journal.check("KEY".into(), violation(BINDS), None).is_err());
}

#[test]
fn errors_come_first_and_otherwise_the_order_is_kept() {
    let mut journal = Journal::new(Tier::Production);
    journal.report("FIRST".into(), violation(WARNS));
    journal.report("SECOND".into(), violation(REFUSES));
    let _reported = journal.refuse("THIRD".into(), violation(WARNS), None);
    journal.report("FOURTH".into(), violation(WARNS));
    let report = journal.finish();
    let subjects: Vec<_> = report.findings().iter().map(Finding::subject).collect();
    assert_eq!(subjects, ["SECOND", "THIRD", "FIRST", "FOURTH"]);
}

#[test]
fn a_rule_on_another_platform_takes_the_place_of_the_first() {
    let violation = violation(REFUSES).on_platform("fly", WARNS);
    assert_eq!(violation.clone().resolved(|platform| platform == "fly").rule(), WARNS);
    assert_eq!(violation.resolved(|_| false).rule(), REFUSES);
}
