//! The manifest of an accepted configuration.

use std::collections::BTreeSet;

use hardened_core::{
    document::Version,
    manifest::{
        Manifest, Promises, RuleEntry, RuleOutcome, SettingEntry, SettingState as State, SourceKind, TierAndWhy,
        WaiverEntry,
    },
};
use hardened_strength::in_text;

use super::{Config, Loaded, Row, SettingState, Table, table::WITHHELD};
use crate::{
    Report,
    report::{Provenance, Waived},
    rule::{self, Level, Rule},
    schema::Kind,
};

impl<T: Config> Loaded<T> {
    /// Returns the manifest of this start: every setting and rule, the waivers, and what the groups
    /// [promise](Config::promise). It contains no secrets. Write `Loaded::manifest(&settings)`; `my-service config
    /// manifest` prints it.
    ///
    /// ```
    /// use hardened::{Environment, Http, Loaded, Loader};
    ///
    /// let environment = Environment::empty().set("ENVIRONMENT", "production").set("ALLOWED_HOSTS", "api.example.com");
    /// let settings = Loader::new().environment(environment).service("billing", "1.2.0").load::<Http>()?;
    /// let manifest = Loaded::manifest(&settings);
    /// assert_eq!(manifest.service.name.as_deref(), Some("billing"));
    /// # #[cfg(feature = "http")]
    /// assert_eq!(manifest.promises.hosts.unwrap().allowed, ["api.example.com"]);
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    #[must_use]
    pub fn manifest(this: &Self) -> Manifest {
        let (report, table) = (Self::report(this), Self::table(this));
        let mut promises = Promises::default();
        this.promise(&mut promises);
        withhold(&mut promises);
        Manifest {
            schema_version: Version,
            service: Self::service(this).clone(),
            tier: TierAndWhy { value: report.tier(), evidence: report.evidence().to_vec() },
            settings: table.rows().iter().map(setting).collect(),
            rules: rules(report, table),
            waivers: report.waivers().iter().map(waiver).collect(),
            promises,
            routes: None,
        }
        .sorted()
    }
}

/// Removes from the promises what looks like a secret. Origins, paths and headers stay because every client sees them.
fn withhold(promises: &mut Promises) {
    promises.own.values_mut().filter(|value| in_text(value).is_some()).for_each(|value| *value = WITHHELD.to_owned());
    for rules in &mut promises.tokens {
        for (claim, name) in [(&mut rules.issuer, "issuer"), (&mut rules.audience, "audience")] {
            if claim.take_if(|text| in_text(text).is_some()).is_some() {
                rules.withheld.push(name.to_owned());
            }
        }
    }
}

fn setting(row: &Row) -> SettingEntry {
    let kind = row.setting().kind();
    SettingEntry {
        name: row.path(),
        variables: row.variables().map(|name| name.to_string()).collect(),
        kind: kind.name().to_owned(),
        secret: kind.is_secret(),
        state: match row.state() {
            SettingState::Set => State::Set,
            SettingState::Default => State::Default,
            SettingState::Assumed => State::Assumed,
            // A start with a missing or rejected setting is accepted only if the tier or a waiver allows it to be unset.
            SettingState::Unset | SettingState::Missing | SettingState::Rejected => State::Unset,
        },
        value: row.value().map(str::to_owned),
        withheld: row.is_withheld(),
        source: row.provenance().map(source),
    }
}

fn source(provenance: &Provenance) -> SourceKind {
    match provenance {
        Provenance::NamedFile { .. } => SourceKind::NamedFile,
        Provenance::SecretDirectory { .. } => SourceKind::SecretDirectory,
        Provenance::Line { .. } => SourceKind::File,
        Provenance::Provider { .. } => SourceKind::Provider,
        Provenance::Code => SourceKind::Code,
        Provenance::Argument { .. } => SourceKind::Argument,
        Provenance::Default => SourceKind::Default,
        _ => SourceKind::Environment,
    }
}

fn waiver(waiver: &Waived) -> WaiverEntry {
    WaiverEntry {
        code: waiver.rule().code().to_owned(),
        subject: waiver.subject().to_owned(),
        reason: Some(waiver.reason()).filter(|reason| in_text(reason).is_none()).map(str::to_owned),
        used: waiver.is_used(),
    }
}

/// The code prefixes of rules about features that not every service has.
const ABOUT: [&str; 13] = [
    "connection-",
    "cors-",
    "database-",
    "debug-",
    "docs-",
    "host-",
    "http-",
    "http-attempts",
    "http-cookie-",
    "http-proxies-",
    "jwt-",
    "origin-",
    "secret-",
];

/// Returns whether the service has what a rule is about: a rule that nothing could break must not count as held.
fn is_about_something(rule: Rule, table: &Table) -> bool {
    let families = ABOUT.iter().filter(|family| rule.code().starts_with(*family));
    match families.max_by_key(|family| family.len()) {
        None => true,
        Some(&"secret-") => table.rows().iter().any(|row| {
            row.setting().kind().is_secret() && matches!(row.state(), SettingState::Set | SettingState::Assumed)
        }),
        Some(family) => table.judged.contains(family),
    }
}

fn rules(report: &Report, table: &Table) -> Vec<RuleEntry> {
    let found = report.findings().iter().map(|finding| (finding.rule(), finding.subject()));
    let waived = report.waivers().iter().filter(|waiver| waiver.is_used());
    let broken: Vec<_> = found.chain(waived.map(|waiver| (waiver.rule(), waiver.subject()))).collect();
    let others = broken.iter().map(|(rule, _)| *rule).filter(|rule| !rule::ALL.contains(rule));
    let ours = rule::ALL
        .iter()
        .copied()
        .filter(|rule| is_about_something(*rule, table) || broken.iter().any(|(one, _)| one == rule));
    let mut all: Vec<Rule> = ours.chain(table.rules.iter().copied()).chain(others).collect();
    let mut seen = BTreeSet::new();
    all.retain(|rule| seen.insert(rule.code()));
    let entry = |rule: Rule| {
        let subjects: Vec<_> =
            broken.iter().filter(|(broken, _)| *broken == rule).map(|(_, subject)| (*subject).to_owned()).collect();
        let level = rule.level(report.tier());
        let outcome = if !subjects.is_empty() {
            RuleOutcome::NotHeld
        } else if level == Level::Off || is_unjudged(rule, table) {
            RuleOutcome::NotJudged
        } else {
            RuleOutcome::Held
        };
        RuleEntry { code: rule.code().to_owned(), level, outcome, subjects }
    };
    all.into_iter().map(entry).collect()
}

/// Returns whether a rule could not be judged, or is about the values of assumed secrets.
fn is_unjudged(rule: Rule, table: &Table) -> bool {
    let assumes = |is: fn(Kind) -> bool| {
        table.rows().iter().any(|row| row.state() == SettingState::Assumed && is(row.setting().kind()))
    };
    let begins = |families: &[&str]| families.iter().any(|family| rule.code().starts_with(family));
    table.unjudged.contains(&rule)
        || begins(&["secret-", "file-"]) && assumes(|_| true)
        || begins(&["database-", "host-"]) && assumes(|kind| matches!(kind, Kind::Credential))
}
