//! What is known about one code.

use hardened_core::rule::Level;

use crate::report::Standing;

/// The kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The configuration.
    Configuration,
    /// What the live service did.
    Behaviour,
    /// The content of the sources.
    Sources,
}

/// What is known about the code of a rule or a live check.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) kind: Kind,
    /// The rule of a live check; `None` for a rule.
    pub(crate) rule: Option<String>,
    pub(crate) level: Option<Level>,
    pub(crate) standing: Standing,
    pub(crate) evidence: Vec<String>,
}
