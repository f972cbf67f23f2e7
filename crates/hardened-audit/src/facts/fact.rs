//! What is known of one code.

use hardened_core::rule::Level;

use crate::report::Standing;

/// How something was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By what the configuration is.
    Configuration,
    /// By what the live service did.
    Behaviour,
    /// By what the sources have.
    Sources,
}

/// What is known of one code.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) kind: Kind,
    /// The rule of a live check.
    pub(crate) rule: Option<String>,
    pub(crate) level: Option<Level>,
    pub(crate) standing: Standing,
    pub(crate) evidence: Vec<String>,
}
