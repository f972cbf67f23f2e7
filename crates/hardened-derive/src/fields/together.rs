//! Validation of the fields that `one_of` and `all_or_none` name.

use syn::Ident;

use super::{Content, Field, Presence};
use crate::{attributes::Together, distance::nearest, errors::Errors, names};

/// Reports each field that does not exist, is named twice, or is not optional.
pub(crate) fn not_optional(all: &[Together], fields: &[Field], declared: &[Ident], errors: &mut Errors) {
    let known: Vec<String> = declared.iter().map(names::plain).collect();
    for together in all {
        let mut seen = Vec::new();
        for ident in &together.fields {
            let name = names::plain(ident);
            if seen.contains(&name) {
                errors.at(ident.span(), format!("`{name}` is named twice"));
            } else if !known.contains(&name) {
                let hint = nearest(&name, known.iter().map(String::as_str))
                    .map_or_else(String::new, |meant| format!(": did you mean `{meant}`?"));
                errors.at(ident.span(), format!("no field is called `{name}`{hint}"));
            } else if fields.iter().any(|field| field.name == name && !is_optional(field)) {
                errors.at(ident.span(), format!("`{name}` must be an `Option<…>` without a requirement of its own"));
            }
            seen.push(name);
        }
    }
}

fn is_optional(field: &Field) -> bool {
    let presence = match &field.content {
        Content::Setting(setting) => &setting.presence,
        Content::Group(group) => &group.presence,
        Content::Groups(groups) => &groups.presence,
        Content::With(_) | Content::Tier => return false,
    };
    matches!(presence, Presence::Optional)
}
