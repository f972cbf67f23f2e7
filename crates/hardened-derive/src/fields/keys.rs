//! The names of a field in files, current and former.

use proc_macro2::Span;
use syn::ext::IdentExt;

use crate::{
    attributes::FieldAttributes,
    errors::Errors,
    names::{self, Spelling},
};

/// The names of a field in files.
pub(crate) struct Keys {
    /// The name that documents show, if it is not that of the field.
    pub(crate) key: Option<String>,
    /// The other names that are accepted.
    pub(crate) aliases: Vec<Alias>,
    /// The place of the key, or of the field if no key is given.
    pub(super) place: Span,
}

/// Another name of a field.
pub(crate) struct Alias {
    /// The name in files.
    pub(crate) key: String,
    /// The name in the environment, without the prefix of a group.
    pub(crate) variable: String,
    /// Whether its use causes a warning.
    pub(crate) is_deprecated: bool,
    /// The place where it was given.
    pub(crate) place: Span,
}

/// Reads the names of a field. `prefix` is that of the variables of its struct.
pub(super) fn read(
    ident: &syn::Ident,
    name: &str,
    prefix: &str,
    spelling: Option<Spelling>,
    given: &FieldAttributes,
    errors: &mut Errors,
) -> Keys {
    let mut check = |literal: &syn::LitStr| {
        if !names::is_key(&literal.value()) {
            errors.at(literal.span(), "a key must be letters, digits, `_` and `-`");
        }
    };
    given.key.iter().for_each(|key| check(&key.value));
    given.aliases.iter().for_each(|(alias, _)| check(alias));
    let key = match (&given.key, spelling) {
        (Some(key), _) => Some(key.value.value()),
        (None, Some(spelling)) => Some(spelling.of(name)),
        (None, None) => None,
    };
    let alias = |(literal, is_deprecated): &(syn::LitStr, bool)| {
        let key = literal.value();
        let variable = format!("{prefix}{}", names::variable_of_key(&key));
        Alias { key, variable, is_deprecated: *is_deprecated, place: literal.span() }
    };
    let place = given.key.as_ref().map_or_else(|| ident.unraw().span(), |key| key.value.span());
    Keys { key: key.filter(|key| key != name), aliases: given.aliases.iter().map(alias).collect(), place }
}
