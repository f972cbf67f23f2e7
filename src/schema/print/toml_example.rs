//! Prints a commented `hardened.toml` with every setting that the file can have.

use std::fmt::Write as _;

use serde_json::Value;

use super::outline::{Part, description, outline};
use crate::schema::{Declared, Defaults, Kind, Requirement, Schema, SettingSchema, list};

const HEAD: &str = "\
# Values for every tier. A table such as [production] has values for one tier: development, test, preview, production.
# Secrets do not belong in this file.
";

impl Schema {
    /// Returns the text of a `hardened.toml`: every setting that the file can have, in the table of its group, with its
    /// documentation and its variable, which overrides the file. Required settings have an active line; the rest is
    /// commented out. Secrets have only a comment, because the file must not contain them.
    #[must_use]
    pub fn toml_example(&self) -> String {
        let mut text = HEAD.to_owned();
        let declared = self.settings();
        for part in outline(self, &declared) {
            match part {
                Part::Setting(declared, docs) => line(&mut text, declared, docs),
                // An uncommented header would create an element.
                Part::Section(section) => {
                    let hash = if section.in_element && section.need != Requirement::Required { "#" } else { "" };
                    // Writing to a string cannot fail.
                    let _ = write!(text, "\n{}{hash}{}\n", section.docs(), section.header());
                }
            }
        }
        text
    }
}

fn line(text: &mut String, declared: &Declared, docs: &str) {
    let (setting, variable) = (declared.setting(), declared.variable());
    // Writing to a string cannot fail.
    let _ = if setting.kind().is_secret() {
        writeln!(text, "\n# {} is a secret: set {variable} in the environment.", setting.key())
    } else {
        let (field, value) = (setting.key(), value(setting));
        let hash = if declared.requirement() == Requirement::Required { "" } else { "#" };
        writeln!(text, "\n{}. Variable: {variable}\n{hash}{field} = {value}", description(declared, docs))
    };
}

/// Returns the default or the example as a TOML value. If the setting has neither, it returns a blank text, which counts as
/// unset.
fn value(setting: &SettingSchema) -> String {
    let text = match setting.requirement() {
        Requirement::Default(text) => text,
        _ => setting.example().unwrap_or_default(),
    };
    match setting.kind() {
        Kind::List { of } => {
            let items = list::items(text).unwrap_or_default();
            let items: Vec<_> = items.iter().map(|item| scalar(of, setting.reading(), item)).collect();
            format!("[{}]", items.join(", "))
        }
        kind => scalar(&kind, setting.reading(), text),
    }
}

/// Returns a value, without quotes if TOML and the loader read it in the same way.
fn scalar(kind: &Kind, reading: Defaults, text: &str) -> String {
    let is_plain = match kind {
        Kind::Boolean => matches!(text, "true" | "false"),
        Kind::Integer { .. } => text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
        Kind::Decimal => text.contains('.') && text.parse::<f64>().is_ok_and(|number| number.to_string() == text),
        _ => false,
    };
    if is_plain && matches!(reading, Defaults::OfKind) { text.to_owned() } else { quoted(text) }
}

/// Returns a TOML basic string: a JSON string in which DEL is escaped too.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_no_quotes_where_both_read_it_alike() {
        let number = Kind::Integer { min: 0, max: 9 };
        for (kind, text, expected) in [
            (Kind::Boolean, "true", "true"),
            (Kind::Boolean, "on", "\"on\""),
            (number, "8080", "8080"),
            (number, "-1", "-1"),
            (number, "+1", "\"+1\""),
            (number, "007", "\"007\""),
            (number, "18446744073709551615", "\"18446744073709551615\""),
            (number, "", "\"\""),
            (Kind::Decimal, "0.5", "0.5"),
            (Kind::Decimal, ".5", "\".5\""),
            (Kind::Decimal, "1", "\"1\""),
            (Kind::Decimal, "inf", "\"inf\""),
            (Kind::Duration, "30s", "\"30s\""),
            (Kind::Text, "true", "\"true\""),
            (Kind::Text, "a\"b\\c\n\u{1}\u{7f}é", "\"a\\\"b\\\\c\\n\\u0001\\u007fé\""),
        ] {
            assert_eq!(scalar(&kind, Defaults::OfKind, text), expected, "{kind:?} {text:?}");
        }
        assert_eq!(scalar(&Kind::Boolean, Defaults::Unknown, "true"), "\"true\"", "a type of its own reads text");
    }
}
