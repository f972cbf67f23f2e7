//! Fields that are a group of settings.

use syn::{ExprPath, Type, spanned::Spanned};

use super::{Presence, container::instead_of_group};
use crate::{attributes::FieldAttributes, errors::Errors, names, types};

/// A nested struct with settings.
pub(crate) struct Group {
    /// The prefix of its variables.
    pub(crate) prefix: String,
    /// The type of the struct, without `Option`.
    pub(crate) ty: Type,
    /// The function that sets what the code decides about the group.
    pub(crate) with: Option<ExprPath>,
    /// The tiers in which the group can be absent.
    pub(crate) presence: Presence,
}

pub(super) fn read(field: &syn::Field, given: &FieldAttributes, errors: &mut Errors) -> Option<Group> {
    if let Some((name, place)) = given.of_a_setting().first() {
        errors
            .at(*place, format!("`{name}` belongs on a setting inside the group: a group is not read from a variable"));
        return None;
    }
    if let Some(place) = given.min.iter().chain(&given.max).map(|bound| bound.place).next() {
        errors.at(place, "`min` and `max` count the elements of a list or a map of groups");
        return None;
    }
    let prefix = prefix(given, errors)?.unwrap_or_default();
    let presence = Presence::read(&field.ty, given.required_in_production.as_ref(), errors)?;
    let with = given.with.as_ref().map(|with| with.value.clone());
    if let (Some(with), false) = (&given.with, matches!(presence, Presence::Required)) {
        errors.at(with.place, "`with` needs a group that is always there, not an `Option`");
        return None;
    }
    let ty = types::in_option(&field.ty).unwrap_or(&field.ty).clone();
    if let Some(instead) = instead_of_group(&ty) {
        errors.at(ty.span(), instead);
        return None;
    }
    Some(Group { prefix, ty, with, presence })
}

/// Returns the given prefix, if it is valid.
pub(super) fn prefix(given: &FieldAttributes, errors: &mut Errors) -> Option<Option<String>> {
    match &given.prefix {
        Some(prefix) if !names::is_variable(&prefix.value.value()) => {
            errors.at(prefix.value.span(), NOT_A_PREFIX);
            None
        }
        given => Some(given.as_ref().map(|prefix| prefix.value.value())),
    }
}

/// The error for a prefix that no variable can begin with.
pub(crate) const NOT_A_PREFIX: &str = "a prefix must be a letter or `_`, then letters, digits and `_`";
