//! The reason why a value is not accepted.

use super::{Message, host::Host};
use crate::rule::{self, Rule};

/// The reason why a value is not accepted: a rule, the fact, and the fix. It cannot contain the value: see [`Message`].
///
/// ```
/// use hardened::{Violation, message};
///
/// fn percentage(text: &str) -> Result<u8, Violation> {
///     match text.parse() {
///         Ok(number @ 0..=100) => Ok(number),
///         _ => Err(Violation::malformed(message!("must be a whole number from ", 0, " to ", 100))),
///     }
/// }
/// assert!(percentage("101").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a violation does nothing until it is returned"]
pub struct Violation {
    pub(crate) rule: Rule,
    pub(crate) message: Message,
    pub(crate) remedy: Option<Message>,
    pub(crate) about: Option<&'static str>,
    /// Boxed to keep the type small, because few violations have a place.
    place: Option<Box<Place>>,
}

/// The host that a violation is about, and the rule that replaces its own on a platform.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Place {
    host: Option<Host>,
    instead: Option<Instead>,
}

/// A rule that replaces the original one on one platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Instead {
    /// The stable name of the platform.
    platform: &'static str,
    rule: Rule,
}

impl Violation {
    /// Creates a violation from the rule that does not hold and the fact.
    pub fn new(rule: Rule, fact: impl Into<Message>) -> Self {
        Self { rule, message: fact.into(), remedy: None, about: None, place: None }
    }

    /// Creates a violation for a value that cannot be read ([`rule::SETTING_MALFORMED`]), with what the value must be.
    pub fn malformed(requirement: impl Into<Message>) -> Self {
        Self::new(rule::SETTING_MALFORMED, requirement)
    }

    /// Sets the fix, for when the rule's own remedy is not specific enough.
    pub fn remedy(mut self, remedy: impl Into<Message>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// Sets the field that the violation is about, for a `check` of several fields. The default is the first field that the
    /// check names.
    pub fn about(mut self, field: &'static str) -> Self {
        self.about = Some(field);
        self
    }

    /// Sets the host that the violation is about, for waivers that are limited to hosts. It is never printed.
    pub fn at_host(mut self, host: &str) -> Self {
        self.place.get_or_insert_default().host = Some(Host::new(host));
        self
    }

    /// Sets a rule that replaces this one on a platform.
    pub fn on_platform(mut self, platform: &'static str, rule: Rule) -> Self {
        self.place.get_or_insert_default().instead = Some(Instead { platform, rule });
        self
    }

    /// Returns the host that the violation is about, if it has one.
    #[must_use]
    pub fn host(&self) -> Option<&Host> {
        self.place.as_ref().and_then(|place| place.host.as_ref())
    }

    /// Replaces the rule with the one that [`on_platform`](Self::on_platform) set, if the service runs on that platform.
    pub fn resolved(mut self, is_on: impl Fn(&str) -> bool) -> Self {
        let instead = self.place.as_mut().and_then(|place| place.instead.take());
        if let Some(instead) = instead.filter(|instead| is_on(instead.platform)) {
            self.rule = instead.rule;
        }
        self
    }

    /// Replaces the rule.
    pub fn as_rule(mut self, rule: Rule) -> Self {
        self.rule = rule;
        self
    }

    /// Prepends words to the fact, such as the number of the list item.
    pub fn prefixed(mut self, words: Message) -> Self {
        self.message = words.then(self.message);
        self
    }

    /// Returns the rule that does not hold.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the fact without the word of the rule.
    #[must_use]
    pub fn fact(&self) -> &Message {
        &self.message
    }

    /// Returns the field set by [`about`](Self::about).
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        self.about
    }

    /// Returns the violation's own remedy, without falling back to the rule's.
    #[must_use]
    pub fn own_remedy(&self) -> Option<&Message> {
        self.remedy.as_ref()
    }

    /// Returns the kind of problem and the fact: `weak: 5 bytes; must be at least 32`.
    #[must_use]
    pub fn message(&self) -> String {
        self.message.sentence(self.rule.word())
    }

    /// Returns the fix: the violation's own remedy, else the rule's; empty if there is nothing to do.
    #[must_use]
    pub fn advice(&self) -> String {
        self.remedy.as_ref().map_or_else(|| self.rule.remedy().unwrap_or_default().to_owned(), ToString::to_string)
    }
}

/// The return type of a `check`: `Result<(), Violation>`, or `Vec<Violation>` if it can find several problems at once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a check returns",
    label = "a check returns `Result<(), Violation>` or `Vec<Violation>`"
)]
pub trait Verdict: sealed::Sealed {
    /// Returns all violations.
    #[doc(hidden)]
    fn violations(self) -> Vec<Violation>;
}

impl Verdict for Result<(), Violation> {
    fn violations(self) -> Vec<Violation> {
        self.err().into_iter().collect()
    }
}

impl Verdict for Vec<Violation> {
    fn violations(self) -> Vec<Violation> {
        self
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for Result<(), super::Violation> {}
    impl Sealed for Vec<super::Violation> {}
}
