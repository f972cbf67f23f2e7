//! Waivers: rules that the code accepts as not holding.

use crate::{
    finding::{Host, Name},
    report::Waived,
    rule::{Level, Rule, Waivable},
    tier::Tier,
};

/// The reason for a waiver, and the tier and hosts that it is limited to.
#[derive(Debug, Clone)]
pub struct Reason {
    text: &'static str,
    only: Option<Tier>,
    host: Option<&'static str>,
}

impl Reason {
    /// Creates a reason from a text for the readers of the report.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, only: None, host: None }
    }

    /// Limits the waiver to one tier.
    #[must_use]
    pub const fn only(mut self, tier: Tier) -> Self {
        self.only = Some(tier);
        self
    }

    /// Limits the waiver to hosts: `.flycast` matches every name below it, `db.internal` only that name. Such a waiver does not
    /// apply to a violation at another host or without a host.
    #[must_use]
    pub const fn host(mut self, suffix: &'static str) -> Self {
        self.host = Some(suffix);
        self
    }

    /// Returns the text of the reason.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Returns whether the reason has a text and is not limited to another tier.
    #[must_use]
    pub fn applies_in(&self, tier: Tier) -> bool {
        self.only.is_none_or(|only| only == tier) && !self.text.trim().is_empty()
    }
}

impl From<&'static str> for Reason {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

/// A waiver, and whether this run used it.
#[derive(Debug)]
pub struct Waiver {
    rule: Rule,
    subject: &'static str,
    reason: Reason,
    used: bool,
    bound: bool,
}

impl Waiver {
    /// Creates a waiver of one rule for one subject.
    #[must_use]
    pub fn new(rule: Rule, subject: &'static str, reason: Reason) -> Self {
        Self { rule, subject, reason, used: false, bound: false }
    }

    /// Returns the waived rule.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the subject for which the rule is waived.
    #[must_use]
    pub fn subject(&self) -> &'static str {
        self.subject
    }

    /// Returns what is wrong with the waiver itself, as the rest of a sentence.
    fn mistake(&self) -> Option<&'static str> {
        if self.rule.waivable() == Waivable::Never {
            return Some(" has no effect, because nothing may relax this rule");
        }
        let hardened_only = self.reason.only.is_some_and(Tier::is_hardened);
        if self.rule.waivable() == Waivable::Locally && hardened_only {
            return Some(" has no effect, because nothing may relax this rule in preview or production");
        }
        if self.reason.host.is_some_and(|suffix| suffix.trim_matches('.').is_empty()) {
            return Some(" needs a host name or suffix, such as `.internal`");
        }
        self.reason.text.trim().is_empty().then_some(" needs a reason")
    }

    fn applies_to(&self, host: Option<&Host>) -> bool {
        self.reason.host.is_none_or(|suffix| host.is_some_and(|host| host.is_within(suffix)))
    }

    fn applies_in(&self, tier: Tier) -> bool {
        let allowed = match self.rule.waivable() {
            Waivable::Everywhere => true,
            Waivable::Locally => !tier.is_hardened(),
            Waivable::Never => false,
        };
        allowed && self.reason.only.is_none_or(|only| only == tier) && self.mistake().is_none()
    }
}

/// All waivers of a loader.
#[derive(Debug, Default)]
pub struct Waivers(Vec<Waiver>);

impl Waivers {
    /// Adds a waiver.
    pub fn push(&mut self, waiver: Waiver) {
        self.0.push(waiver);
    }

    /// Returns whether there are no waivers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns an iterator over the waivers.
    pub fn iter(&self) -> impl Iterator<Item = &Waiver> {
        self.0.iter()
    }

    /// Returns each waiver that is itself wrong: its subject, its rule and the mistake.
    pub(super) fn mistakes(&self) -> Vec<(&'static str, Rule, &'static str)> {
        self.0.iter().filter_map(|waiver| Some((waiver.subject, waiver.rule, waiver.mistake()?))).collect()
    }

    /// Returns whether a waiver covers the rule for this subject and host, and marks that waiver as used.
    pub(super) fn accept(&mut self, rule: Rule, subject: &Name, host: Option<&Host>, tier: Tier) -> bool {
        let found = self.0.iter_mut().find(|waiver| {
            // Rules are compared by code. A different rule with the same code must not become more waivable.
            let is_rule = waiver.rule == rule && waiver.rule.waivable() == rule.waivable();
            let is_about = is_rule && waiver.subject == subject.as_str();
            is_about && waiver.applies_to(host) && waiver.applies_in(tier)
        });
        found.is_some_and(|waiver| {
            waiver.used = true;
            true
        })
    }

    /// Returns whether a waiver is for this name.
    pub(super) fn names(&self, subject: &str) -> bool {
        self.0.iter().any(|waiver| waiver.subject == subject)
    }

    /// Records that a subject was judged, so that an unneeded waiver for it can be reported.
    pub(super) fn judged(&mut self, subject: &Name) {
        for waiver in self.0.iter_mut().filter(|waiver| waiver.subject == subject.as_str()) {
            waiver.bound = true;
        }
    }

    /// Returns the waivers that are valid and were not used although their subject was judged.
    pub(super) fn unused(&self, tier: Tier) -> Vec<(Rule, &'static str)> {
        let binds = |rule: Rule| matches!(rule.level(tier), Level::Refuse | Level::Warn);
        let unused = |waiver: &&Waiver| !waiver.used && waiver.bound && binds(waiver.rule) && waiver.applies_in(tier);
        self.0.iter().filter(unused).map(|waiver| (waiver.rule, waiver.subject)).collect()
    }

    /// Converts the waivers to entries of the report.
    pub(super) fn into_report(self) -> Vec<Waived> {
        self.0
            .into_iter()
            .map(|waiver| Waived {
                rule: waiver.rule,
                subject: Name::declared(waiver.subject),
                reason: waiver.reason.text,
                used: waiver.used,
            })
            .collect()
    }
}
