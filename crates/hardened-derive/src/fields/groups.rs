//! Fields that are a list or a map of groups of settings.

use syn::{Type, spanned::Spanned};

use super::{Presence, group::prefix};
use crate::{attributes::FieldAttributes, errors::Errors, names, types};

/// A list or a map of nested structs.
pub(crate) struct Groups {
    /// The text before the number or the key in each variable.
    pub(crate) prefix: String,
    /// The type of the list or map, without `Option`.
    pub(crate) ty: Type,
    /// The minimum and maximum number of elements.
    pub(crate) bounds: Option<(usize, usize)>,
    /// The tiers in which it can be absent.
    pub(crate) presence: Presence,
}

/// Returns whether a type is written as a list or a map that can hold groups.
pub(super) fn is_collection(ty: &Type) -> bool {
    let ty = types::in_option(ty).unwrap_or(ty);
    types::generic(ty).is_some_and(|name| ["Vec", "BTreeMap", "HashMap"].iter().any(|known| name == known))
}

/// Reads the field. `name` is the prefix of its variables if none is given.
pub(super) fn read(field: &syn::Field, name: &str, given: &FieldAttributes, errors: &mut Errors) -> Option<Groups> {
    if let Some((name, place)) = given.of_a_setting().first() {
        errors.at(*place, format!("`{name}` belongs on a setting inside an element"));
        return None;
    }
    if let Some(with) = &given.with {
        errors.at(with.place, "`with` needs one group, not a list or a map of them");
        return None;
    }
    let prefix = prefix(given, errors)?.unwrap_or_else(|| format!("{name}__"));
    if !names::is_variable(&prefix) {
        errors.at(field.ty.span(), format!("`{prefix}` cannot begin the name of a variable: set one with `prefix`"));
        return None;
    }
    if !prefix.ends_with("__") {
        let place = given.prefix.as_ref().map_or_else(|| field.ty.span(), |prefix| prefix.value.span());
        errors.at(
            place,
            "the prefix of a list or a map of groups must end with `__`: its elements are named `NAME__0__…`",
        );
        return None;
    }
    let presence = Presence::read(&field.ty, given.required_in_production.as_ref(), errors)?;
    let (min, max) = (given.min.as_ref(), given.max.as_ref());
    if let (Some(min), Some(max)) = (min, max)
        && min.value > max.value
    {
        errors.at(max.place, "`max` is below `min`");
        return None;
    }
    let bounds = (min.is_some() || max.is_some())
        .then(|| (min.map_or(0, |min| min.value), max.map_or(usize::MAX, |max| max.value)));
    let ty = types::in_option(&field.ty).unwrap_or(&field.ty).clone();
    Some(Groups { prefix, ty, bounds, presence })
}
