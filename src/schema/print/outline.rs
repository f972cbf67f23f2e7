//! The order of generated documents: the settings of a group, then its nested groups. In TOML a table ends where the next
//! one begins.

use std::collections::BTreeMap;

use super::{one_line, sentences};
use crate::schema::{Declared, Field, GroupsSchema, Requirement, Schema};

/// A part of a document.
pub(super) enum Part<'d> {
    /// The head of a group; what follows belongs to that group.
    Section(Section),
    /// A setting and its docs, which are blank if the head of its group has them.
    Setting(&'d Declared, &'static str),
}

/// The head of a group.
pub(super) struct Section {
    /// The name of the group's table in a file.
    table: String,
    docs: &'static str,
    is_list: bool,
    /// What happens if the group is absent.
    pub(super) need: Requirement,
    pub(super) in_element: bool,
}

impl Section {
    /// Returns the header in TOML: `[jwt]`, or `[[upstreams]]` for an element of a list.
    pub(super) fn header(&self) -> String {
        let (open, close) = if self.is_list { ("[[", "]]") } else { ("[", "]") };
        [open, &self.table, close].concat()
    }

    /// Returns the docs of the group as a comment line; empty if the group has none.
    pub(super) fn docs(&self) -> String {
        comment(self.docs)
    }
}

/// Returns the docs of a setting and what it must be, as comments.
pub(super) fn description(declared: &Declared, docs: &str) -> String {
    format!("{}# {}", comment(docs), sentences(declared).join(". "))
}

/// Returns the first paragraph of a doc comment as a comment line.
fn comment(docs: &str) -> String {
    let docs = one_line(docs);
    if docs.is_empty() { docs } else { format!("# {docs}\n") }
}

/// Returns all parts of a document about the settings of a service.
pub(super) fn outline<'d>(schema: &Schema, declared: &'d [Declared]) -> Vec<Part<'d>> {
    let key = |declared: &Declared| (declared.path().to_owned(), declared.variant().map(|(_, word)| *word));
    let settings = declared.iter().map(|declared| (key(declared), declared)).collect();
    let mut parts = Vec::new();
    add(&mut parts, schema, &At::default(), &settings);
    parts
}

/// The path of a setting, and the word of its variant if it belongs to a variant of an enum.
type Key = (String, Option<&'static str>);

/// A table and its place in the file and in the schema.
struct At {
    /// The name of the table in the file.
    table: String,
    /// The path of the table's settings in the schema.
    path: String,
    /// What happens if the table is absent.
    need: Requirement,
    in_element: bool,
    /// The word of the variant of an enum that the settings belong to.
    word: Option<&'static str>,
    /// The docs in the head of the table.
    docs: &'static str,
}

impl Default for At {
    fn default() -> Self {
        let (table, path) = (String::new(), String::new());
        Self { table, path, need: Requirement::Required, in_element: false, word: None, docs: "" }
    }
}

impl At {
    fn group(&self, field: &str, key: &str, need: Requirement, schema: &Schema) -> Self {
        let (table, path, need) = (join(&self.table, key), join(&self.path, field), need.within(self.need));
        Self { table, path, need, in_element: self.in_element, word: self.word, docs: schema.docs() }
    }

    /// Returns the same table, for the settings of one variant of an enum.
    fn variant(&self, word: &'static str) -> Self {
        let need = Requirement::Optional.within(self.need);
        let (table, path) = (self.table.clone(), self.path.clone());
        Self { table, path, need, in_element: self.in_element, word: Some(word), docs: self.docs }
    }

    /// Returns the table of one element of a list or a map.
    fn element(&self, groups: &GroupsSchema) -> Self {
        let group = self.group(groups.field(), groups.key(), groups.need(), groups.schema());
        let table = if groups.is_map() { join(&group.table, groups.stand_in().0) } else { group.table };
        Self { table, path: join(&group.path, "*"), in_element: true, ..group }
    }

    fn section(&self, is_list: bool) -> Section {
        Section { table: self.table.clone(), docs: self.docs, is_list, need: self.need, in_element: self.in_element }
    }
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

fn add<'d>(parts: &mut Vec<Part<'d>>, schema: &Schema, at: &At, settings: &BTreeMap<Key, &'d Declared>) {
    for field in schema.fields() {
        if let Field::Setting(setting) = field
            && let Some(declared) = settings.get(&(join(&at.path, setting.field()), at.word))
        {
            // The setting that selects a variant has the docs of the enum, and so has the group.
            let docs = if setting.docs() == at.docs { "" } else { setting.docs() };
            parts.push(Part::Setting(declared, docs));
        }
    }
    for field in schema.fields() {
        match field {
            Field::Setting(_) => {}
            Field::Group(group) => match group.variant() {
                Some((_, word)) => add(parts, group.schema(), &at.variant(word), settings),
                None => {
                    let inner = at.group(group.field(), group.key(), group.requirement(), group.schema());
                    parts.push(Part::Section(inner.section(false)));
                    add(parts, group.schema(), &inner, settings);
                }
            },
            Field::Groups(groups) => {
                let inner = at.element(groups);
                parts.push(Part::Section(inner.section(!groups.is_map())));
                add(parts, groups.schema(), &inner, settings);
            }
        }
    }
}
