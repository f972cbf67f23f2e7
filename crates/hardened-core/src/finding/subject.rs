//! What a finding is about.

use super::Name;

/// What a finding is about: a name, and the path of a field where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// For a setting, its variable.
    pub name: Name,
    /// The path of the field in the service's own struct, such as `jwt.secret_key`; empty where there is none.
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
