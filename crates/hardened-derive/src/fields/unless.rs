//! The reading order for `required_unless = field`: the other field is read first.

use syn::Ident;

use super::{Content, Field, Presence};
use crate::{distance::nearest, errors::Errors, names};

/// Returns the order in which fields are read. It is that of the declaration, except that a field with `required_unless` comes
/// right after the field that it names, if that is declared later.
pub(crate) fn order(fields: &[Field], declared: &[Ident], errors: &mut Errors) -> Vec<usize> {
    let declared: Vec<_> = declared.iter().map(names::plain).collect();
    let others: Vec<_> = fields.iter().map(|field| other(field, fields, &declared, errors)).collect();
    // A named field has no `required_unless` itself, so a single step is enough.
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by_key(|number| match others.get(*number) {
        Some(Some(other)) if other > number => (*other, true),
        _ => (*number, false),
    });
    order
}

/// Returns the index of the field that a field names in `required_unless`; `None` if it has none or if there is a mistake.
fn other(field: &Field, fields: &[Field], declared: &[String], errors: &mut Errors) -> Option<usize> {
    let ident = asked(field)?;
    let name = names::plain(ident);
    if !declared.contains(&name) {
        let known: Vec<&str> = declared.iter().map(String::as_str).collect();
        let hint = nearest(&name, known.iter().copied())
            .map_or_else(String::new, |meant| format!(": did you mean `{meant}`?"));
        errors.at(ident.span(), format!("no field is called `{name}`{hint}"));
    }
    let number = fields.iter().position(|field| field.name == name)?;
    let found = fields.get(number)?;
    let is_optional = match &found.content {
        Content::Setting(setting) => matches!(setting.presence, Presence::Optional),
        Content::Group(group) => matches!(group.presence, Presence::Optional),
        Content::Groups(groups) => matches!(groups.presence, Presence::Optional),
        Content::With(_) | Content::Tier => false,
    };
    if !is_optional {
        errors.at(ident.span(), format!("`{name}` must be an `Option<…>` without a requirement of its own"));
        return None;
    }
    Some(number)
}

/// Returns the field that a field names in `required_unless`.
fn asked(field: &Field) -> Option<&Ident> {
    match &field.content {
        Content::Setting(setting) => match &setting.presence {
            Presence::Unless(other) => Some(other),
            _ => None,
        },
        _ => None,
    }
}
