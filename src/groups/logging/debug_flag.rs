//! The variable `DEBUG`, which many tools read.

use crate::{
    Setting, Violation, rule,
    schema::{Kind, is_quoted},
};

/// Whether the service shows internals. Any text is accepted, because many tools use `DEBUG`: a value that is not a boolean
/// means off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DebugFlag {
    /// Internals are shown.
    On,
    /// Internals are not shown.
    Off,
    /// The value is another tool's, such as `app:*`. Internals are not shown.
    Foreign,
    /// The value has quotes around it, which Docker's `--env-file` keeps. Internals are not shown.
    Quoted,
}

impl DebugFlag {
    /// Returns whether the service shows internals.
    #[must_use]
    pub const fn is_on(self) -> bool {
        matches!(self, Self::On)
    }
}

impl Setting for DebugFlag {
    const KIND: Kind = Kind::Boolean;
    const FAMILIES: &'static [&'static str] = &["debug-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        Ok(match bool::parse(text) {
            Ok(true) => Self::On,
            Ok(false) => Self::Off,
            Err(_) if is_quoted(text) => Self::Quoted,
            Err(_) => Self::Foreign,
        })
    }

    fn flaws(&self) -> Vec<Violation> {
        let (rule, fact) = match self {
            Self::On => (rule::DEBUG_ENABLED, "debug output shows internals to anyone who asks"),
            Self::Off => return Vec::new(),
            Self::Foreign => {
                (rule::DEBUG_FOREIGN, "not a boolean, so it is probably for another tool; debug output is off")
            }
            Self::Quoted => {
                (rule::DEBUG_FOREIGN, "quotes around the value, so it is not a boolean; debug output is off")
            }
        };
        vec![Violation::new(rule, fact)]
    }
}
