//! A rule that does not hold at one place.

use hardened_core::{
    finding::{Message, Name, Severity},
    rule::Rule,
    tier::Tier,
};

use crate::place::Place;

/// A rule that does not hold at one place. It contains no value: see [`Message`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    rule: Rule,
    subject: Name,
    place: Place,
    fact: Message,
    remedy: Option<Message>,
}

impl Finding {
    /// Creates a finding about a subject: the name of a secret, a variable or a field.
    pub fn new(rule: Rule, subject: impl Into<Name>, place: Place, fact: impl Into<Message>) -> Self {
        Self { rule, subject: subject.into(), place, fact: fact.into(), remedy: None }
    }

    /// Sets the fix, for when the rule's own remedy is not specific enough.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<Message>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// Replaces the place by a more exact one.
    pub(crate) fn move_to(&mut self, place: Place) {
        self.place = place;
    }

    /// Returns the rule that does not hold.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the severity. Code and history have no tier, so it is that of Production.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::of(self.rule.level(Tier::Production)).unwrap_or(Severity::Note)
    }

    /// Returns the subject: the name of a secret, a variable or a field.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.subject.as_str()
    }

    /// Returns the place where the rule does not hold.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Returns the kind of problem and the fact: `insecure: the value, in base64`.
    #[must_use]
    pub fn message(&self) -> String {
        match self.rule.word().as_str() {
            "" => self.fact.to_string(),
            word => format!("{word}: {}", self.fact),
        }
    }

    /// Returns the fix: the finding's own remedy, else the rule's; empty if there is nothing to do.
    #[must_use]
    pub fn remedy(&self) -> String {
        self.remedy.as_ref().map_or_else(|| self.rule.remedy().unwrap_or_default().to_owned(), ToString::to_string)
    }
}
