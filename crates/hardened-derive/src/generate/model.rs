//! What the code is made from.

use syn::{ExprPath, Ident, Path};

use crate::{
    attributes::{Check, Together},
    fields::Field,
};

/// A struct without mistakes, as far as the derive can see.
pub(crate) struct Structure {
    /// Its name.
    pub(crate) ident: Ident,
    /// Its doc comment.
    pub(crate) docs: String,
    /// Its fields.
    pub(crate) fields: Vec<Field>,
    /// The order in which they are read.
    pub(crate) order: Vec<usize>,
    /// Its rules across fields.
    pub(crate) checks: Vec<Check>,
    /// The fields that are set alone or together.
    pub(crate) together: Vec<Together>,
    /// What it wants of its loader.
    pub(crate) loader: Option<ExprPath>,
    /// What it promises in addition to its groups.
    pub(crate) promises: Option<ExprPath>,
    /// Where the crate is.
    pub(crate) krate: Option<Path>,
}
