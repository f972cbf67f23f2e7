//! A field of a struct, and its content.

use syn::{ExprPath, Ident, Type};

use super::{Group, Groups, Setting, keys::Keys};

/// A field of a struct.
pub(crate) struct Field {
    /// The identifier as written, including `r#`.
    pub(crate) ident: Ident,
    /// The name without `r#`.
    pub(crate) name: String,
    /// The names of the field in files.
    pub(crate) keys: Keys,
    /// The full type.
    pub(crate) ty: Type,
    /// The content that fills the field.
    pub(crate) content: Content,
}

/// The content that fills a field.
pub(crate) enum Content {
    /// A setting, read from the text of a variable.
    Setting(Box<Setting>),
    /// A nested struct.
    Group(Box<Group>),
    /// A list or a map of nested structs.
    Groups(Box<Groups>),
    /// The result of a function of the service.
    With(ExprPath),
    /// The tier of the run.
    Tier,
}
