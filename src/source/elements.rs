//! Finds the elements of a list or a map of groups in all sources.

use std::collections::BTreeMap;

use hardened_core::{finding::Subject, journal::Journal, text::nearest};

use super::{sources::Sources, variables};
use crate::{
    Violation,
    finding::Name,
    message,
    report::Provenance,
    rule,
    schema::{Field, GroupsPlace, SEPARATOR, Schema, number},
};

/// The elements of one list or map, as the sources have them.
pub(crate) struct Elements {
    /// Keyed by number for a list, or by the name in variables for a map.
    keys: BTreeMap<(usize, String), String>,
    /// Names that begin like those of this list or map but belong to no setting, and keys that are wrong.
    strays: Vec<(Option<Name>, Violation, Option<Provenance>)>,
    /// Whether a source sets it, even if it is empty.
    pub(crate) is_set: bool,
}

impl Elements {
    /// Searches all sources. The spelling of a key in a file takes precedence over that in code, and that over a variable's.
    pub(crate) fn of(sources: &Sources, place: &GroupsPlace) -> Self {
        let mut elements = Self { keys: BTreeMap::new(), strays: Vec::new(), is_set: false };
        elements.in_files(sources, place);
        for key in sources.overrides.keys(place.path()) {
            elements.add(place, key);
        }
        for name in sources.environment.names_behind(place.prefix()) {
            match name.to_str() {
                Some(text) if variables::is_set(&sources.environment, text) => {
                    let provenance = || Provenance::Environment { variable: text.to_owned().into() };
                    elements.variable(place, text, provenance);
                }
                Some(_) => {}
                None => {
                    let fact =
                        message!("a variable that begins with ", place.prefix_name(), " and is not Unicode text");
                    elements.strays.push((None, Violation::new(rule::SETTING_UNKNOWN, fact), None));
                }
            }
        }
        elements.in_other_letters(sources, place);
        for (name, provenance) in sources.dotenv.names_behind(place.prefix()) {
            elements.variable(place, name, || provenance.clone());
        }
        for (name, path) in sources.directories.names_behind(place.prefix()) {
            let provenance = || Provenance::SecretDirectory { path: path.to_owned() };
            let meaning = place
                .tail(name)
                .and_then(|tail| tail.split_once(SEPARATOR))
                .and_then(|(_, setting)| place.groups.schema().meaning(setting).filter(|meaning| !meaning.is_file));
            // Other files belong to other programs.
            if meaning.is_some_and(|meaning| meaning.setting.is_from_file()) {
                elements.variable(place, name, provenance);
            }
        }
        elements
    }

    /// Returns the keys in order.
    pub(crate) fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.keys.values().map(String::as_str)
    }

    /// Returns the first missing number before an existing element, and the number of that element.
    pub(crate) fn gap(&self) -> Option<(usize, usize)> {
        let mut numbers = self.keys.keys().map(|(number, _)| *number);
        (0..).zip(&mut numbers).find(|(expected, number)| expected != number)
    }

    /// Reports everything that belongs to no setting.
    pub(crate) fn report(&mut self, place: &GroupsPlace, journal: &mut Journal) {
        for (name, violation, provenance) in std::mem::take(&mut self.strays) {
            let subject = match name {
                Some(name) => Subject { name, field: place.path().to_owned() },
                None => place.subject(),
            };
            journal.report_from(subject, violation, provenance);
        }
    }

    #[cfg(feature = "files")]
    fn in_files(&mut self, sources: &Sources, place: &GroupsPlace) {
        let Some(keys) = sources.files.elements(place.path()) else { return };
        self.is_set = true;
        for (key, provenance) in keys {
            if self.add(place, key) {
                let fact = "differs from another key only in capital letters or in `-`, `_` and `.`, so no variable can tell them apart";
                let violation = Violation::new(rule::SETTING_ELEMENTS, fact).remedy("rename one of the two");
                self.strays.push((Name::found(key), violation, Some(provenance.clone())));
            }
        }
    }

    #[cfg(not(feature = "files"))]
    #[expect(clippy::unused_self, reason = "with the feature `files` it reads them")]
    fn in_files(&mut self, _: &Sources, _: &GroupsPlace) {}

    /// Reports variables that begin like those of the elements, but in another case. Only the outermost list or map is
    /// checked.
    fn in_other_letters(&mut self, sources: &Sources, place: &GroupsPlace) {
        if place.is_in_element() {
            return;
        }
        let prefix = place.prefix().as_bytes();
        for name in sources.environment.names().filter_map(|name| name.to_str()) {
            let begin = name.as_bytes().get(..prefix.len());
            let is_other = begin.is_some_and(|begin| begin != prefix && begin.eq_ignore_ascii_case(prefix));
            if is_other && variables::is_set(&sources.environment, name) {
                let violation = Violation::new(rule::SETTING_UNKNOWN, "the name must be in capital letters");
                let provenance = Provenance::Environment { variable: name.to_owned().into() };
                let meant = Name::found(&name.to_ascii_uppercase()).unwrap_or_else(|| place.example());
                let violation = violation.remedy(message!("rename it to ", meant));
                self.strays.push((Name::found(name), violation, Some(provenance)));
            }
        }
    }

    /// Adds the element of a variable that begins like those of the elements.
    fn variable(&mut self, place: &GroupsPlace, name: &str, provenance: impl Fn() -> Provenance) {
        let Some(tail) = place.tail(name) else { return };
        let (key, stray) = judge(place, tail);
        if let Some(key) = key {
            let text = if place.groups.is_map() { key.to_ascii_lowercase() } else { key.to_owned() };
            self.add(place, &text);
        }
        if let Some(violation) = stray {
            self.strays.push((Name::found(name), violation, Some(provenance())));
        }
    }

    /// Adds an element. Returns whether its key was there already in another spelling.
    fn add(&mut self, place: &GroupsPlace, text: &str) -> bool {
        self.is_set = true;
        let Some(variable) = place.groups.variable_of(text) else { return false };
        let order = match number(text).filter(|_| !place.groups.is_map()) {
            Some(number) => (number, String::new()),
            None => (0, variable.into_owned()),
        };
        self.keys.entry(order).or_insert_with(|| text.to_owned()) != text
    }
}

/// Returns the key that a variable names, and what is wrong with the variable.
fn judge<'n>(place: &GroupsPlace, tail: &'n str) -> (Option<&'n str>, Option<Violation>) {
    let stray = |fact, remedy| (None, Some(Violation::new(rule::SETTING_UNKNOWN, fact).remedy(remedy)));
    let example = || message!("write it as ", place.example());
    let Some((key, setting)) = tail.split_once(SEPARATOR) else {
        return stray(message!("does not name a setting of an element"), example());
    };
    match place.groups.variable_of(key) {
        None if place.groups.is_map() => {
            return stray(
                message!("the part for the key must be capital letters and digits, with single underscores"),
                example(),
            );
        }
        None => return stray(message!("the part for the element must be a number, counted from 0"), example()),
        Some(variable) if variable != key => {
            let name = Name::found(&[place.prefix(), &variable, SEPARATOR, setting].concat());
            let remedy = name.map_or_else(example, |name| message!("rename it to ", name));
            return stray(message!("the key must be in capital letters"), remedy);
        }
        Some(_) => {}
    }
    if place.groups.schema().meaning(setting).is_some() {
        return (Some(key), None);
    }
    let violation = Violation::new(rule::SETTING_UNKNOWN, "no setting of an element has this name");
    let names = variables_of(place.groups.schema(), "");
    let violation = match nearest(setting, names.iter().map(String::as_str)) {
        Some(near) => {
            let meant = Name::prefixed([place.prefix(), key, SEPARATOR, near].concat().as_str(), "");
            violation.remedy(message!("correct it to ", meant))
        }
        None => violation.remedy(
            message!("correct the name, or unset it; an element has ")
                .list(", ", names.iter().take(5).map(|name| Name::prefixed(name, ""))),
        ),
    };
    (Some(key), Some(violation))
}

/// Returns the variables of an element, except those of nested lists and maps.
fn variables_of(schema: &Schema, prefix: &str) -> Vec<String> {
    let of_field = |field: &Field| match field {
        Field::Setting(setting) => setting.variables().iter().map(|name| [prefix, name].concat()).collect(),
        Field::Group(group) => variables_of(group.schema(), &[prefix, group.prefix()].concat()),
        Field::Groups(_) => Vec::new(),
    };
    schema.fields().iter().flat_map(of_field).collect()
}
