//! The fields of a struct, as they were declared.

mod checks;
mod duplicates;
mod group;
mod presence;
mod setting;

use proc_macro2::Span;
use syn::{Ident, Type, ext::IdentExt, spanned::Spanned};

pub(crate) use self::{
    checks::unknown_fields,
    duplicates::{repeated, twins},
    group::{Group, NOT_A_PREFIX},
    presence::Presence,
    setting::{Setting, Variable},
};
use crate::{
    attributes::{self, FieldAttributes},
    docs::docs,
    errors::Errors,
    names,
};

/// One field.
pub(crate) struct Field {
    /// As it is written, `r#` included.
    pub(crate) ident: Ident,
    /// As it is meant.
    pub(crate) name: String,
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
    /// The tier of the run.
    Tier,
}

/// Reads one field; `prefix` is that of the struct.
pub(crate) fn read(field: &syn::Field, prefix: &str, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    let name = names::plain(&ident);
    let given: FieldAttributes = attributes::read(&field.attrs, errors);
    let content = match (&given.tier, &given.nested) {
        (Some(tier), _) => tier_alone(&given, tier.place, errors),
        (None, Some(_)) => group::read(field, &given, errors),
        (None, None) => {
            setting::read(Declaration { field, name: &name, prefix, docs: docs(&field.attrs) }, given, errors)
        }
    };
    Some(Field { ident, name, ty: field.ty.clone(), content: content? })
}

/// What a setting is read from.
struct Declaration<'a> {
    field: &'a syn::Field,
    name: &'a str,
    prefix: &'a str,
    docs: String,
}

impl Declaration<'_> {
    fn span(&self) -> Span {
        self.field.ident.as_ref().map_or_else(|| self.field.ty.span(), |ident| ident.unraw().span())
    }
}

fn tier_alone(given: &FieldAttributes, place: Span, errors: &mut Errors) -> Option<Content> {
    let others = given.of_a_setting().into_iter().map(|(name, _)| name);
    let nested = given.nested.iter().map(|_| "nested");
    let prefix = given.prefix.iter().map(|_| "prefix").chain(given.with.iter().map(|_| "with"));
    let in_production = given.required_in_production.iter().map(|_| "required_in_production");
    match others.chain(nested).chain(prefix).chain(in_production).next() {
        None => Some(Content::Tier),
        Some(other) => {
            errors.at(place, format!("`{other}` cannot be combined with `tier`"));
            None
        }
    }
}
