//! One field, and what fills it.

use syn::{ExprPath, Ident, Type};

use super::{Group, Groups, Setting, keys::Keys};

/// One field.
pub(crate) struct Field {
    /// As it is written, `r#` included.
    pub(crate) ident: Ident,
    /// As it is meant.
    pub(crate) name: String,
    /// Its names in files.
    pub(crate) keys: Keys,
    /// The whole type.
    pub(crate) ty: Type,
    /// What fills it.
    pub(crate) content: Content,
}

/// What fills a field.
pub(crate) enum Content {
    /// The text of a variable.
    Setting(Box<Setting>),
    /// A struct of its own.
    Group(Box<Group>),
    /// A list or a map of structs.
    Groups(Box<Groups>),
    /// A function of the service's own.
    With(ExprPath),
    /// The tier of the run.
    Tier,
}
