//! The input of the code generation.

use syn::{ExprPath, Ident, Path};

use crate::{
    attributes::{Check, Together},
    fields::Field,
};

/// A struct that is valid, as far as the derive can see.
pub(crate) struct Structure {
    /// The name of the struct.
    pub(crate) ident: Ident,
    /// The doc comment of the struct.
    pub(crate) docs: String,
    /// The fields of the struct.
    pub(crate) fields: Vec<Field>,
    /// The order in which the fields are read.
    pub(crate) order: Vec<usize>,
    /// The checks of several fields or of the whole struct.
    pub(crate) checks: Vec<Check>,
    /// The rules about which fields are set.
    pub(crate) together: Vec<Together>,
    /// The function that configures the loader.
    pub(crate) loader: Option<ExprPath>,
    /// The function that adds promises to those of the groups.
    pub(crate) promises: Option<ExprPath>,
    /// The path of the crate `hardened`, if it is given.
    pub(crate) krate: Option<Path>,
}
