//! The fields of a struct, as declared.

mod checks;
mod container;
mod duplicates;
mod field;
mod group;
mod groups;
mod keys;
mod presence;
mod setting;
mod together;
mod unless;

use proc_macro2::Span;

use self::setting::Declaration;
pub(crate) use self::{
    checks::unknown_fields,
    duplicates::{repeated, repeated_keys, twins},
    field::{Content, Field},
    group::{Group, NOT_A_PREFIX},
    groups::Groups,
    keys::{Alias, Keys},
    presence::Presence,
    setting::{Setting, Variable},
    together::not_optional,
    unless::order,
};
use crate::{
    attributes::{self, FieldAttributes},
    docs::docs,
    errors::Errors,
    names::{self, Spelling},
};

/// Reads a field. `prefix` and `spelling` are those of the struct.
pub(crate) fn read(field: &syn::Field, prefix: &str, spelling: Option<Spelling>, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    let name = names::plain(&ident);
    let given: FieldAttributes = attributes::read(&field.attrs, errors);
    let mut keys = keys::read(&ident, &name, prefix, spelling, &given, errors);
    let content = match (&given.tier, &given.nested, &given.with) {
        (Some(tier), ..) => alone(&given, "tier", tier.place, Content::Tier, errors),
        (None, Some(_), _) if groups::is_collection(&field.ty) => {
            let name = format!("{prefix}{}", names::screaming_snake(&name));
            groups::read(field, &name, &given, errors).map(|groups| Content::Groups(Box::new(groups)))
        }
        (None, Some(_), _) => group::read(field, &given, errors).map(|group| Content::Group(Box::new(group))),
        (None, None, Some(with)) => alone(&given, "with", with.place, Content::With(with.value.clone()), errors),
        (None, None, None) => {
            let declaration = Declaration { field, name: &name, prefix, docs: docs(&field.attrs) };
            setting::read(declaration, given, &mut keys.aliases, errors)
                .map(|setting| Content::Setting(Box::new(setting)))
        }
    };
    if !matches!(content, Some(Content::Setting(_))) {
        // Aliases of a group have no variables, because it has a prefix instead.
        keys.aliases.iter_mut().for_each(|alias| alias.variable.clear());
    }
    Some(Field { ident, name, keys, ty: field.ty.clone(), content: content? })
}

/// Reads a field that is not read from variables, and rejects attributes about variables.
fn alone(given: &FieldAttributes, name: &str, place: Span, content: Content, errors: &mut Errors) -> Option<Content> {
    let others = given.of_a_setting().into_iter().map(|(name, _)| name);
    let nested = given.nested.iter().map(|_| "nested");
    let prefix = given.prefix.iter().map(|_| "prefix");
    let min = given.min.iter().map(|_| "min");
    let max = given.max.iter().map(|_| "max");
    let in_production = given.required_in_production.iter().map(|_| "required_in_production");
    let with = given.with.iter().map(|_| "with").filter(|_| name != "with");
    let key = given.key.iter().map(|_| "key");
    let alias = given.aliases.iter().map(|_| "alias");
    match others
        .chain(key)
        .chain(alias)
        .chain(nested)
        .chain(prefix)
        .chain(min)
        .chain(max)
        .chain(in_production)
        .chain(with)
        .next()
    {
        None => Some(content),
        Some(other) => {
            errors.at(place, format!("`{other}` cannot be combined with `{name}`"));
            None
        }
    }
}
