//! The fields of a struct, as they were declared.

mod checks;
mod duplicates;
mod group;
mod presence;
mod setting;
mod unless;

use proc_macro2::Span;
use syn::{ExprPath, Ident, Type, ext::IdentExt, spanned::Spanned};

pub(crate) use self::{
    checks::unknown_fields,
    duplicates::{repeated, twins},
    group::{Group, NOT_A_PREFIX},
    presence::Presence,
    setting::{Setting, Variable},
    unless::order,
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
    /// A function of the service's own.
    With(ExprPath),
    /// The tier of the run.
    Tier,
}

/// Reads one field; `prefix` is that of the struct.
pub(crate) fn read(field: &syn::Field, prefix: &str, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    let name = names::plain(&ident);
    let given: FieldAttributes = attributes::read(&field.attrs, errors);
    let content = match (&given.tier, &given.nested, &given.with) {
        (Some(tier), ..) => alone(&given, "tier", tier.place, Content::Tier, errors),
        (None, Some(_), _) => group::read(field, &given, errors),
        (None, None, Some(with)) => alone(&given, "with", with.place, Content::With(with.value.clone()), errors),
        (None, None, None) => {
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

/// A field that is not read from variables: it takes no attribute that is about them.
fn alone(given: &FieldAttributes, name: &str, place: Span, content: Content, errors: &mut Errors) -> Option<Content> {
    let others = given.of_a_setting().into_iter().map(|(name, _)| name);
    let nested = given.nested.iter().map(|_| "nested");
    let prefix = given.prefix.iter().map(|_| "prefix");
    let in_production = given.required_in_production.iter().map(|_| "required_in_production");
    let with = given.with.iter().map(|_| "with").filter(|_| name != "with");
    match others.chain(nested).chain(prefix).chain(in_production).chain(with).next() {
        None => Some(content),
        Some(other) => {
            errors.at(place, format!("`{other}` cannot be combined with `{name}`"));
            None
        }
    }
}
