//! Detection of settings that read the same variable, and of fields with the same key.

use proc_macro2::Span;

use super::{Alias, Content, Field, Variable};
use crate::errors::Errors;

/// A variable that conflicts with another setting: if that one is read from a file, the variable names the file.
pub(crate) struct Twin {
    /// The index of the field that may be read from a file.
    pub(crate) owner: usize,
    /// The place where the other field names the variable.
    pub(crate) place: Span,
    /// The error message.
    pub(crate) message: String,
}

/// Reports each variable that is named twice.
pub(crate) fn repeated(fields: &[Field], errors: &mut Errors) {
    let all: Vec<_> = variables(fields).collect();
    for (position, (_, field, variable)) in all.iter().enumerate() {
        let mut before = all.iter().take(position);
        if let Some((_, first, _)) = before.find(|(_, _, other)| other.name == variable.name) {
            let name = &variable.name;
            let message = if first.name == field.name {
                format!("`{name}` is named twice")
            } else {
                format!("`{name}` is already read by `{}`: two settings cannot share a variable", first.name)
            };
            errors.at(variable.place, message);
        }
    }
}

/// Returns each variable that is another one with the suffix `_FILE`.
pub(crate) fn twins(fields: &[Field]) -> Vec<Twin> {
    let mut found = Vec::new();
    for (other, field, variable) in variables(fields) {
        let Some(name) = variable.name.strip_suffix("_FILE") else { continue };
        for (owner, owning, _) in variables(fields).filter(|(owner, _, own)| *owner != other && own.name == name) {
            let message = format!(
                "`{name}_FILE` names the file that `{}` is read from, so `{}` cannot read it too",
                owning.name, field.name
            );
            found.push(Twin { owner, place: variable.place, message });
        }
    }
    found
}

fn variables(fields: &[Field]) -> impl Iterator<Item = (usize, &Field, &Variable)> {
    fields.iter().enumerate().flat_map(|(number, field)| {
        let variables = match &field.content {
            Content::Setting(setting) => setting.variables.as_slice(),
            _ => &[],
        };
        variables.iter().map(move |variable| (number, field, variable))
    })
}

/// Reports each key that two fields of a table share.
pub(crate) fn repeated_keys(fields: &[Field], errors: &mut Errors) {
    let mut seen: Vec<(&str, &Field)> = Vec::new();
    let declared = fields.iter().filter(|field| !matches!(field.content, Content::Tier | Content::With(_)));
    for field in declared {
        let own = (field.keys.key.as_deref().unwrap_or(&field.name), field.keys.place);
        // Fields that share a variable are reported already.
        let is_shared = |alias: &&Alias| {
            let mut others = variables(fields).filter(|(_, other, _)| other.name != field.name);
            others.any(|(_, _, variable)| variable.name == alias.variable)
        };
        let aliases = field.keys.aliases.iter().filter(|alias| !is_shared(alias));
        let aliases = aliases.map(|alias| (alias.key.as_str(), alias.place));
        for (key, place) in std::iter::once(own).chain(aliases) {
            match seen.iter().find(|(other, _)| *other == key) {
                Some((_, first)) if first.name == field.name => errors.at(place, format!("`{key}` is named twice")),
                Some((_, first)) => errors.at(place, format!("`{key}` is already the key of `{}`", first.name)),
                None => seen.push((key, field)),
            }
        }
    }
}
