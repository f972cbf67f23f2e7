//! Processes lists and maps of groups in a file or provider.

use super::{At, Walk, join};
use crate::{
    Violation,
    finding::{Message, Name},
    message, rule,
    schema::{GroupsSchema, MAX_KEY, SEPARATOR, segment},
    source::files::{
        declared::looks_like_a_secret,
        settings::{Section, Verdict},
        tree::{Entry, Node},
    },
};

impl Walk<'_, '_> {
    /// Processes a list or a map of groups.
    pub(super) fn groups(&mut self, at: At<'_>, groups: &'static GroupsSchema, entry: &Entry<'_>) {
        let (path, prefix) = (join(at.path, groups.field()), [at.prefix, groups.prefix()].concat());
        let at = At { schema: groups.schema(), path: &path, prefix: &prefix, ..at };
        match &entry.value {
            Node::List(items) if !groups.is_map() => self.list(at, groups, items, entry),
            Node::Table(entries) if groups.is_map() => self.map(at, groups, entries),
            _ => {
                let name = Name::declared(groups.key());
                let (fact, remedy) = if groups.is_map() {
                    let fact = message!(&name, " is a map of groups; must be a table of tables");
                    (fact, message!("write each element as a section [", &name, ".KEY]"))
                } else {
                    let fact = message!(&name, " is a list of groups; must be an array of tables");
                    (fact, message!("write each element as a section [[", &name, "]]"))
                };
                self.not_a_group(at, groups, fact, remedy, entry);
            }
        }
    }

    fn list(&mut self, at: At<'_>, groups: &'static GroupsSchema, items: &[Node<'_>], entry: &Entry<'_>) {
        let counts = at.section != Section::OtherTier && self.begin_list(at, groups, entry);
        // A list that does not count is still checked.
        let at = if counts { at } else { At { section: Section::OtherTier, ..at } };
        let provenance = self.provenance(entry.key_at);
        for (number, item) in items.iter().enumerate() {
            let number = number.to_string();
            let Node::Table(entries) = item else {
                let name = Name::declared(groups.key());
                let fact = message!("an element of ", &name, " is not a table");
                self.not_a_group(at, groups, fact, message!("write each element as a section [[", &name, "]]"), entry);
                return;
            };
            if counts {
                self.run.settings.add_element(at.path, &number, provenance.clone());
            }
            self.element(at, &number, &number, entries);
        }
    }

    /// Returns whether the list counts.
    fn begin_list(&mut self, at: At<'_>, groups: &'static GroupsSchema, entry: &Entry<'_>) -> bool {
        let verdict = self.run.settings.begin_list(at.path, self.rank(at));
        if verdict == Verdict::Repeated {
            self.repeated(groups.key(), entry);
        }
        verdict == Verdict::Counts
    }

    fn map(&mut self, at: At<'_>, groups: &'static GroupsSchema, entries: &[Entry<'_>]) {
        let counts = at.section != Section::OtherTier;
        if counts {
            let rank = self.rank(at);
            self.run.settings.begin_map(at.path, rank);
        }
        for element in entries {
            let name = Name::declared(groups.key());
            let Some(variable) = groups.variable_of(element.key).filter(|_| !looks_like_a_secret(element.key)) else {
                let fact = message!(
                    "a key of ",
                    &name,
                    " is not shown; a key must be letters and digits with single `-`, `_` or `.` between \
                    them, at most ",
                    MAX_KEY,
                    " characters, and not a secret"
                );
                self.not_a_group(at, groups, fact, message!("rename it"), element);
                continue;
            };
            let Node::Table(settings) = &element.value else {
                let fact = message!("an element of ", &name, " is not a table");
                self.not_a_group(
                    at,
                    groups,
                    fact,
                    message!("write each element as a section [", &name, ".KEY]"),
                    element,
                );
                continue;
            };
            if counts {
                let provenance = self.provenance(element.key_at);
                self.run.settings.add_element(at.path, element.key, provenance);
            }
            self.element(at, &segment(element.key), &variable, settings);
        }
    }

    fn element(&mut self, at: At<'_>, segment: &str, variable: &str, entries: &[Entry<'_>]) {
        let (path, prefix) = (join(at.path, segment), [at.prefix, variable, SEPARATOR].concat());
        let at = At { path: &path, prefix: &prefix, ..at };
        entries.iter().for_each(|entry| self.entry(at, entry, entries));
    }

    /// Reports a value in place of a group, and searches everything below it for declared secrets.
    fn not_a_group(&mut self, at: At<'_>, groups: &GroupsSchema, fact: Message, remedy: Message, entry: &Entry<'_>) {
        let violation = Violation::new(rule::SOURCE_MALFORMED, fact).remedy(remedy);
        self.report(violation, Some(Name::declared(groups.key())), entry);
        self.scan_below(&mut at.trail().collect(), &entry.value);
    }
}
