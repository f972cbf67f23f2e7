//! The subject of a finding.

use super::Name;

/// The subject of a finding: its name, and the path of a field if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The name: for a setting, its variable.
    pub name: Name,
    /// The path of the field in the service's own struct, such as `jwt.secret_key`; empty if there is none.
    pub field: String,
}

impl From<Name> for Subject {
    fn from(name: Name) -> Self {
        Self { name, field: String::new() }
    }
}

impl From<&'static str> for Subject {
    fn from(name: &'static str) -> Self {
        Name::declared(name).into()
    }
}
