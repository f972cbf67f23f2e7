//! Accepted dangers.

use crate::{
    finding::{Host, Name},
    report::Waived,
    rule::{Level, Rule, Waivable},
    tier::Tier,
};

/// Why and where a rule may be waived.
#[derive(Debug, Clone)]
pub struct Reason {
    text: &'static str,
    only: Option<Tier>,
    host: Option<&'static str>,
}

impl Reason {
    /// Creates a reason, as text for the readers of the report.
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

    /// Limits the waiver to hosts: `.flycast` matches every name below it, `db.internal` only that name. It does not
    /// apply to a rule about another host, or about none.
    #[must_use]
    pub const fn host(mut self, suffix: &'static str) -> Self {
        self.host = Some(suffix);
        self
    }

    /// Returns the reason in words.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Returns whether it counts in a tier.
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

/// One waiver, and what became of it in this run.
#[derive(Debug)]
pub struct Waiver {
    rule: Rule,
    subject: &'static str,
    reason: Reason,
    used: bool,
    bound: bool,
}

impl Waiver {
    /// Accepts one rule for one subject.
    #[must_use]
    pub fn new(rule: Rule, subject: &'static str, reason: Reason) -> Self {
        Self { rule, subject, reason, used: false, bound: false }
    }

    /// Returns the rule that the waiver relaxes.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the subject that it need not hold for.
    #[must_use]
    pub fn subject(&self) -> &'static str {
        self.subject
    }

    /// What is wrong with the waiver itself.
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

/// All waivers of one loader.
#[derive(Debug, Default)]
pub struct Waivers(Vec<Waiver>);

impl Waivers {
    /// Adds one.
    pub fn push(&mut self, waiver: Waiver) {
        self.0.push(waiver);
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns each waiver.
    pub fn iter(&self) -> impl Iterator<Item = &Waiver> {
        self.0.iter()
    }

    /// What is wrong with the waivers themselves.
    pub(super) fn mistakes(&self) -> Vec<(&'static str, Rule, &'static str)> {
        self.0.iter().filter_map(|waiver| Some((waiver.subject, waiver.rule, waiver.mistake()?))).collect()
    }

    /// Whether a rule that does not hold is accepted for a subject, and for the host that it is about.
    pub(super) fn accept(&mut self, rule: Rule, subject: &Name, host: Option<&Host>, tier: Tier) -> bool {
        let found = self.0.iter_mut().find(|waiver| {
            // A rule is known by its code; another of the same code cannot make it laxer.
            let is_rule = waiver.rule == rule && waiver.rule.waivable() == rule.waivable();
            let is_about = is_rule && waiver.subject == subject.as_str();
            is_about && waiver.applies_to(host) && waiver.applies_in(tier)
        });
        found.is_some_and(|waiver| {
            waiver.used = true;
            true
        })
    }

    /// Whether one is for this name.
    pub(super) fn names(&self, subject: &str) -> bool {
        self.0.iter().any(|waiver| waiver.subject == subject)
    }

    /// Remembers that a subject was judged, so that a waiver for it that was not needed can be told.
    pub(super) fn judged(&mut self, subject: &Name) {
        for waiver in self.0.iter_mut().filter(|waiver| waiver.subject == subject.as_str()) {
            waiver.bound = true;
        }
    }

    /// The waivers that were valid, bound, and not needed.
    pub(super) fn unused(&self, tier: Tier) -> Vec<(Rule, &'static str)> {
        let binds = |rule: Rule| matches!(rule.level(tier), Level::Refuse | Level::Warn);
        let unused = |waiver: &&Waiver| !waiver.used && waiver.bound && binds(waiver.rule) && waiver.applies_in(tier);
        self.0.iter().filter(unused).map(|waiver| (waiver.rule, waiver.subject)).collect()
    }

    /// As the report shows them.
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
