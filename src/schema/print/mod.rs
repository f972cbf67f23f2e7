//! Documents that are generated from a schema, for operators, readers and editors.

mod env_example;
mod json_kind;
mod json_schema;
mod markdown;
mod number;
mod outline;
mod rules;
mod toml_example;

use super::{Declared, Kind, Requirement, SettingSchema};
use crate::{finding::Message, message};

/// Returns sentences about a setting: what its value must be, how to get one, what happens without it, and its other names.
fn sentences(declared: &Declared) -> Vec<String> {
    let kind = declared.kind();
    let mut sentences = vec![capitalised(&declared.setting().wanted().to_string())];
    match kind {
        Kind::Key { .. } => sentences.push("Generate it: openssl rand -base64 48".to_owned()),
        Kind::KeyRing { .. } => sentences.push("Generate a key: openssl rand -base64 48".to_owned()),
        _ if kind.is_secret() => sentences.push("Get it from the service that issued it".to_owned()),
        _ => {}
    }
    sentences.extend(when_unset(declared));
    sentences.extend(if_chosen(declared));
    sentences.extend(in_element(declared));
    let setting = declared.setting();
    let names = declared.variables().iter().zip(setting.variables()).skip(1);
    let (former, others): (Vec<_>, Vec<_>) = names.partition(|(_, variable)| is_deprecated(setting, variable));
    for (beginning, names) in [("Also read from ", others), ("Formerly ", former)] {
        if !names.is_empty() {
            sentences.push(
                message!(beginning)
                    .then(Message::new().list(" or ", names.into_iter().map(|(name, _)| name)))
                    .to_string(),
            );
        }
    }
    sentences.extend(setting.deprecation().map(|instead| format!("Deprecated: {instead}")));
    sentences
}

/// Returns whether a variable is a deprecated name of a setting.
fn is_deprecated(setting: &SettingSchema, variable: &str) -> bool {
    setting.aliases().iter().any(|alias| alias.is_deprecated() && alias.variable() == variable)
}

/// Returns when a setting of a variant of an enum is read, unless the sentence about its requirement says so.
fn if_chosen(declared: &Declared) -> Option<String> {
    let (tag, word) = declared.variant().filter(|_| declared.setting().requirement() != Requirement::Required)?;
    Some(format!("Only if {tag} is {word}"))
}

/// Returns how the variables of other elements are named.
fn in_element(declared: &Declared) -> Option<String> {
    let path = declared.path();
    let is_map = declared.variable().contains("__NAME__");
    let sentence = if is_map { "NAME is the key of an element" } else { "0 is the number of the first element" };
    declared.is_in_element().then(|| sentence.to_owned()).filter(|_| path.contains('*'))
}

/// Returns what happens if no source sets the setting; `None` if it is always required.
fn when_unset(declared: &Declared) -> Option<String> {
    use Requirement::{Default, InProduction, Optional, Required};

    if let Some((tag, word)) = declared.variant()
        && declared.setting().requirement() == Required
    {
        return Some(format!("Required if {tag} is {word}"));
    }
    let sentence = match (declared.setting().requirement(), declared.group_requirement()) {
        (Default(""), _) => "Default: none",
        (Default(text), _) => return Some(format!("Default: {text}")),
        (Optional, _) => "Optional",
        (InProduction, Optional) => "Required in Preview and Production if another setting of its group is set",
        (InProduction, _) => "Required in Preview and Production",
        (Required, InProduction) => "Required in Preview and Production, and if another setting of its group is set",
        (Required, _) if declared.is_in_element() => "Required in each element",
        (Required, Optional) => "Required if another setting of its group is set",
        (Required, _) => return None,
    };
    Some(sentence.to_owned())
}

fn capitalised(text: &str) -> String {
    let mut symbols = text.chars();
    symbols.next().map_or_else(String::new, |first| first.to_uppercase().chain(symbols).collect())
}

/// Returns the first paragraph of a doc comment on one line. The rest is for programmers.
fn one_line(docs: &str) -> String {
    let summary = docs.split("\n\n").next().unwrap_or_default();
    without_links(&summary.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Replaces each link by its text, because an operator cannot follow a link into the documentation of the code.
fn without_links(text: &str) -> String {
    let Some((before, rest)) = text.split_once('[') else { return text.to_owned() };
    let Some((inside, after)) = rest.split_once(']') else { return text.to_owned() };
    let target = after.strip_prefix('(').and_then(|target| balanced(target));
    let is_link = target.is_some() || inside.starts_with('`') && inside.ends_with('`') && inside.len() > 2;
    match (is_link, target) {
        (true, target) => format!("{before}{inside}{}", without_links(target.unwrap_or(after))),
        (false, _) => format!("{before}[{}", without_links(rest)),
    }
}

/// Returns the text after the parenthesis that closes one which was opened before the text.
fn balanced(text: &str) -> Option<&str> {
    let mut depth = 1_u32;
    text.char_indices().find_map(|(at, symbol)| {
        match symbol {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then(|| text.get(at + 1..)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn a_link_is_its_text() {
        for (docs, expected) in [
            ("The limits of [`serve`](crate::serve()), each.", "The limits of `serve`, each."),
            ("See [`Http`] and [the page](https://example.com/a_(b)).", "See `Http` and the page."),
            ("One of [a, b], or [0].", "One of [a, b], or [0]."),
            ("An [open bracket", "An [open bracket"),
            ("A [link](that does not end", "A [link](that does not end"),
            ("[] and [`]", "[] and [`]"),
            ("Plain.", "Plain."),
        ] {
            assert_eq!(without_links(docs), expected, "{docs}");
        }
    }
}
