//! Validation of the fields that a `check` names.

use syn::Ident;

use crate::{attributes::Check, distance::nearest, errors::Errors, names};

/// Reports each named field that does not exist.
pub(crate) fn unknown_fields(checks: &[Check], declared: &[Ident], errors: &mut Errors) {
    let known: Vec<String> = declared.iter().map(names::plain).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for field in checks.iter().filter_map(|check| check.fields.as_ref()).flatten() {
        let name = names::plain(field);
        if known.contains(&name.as_str()) {
            continue;
        }
        let hint = match nearest(&name, known.iter().copied()) {
            Some(meant) => format!(": did you mean `{meant}`?"),
            None => String::new(),
        };
        errors.at(field.span(), format!("no field is called `{name}`{hint}"));
    }
}
