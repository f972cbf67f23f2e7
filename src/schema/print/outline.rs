//! The order of documents: the settings of a group, then the groups in it. In TOML a table ends where the next one
//! begins.

use std::collections::BTreeMap;

use super::{one_line, sentences};
use crate::schema::{Declared, Field, GroupsSchema, Requirement, Schema};

/// A part of a document.
pub(super) enum Part<'d> {
    /// What follows belongs to a group.
    Section(Section),
    /// One setting, and what it is, unless the head of its group has said so.
    Setting(&'d Declared, &'static str),
}

/// The head of a group.
pub(super) struct Section {
    /// Its name in a file.
    table: String,
    docs: &'static str,
    is_list: bool,
    /// Whether it must be there.
    pub(super) need: Requirement,
    pub(super) in_element: bool,
}

impl Section {
    /// `[jwt]`, and `[[upstreams]]` for an element of a list.
    pub(super) fn header(&self) -> String {
        let (open, close) = if self.is_list { ("[[", "]]") } else { ("[", "]") };
        [open, &self.table, close].concat()
    }

    /// What the group is, as a line of a comment; nothing where the code does not say it.
    pub(super) fn docs(&self) -> String {
        comment(self.docs)
    }
}

/// What a setting is and must be, in comments.
pub(super) fn description(declared: &Declared, docs: &str) -> String {
    format!("{}# {}", comment(docs), sentences(declared).join(". "))
}

/// The first paragraph of a documentation, as a line.
fn comment(docs: &str) -> String {
    let docs = one_line(docs);
    if docs.is_empty() { docs } else { format!("# {docs}\n") }
}

/// All parts of a document about the settings of a service.
pub(super) fn outline<'d>(schema: &Schema, declared: &'d [Declared]) -> Vec<Part<'d>> {
    let key = |declared: &Declared| (declared.path().to_owned(), declared.variant().map(|(_, word)| *word));
    let settings = declared.iter().map(|declared| (key(declared), declared)).collect();
    let mut parts = Vec::new();
    add(&mut parts, schema, &At::default(), &settings);
    parts
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
    /// What its head says.
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

    /// The same table, for the settings of one variant of an enum.
    fn variant(&self, word: &'static str) -> Self {
        let need = Requirement::Optional.within(self.need);
        let (table, path) = (self.table.clone(), self.path.clone());
        Self { table, path, need, in_element: self.in_element, word: Some(word), docs: self.docs }
    }

    /// One element of a list or a map.
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
            // The setting that chooses a variant has the docs of the enum, and so has the group.
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
