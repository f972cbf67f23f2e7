//! A commented `hardened.toml`: every setting that it can have.

use std::{collections::BTreeMap, fmt::Write as _};

use serde_json::Value;

use super::{one_line, sentences};
use crate::schema::{Declared, Defaults, Field, GroupsSchema, Kind, Requirement, Schema, SettingSchema, list};

const HEAD: &str = "\
# Values for every tier. A table such as [production] has values for one tier: development, test, preview, production.
# Secrets do not belong in this file.
";

impl Schema {
    /// Returns the text of a `hardened.toml`: every setting that the file can have, in the table of its group, with its
    /// documentation and its variable, which wins over the file. What the service needs has a line of its own; the rest is
    /// commented out. Secrets have a comment only, because the file must not have them.
    #[must_use]
    pub fn toml_example(&self) -> String {
        let key = |declared: &Declared| (declared.path().to_owned(), declared.variant().map(|(_, word)| *word));
        let declared = self.settings().into_iter().map(|declared| (key(&declared), declared)).collect();
        let mut text = HEAD.to_owned();
        table(&mut text, self, &At::default(), &declared);
        text
    }
}

/// The path of a setting, and the word of the variant of an enum that it belongs to.
type Key = (String, Option<&'static str>);

/// Where a table is.
struct At {
    /// Its name in the file.
    table: String,
    /// The path of its settings in the schema.
    path: String,
    /// Whether it must be there.
    need: Requirement,
    in_element: bool,
    /// The variant of an enum that it belongs to.
    word: Option<&'static str>,
}

impl At {
    fn path(&self, field: &str) -> String {
        join(&self.path, field)
    }

    fn group(&self, field: &str, need: Requirement) -> Self {
        let (table, need) = (join(&self.table, field), need.within(self.need));
        Self { table, path: self.path(field), need, in_element: self.in_element, word: self.word }
    }

    /// The same table, for the settings of one variant of an enum.
    fn variant(&self, word: &'static str) -> Self {
        let need = Requirement::Optional.within(self.need);
        let (table, path) = (self.table.clone(), self.path.clone());
        Self { table, path, need, in_element: self.in_element, word: Some(word) }
    }

    /// One element of a list or a map.
    fn element(&self, groups: &GroupsSchema) -> Self {
        let Self { table, path, need, .. } = self.group(groups.field(), groups.need());
        let table = if groups.is_map() { join(&table, groups.stand_in().0) } else { table };
        Self { table, path: join(&path, "*"), need, in_element: true, word: self.word }
    }

    /// What stands before the name of the table. The name alone would make an element.
    fn hash(&self) -> &'static str {
        if self.in_element && self.need != Requirement::Required { "#" } else { "" }
    }
}

impl Default for At {
    fn default() -> Self {
        Self { table: String::new(), path: String::new(), need: Requirement::Required, in_element: false, word: None }
    }
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

/// The settings of one group, then the groups in it: in TOML a table ends where the next one begins.
fn table(text: &mut String, schema: &Schema, at: &At, declared: &BTreeMap<Key, Declared>) {
    for field in schema.fields() {
        if let Field::Setting(setting) = field
            && let Some(declared) = declared.get(&(at.path(setting.field()), at.word))
        {
            line(text, setting, declared);
        }
    }
    for field in schema.fields() {
        // Writing to a string cannot fail.
        match field {
            Field::Setting(_) => {}
            Field::Group(group) => {
                if let Some((_, word)) = group.variant() {
                    table(text, group.schema(), &at.variant(word), declared);
                    continue;
                }
                let inner = at.group(group.field(), group.requirement());
                let (docs, hash) = (comment(group.schema().docs()), inner.hash());
                let _ = write!(text, "\n{docs}{hash}[{}]\n", inner.table);
                table(text, group.schema(), &inner, declared);
            }
            Field::Groups(groups) => {
                let inner = at.element(groups);
                let (open, close) = if groups.is_map() { ("[", "]") } else { ("[[", "]]") };
                let (docs, hash) = (comment(groups.schema().docs()), inner.hash());
                let _ = write!(text, "\n{docs}{hash}{open}{}{close}\n", inner.table);
                table(text, groups.schema(), &inner, declared);
            }
        }
    }
}

fn line(text: &mut String, setting: &SettingSchema, declared: &Declared) {
    let variable = declared.variable();
    // Writing to a string cannot fail.
    let _ = if setting.kind().is_secret() {
        writeln!(text, "\n# {} is a secret: set {variable} in the environment.", setting.field())
    } else {
        let docs = comment(setting.docs());
        let (sentences, field, value) = (sentences(declared).join(". "), setting.field(), value(setting));
        let hash = if declared.requirement() == Requirement::Required { "" } else { "#" };
        writeln!(text, "\n{docs}# {sentences}. Variable: {variable}\n{hash}{field} = {value}")
    };
}

/// The first paragraph of a documentation, as a line.
fn comment(docs: &str) -> String {
    let docs = one_line(docs);
    if docs.is_empty() { docs } else { format!("# {docs}\n") }
}

/// The default or the example, as a value of TOML; a blank text, which counts as unset, where there is neither.
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

/// A value without quotes where TOML and the loader read it alike.
fn scalar(kind: &Kind, reading: Defaults, text: &str) -> String {
    let is_plain = match kind {
        Kind::Boolean => matches!(text, "true" | "false"),
        Kind::Integer { .. } => text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
        Kind::Decimal => text.contains('.') && text.parse::<f64>().is_ok_and(|number| number.to_string() == text),
        _ => false,
    };
    if is_plain && matches!(reading, Defaults::OfKind) { text.to_owned() } else { quoted(text) }
}

/// A basic string: as JSON has it, but that DEL is escaped as well.
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
