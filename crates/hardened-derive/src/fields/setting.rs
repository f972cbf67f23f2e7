//! Fields that are one setting.

use proc_macro2::{Span, TokenStream};
use syn::{ExprPath, Type, ext::IdentExt, spanned::Spanned};

use super::{Alias, Presence, container::instead_of_setting};
use crate::{
    attributes::{self, Default_, FieldAttributes, Given, RuleAttributes},
    errors::Errors,
    names, types,
};

/// A field that is one setting.
pub(crate) struct Setting {
    /// The variables that it is read from.
    pub(crate) variables: Vec<Variable>,
    /// The type of the value, without `Option`. For a list of a foreign type, this is the type of the items.
    pub(crate) ty: Type,
    /// The tiers in which the setting can be absent.
    pub(crate) presence: Presence,
    /// How a foreign type is read, if it is one.
    pub(crate) foreign: Option<Foreign>,
    /// The doc comment of the field.
    pub(crate) docs: String,
    /// The default, as a literal.
    pub(crate) default: Option<Default_>,
    /// The function that returns the default.
    pub(crate) default_with: Option<Given<ExprPath>>,
    /// A description of valid values.
    pub(crate) expects: Option<String>,
    /// The rules that the field adds for its value.
    pub(crate) rules: RuleAttributes,
    /// The rules that the field adds for each item of a list.
    pub(crate) each: RuleAttributes,
    /// An example of a valid value.
    pub(crate) example: Option<Given<syn::LitStr>>,
    /// What to use instead, if the setting is deprecated.
    pub(crate) deprecated: Option<String>,
    /// The place of `show`, which lets reports show the value.
    pub(crate) show: Option<Span>,
    /// Whether the value may be in a file.
    pub(crate) from_file: bool,
    /// The place of `not_secret`, which states that the setting is not a secret.
    pub(crate) not_secret: Option<Span>,
}

/// A variable, and where it was named.
pub(crate) struct Variable {
    /// The name of the variable.
    pub(crate) name: String,
    /// The place of the literal, or of the field from which the name is derived.
    pub(crate) place: Span,
}

/// How a foreign type is read.
#[derive(Clone, Copy)]
pub(crate) struct Foreign {
    /// Whether it is read with serde instead of `FromStr`.
    pub(crate) deserialized: bool,
    /// Whether the field is a literal `Vec` of the type.
    pub(crate) in_list: bool,
}

/// The parts of a declaration from which a setting is read.
pub(super) struct Declaration<'a> {
    pub(super) field: &'a syn::Field,
    pub(super) name: &'a str,
    pub(super) prefix: &'a str,
    pub(super) docs: String,
}

impl Declaration<'_> {
    fn span(&self) -> Span {
        self.field.ident.as_ref().map_or_else(|| self.field.ty.span(), |ident| ident.unraw().span())
    }
}

pub(super) fn read(
    declaration: Declaration<'_>,
    given: FieldAttributes,
    aliases: &mut [Alias],
    errors: &mut Errors,
) -> Option<Setting> {
    if let Some((place, message)) = contradiction(&declaration, &given) {
        errors.at(place, message);
        return None;
    }
    let mut variables = variables(&declaration, given.env.as_ref(), errors)?;
    for alias in aliases.iter_mut().filter(|alias| names::is_key(&alias.key)) {
        if variables.iter().any(|variable| variable.name == alias.variable) {
            // The key is spelt differently, but gives the same variable.
            alias.variable.clear();
        } else {
            variables.push(Variable { name: alias.variable.clone(), place: alias.place });
        }
    }
    let presence = match &given.required_unless {
        Some(other) => Presence::unless(&declaration.field.ty, other, errors)?,
        None => Presence::read(&declaration.field.ty, given.required_in_production.as_ref(), errors)?,
    };
    let ty = types::in_option(&declaration.field.ty).unwrap_or(&declaration.field.ty);
    let is_foreign = given.parse.is_some() || given.deserialize.is_some();
    if let Some(instead) = instead_of_setting(ty).filter(|_| !is_foreign) {
        errors.at(ty.span(), instead);
        return None;
    }
    let each = each(given.each, errors)?;
    let item = if is_foreign { types::in_vec(ty) } else { None };
    let foreign = Foreign { deserialized: given.deserialize.is_some(), in_list: item.is_some() };
    Some(Setting {
        variables,
        ty: item.unwrap_or(ty).clone(),
        presence,
        foreign: is_foreign.then_some(foreign),
        docs: declaration.docs,
        default: given.default.map(|given| given.value),
        default_with: given.default_with,
        expects: given.expects.map(|given| given.value.value()),
        rules: given.rules,
        each,
        example: given.example,
        deprecated: given.deprecated.map(|given| given.value.value()),
        show: given.show.map(|given| given.place),
        from_file: given.file.is_some(),
        not_secret: given.not_secret.map(|given| given.place),
    })
}

/// Reads the rules for each item of a list.
fn each(given: Option<Given<TokenStream>>, errors: &mut Errors) -> Option<RuleAttributes> {
    let Some(Given { place, value }) = given else { return Some(RuleAttributes::default()) };
    let is_blank = value.is_empty();
    let rules: RuleAttributes = attributes::read_inside(value, errors);
    if is_blank {
        errors.at(place, "`each` has no rules: write it as `each(range = 1..=9)`");
    }
    if let Some((place, message)) = rules.contradiction() {
        errors.at(place, message);
        return None;
    }
    Some(rules)
}

/// Returns the place of the first attribute that contradicts another one, with a message.
fn contradiction(declaration: &Declaration<'_>, given: &FieldAttributes) -> Option<(Span, &'static str)> {
    let is_optional = types::in_option(&declaration.field.ty).is_some();
    match given {
        FieldAttributes { with: Some(with), .. } => Some((with.place, "`with` belongs on a `nested` field")),
        FieldAttributes { min: Some(bound), .. } | FieldAttributes { max: Some(bound), .. } => {
            Some((bound.place, "`min` and `max` count the elements of a list or a map of groups: add `nested`"))
        }
        FieldAttributes { prefix: Some(prefix), .. } => Some((
            prefix.place,
            "`prefix` belongs on a `nested` field, or on the struct whose variables it should begin",
        )),
        FieldAttributes { parse: Some(_), deserialize: Some(second), .. } => {
            Some((second.place, "use either `parse` or `deserialize`, not both"))
        }
        FieldAttributes { required_in_production: Some(second), default: Some(_), .. } => Some((
            second.place,
            "a setting with a default is never absent: remove `required_in_production` or the default",
        )),
        FieldAttributes { required_in_production: Some(_), required_unless: Some(second), .. } => {
            Some((second.place, "use either `required_in_production` or `required_unless`, not both"))
        }
        FieldAttributes { deprecated: Some(deprecated), default: None, default_with: None, .. } if !is_optional => {
            Some((
                deprecated.place,
                "a deprecated setting must be one that can be absent: make it an `Option`, or give it a default",
            ))
        }
        FieldAttributes { default: Some(_), default_with: Some(second), .. } => {
            Some((second.place, "use either `default` or `default_with`, not both"))
        }
        FieldAttributes { default: Some(Given { place, .. }), .. }
        | FieldAttributes { default_with: Some(Given { place, .. }), .. }
            if is_optional =>
        {
            Some((*place, "an optional setting cannot have a default: remove the `Option` or the default"))
        }
        FieldAttributes { rules, .. } => rules.contradiction(),
    }
}

fn variables(
    declaration: &Declaration<'_>,
    env: Option<&Given<Vec<syn::LitStr>>>,
    errors: &mut Errors,
) -> Option<Vec<Variable>> {
    let Some(env) = env else {
        let name = format!("{}{}", declaration.prefix, names::screaming_snake(declaration.name));
        if names::is_variable(&name) {
            return Some(vec![Variable { name, place: declaration.span() }]);
        }
        errors.at(declaration.span(), format!("`{name}` cannot be the name of a variable: set one with `env`"));
        return None;
    };
    let variable = |literal: &syn::LitStr| Variable { name: literal.value(), place: literal.span() };
    let variables: Vec<_> = env.value.iter().map(variable).collect();
    match variables.iter().find(|variable| !names::is_variable(&variable.name)) {
        None => Some(variables),
        Some(wrong) => {
            errors.at(wrong.place, "a variable name must be a letter or `_`, then letters, digits and `_`");
            None
        }
    }
}
