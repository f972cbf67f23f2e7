//! Reads Terraform: variables with their defaults, `.tfvars`, and arguments of resources.

use super::{
    entry::Entry,
    shell,
    text::{lines, offset},
};

/// Returns every name with a literal text.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let (mut variable, mut named) = (None, None);
    for (_, line) in lines(text) {
        let code = line.trim();
        if code.starts_with('#') || code.starts_with("//") {
            continue;
        }
        if let Some(label) = code.strip_prefix("variable ") {
            variable = label.split('"').nth(1);
        }
        let pairs = pairs(code);
        if pairs.is_empty() {
            entries.extend(shell::assignments(text, code));
        }
        for (key, value) in pairs {
            let start = offset(text, value);
            let part = start..start + value.len();
            match key {
                "name" | "key" => named = Some(value),
                "default" => entries.extend(variable.map(|name| Entry::variable(name, value, part))),
                "value" => entries.extend(named.map(|name| Entry::key(name, value, part))),
                _ => entries.push(Entry::key(key, value, part)),
            }
        }
        if code == "}" {
            named = None;
        }
    }
    entries
}

/// Returns the pairs of a line: `name = "text"` and `"name" : "text"`.
fn pairs(code: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let mut rest = code;
    while let Some(sign) = rest.find(['=', ':']) {
        let (before, behind) = rest.split_at_checked(sign).unwrap_or_default();
        let key = before
            .trim_end()
            .trim_end_matches('"')
            .rsplit(|symbol: char| !(symbol.is_ascii_alphanumeric() || "_-.".contains(symbol)))
            .next()
            .unwrap_or_default();
        let value = behind.trim_start_matches(['=', ':']).trim_start();
        match value.strip_prefix('"').and_then(|inner| inner.split_once('"')) {
            Some((inner, behind)) => {
                if !key.is_empty() {
                    pairs.push((key, inner));
                }
                rest = behind;
            }
            None => rest = value,
        }
    }
    pairs
}
