//! The place of a setting: its group, and the prefix of its variables.

use std::{borrow::Cow, sync::Arc};

use hardened_core::finding::Subject;

use crate::{
    finding::Name,
    schema::{Field, GroupSchema, GroupsSchema, SEPARATOR, Schema, SettingSchema},
};

/// A group at its place in the service's settings struct.
#[derive(Debug)]
pub(crate) struct GroupPlace {
    path: String,
    prefix: String,
    schema: &'static Schema,
}

impl GroupPlace {
    /// Returns the place of the service's settings struct itself.
    pub(crate) fn root(schema: &'static Schema) -> Arc<Self> {
        Arc::new(Self { path: String::new(), prefix: String::new(), schema })
    }

    /// Returns the place of a group inside this one.
    pub(crate) fn inner(&self, group: &'static GroupSchema) -> Arc<Self> {
        Arc::new(Self {
            path: self.join(group.field()),
            prefix: format!("{}{}", self.prefix, group.prefix()),
            schema: group.schema(),
        })
    }

    /// Returns the place of a list or a map of groups inside this one.
    pub(crate) fn groups(&self, groups: &'static GroupsSchema) -> GroupsPlace {
        GroupsPlace { path: self.join(groups.field()), prefix: [&self.prefix, groups.prefix()].concat(), groups }
    }

    /// Returns the path of the group; empty for the service's settings struct itself.
    #[cfg(feature = "files")]
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Returns the schema of the group.
    pub(crate) fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Returns the path of a field of the group.
    pub(crate) fn join(&self, field: &str) -> String {
        match (self.path.as_str(), field) {
            ("", field) => field.to_owned(),
            (path, "") => path.to_owned(),
            (path, field) => [path, ".", field].concat(),
        }
    }

    /// Returns the full name of a variable that the group declares.
    pub(crate) fn name(&self, variable: &'static str) -> Name {
        Name::prefixed(&self.prefix, variable)
    }

    /// Returns the full name of a variable that a nested group declares.
    pub(crate) fn outer(&self, name: &Name) -> Name {
        name.behind(&self.prefix)
    }

    /// Returns the first setting that the group requires in Preview and Production.
    pub(crate) fn first_needed(self: &Arc<Self>) -> Option<Place> {
        self.schema.fields().iter().find_map(|field| match field {
            Field::Setting(setting) if setting.requirement().binds_in_production() => {
                Some(Place { group: Arc::clone(self), setting })
            }
            Field::Group(group) if group.requirement().binds_in_production() => self.inner(group).first_needed(),
            Field::Groups(groups) if groups.need().binds_in_production() => {
                self.groups(groups).stand_in().first_needed()
            }
            _ => None,
        })
    }

    /// Returns a setting by its path, in which each element has its number or its key.
    pub(crate) fn setting_at(self: &Arc<Self>, setting: &SettingSchema, path: &[&str]) -> Option<Place> {
        let (first, rest) = path.split_first()?;
        self.schema.fields().iter().find_map(|field| match field {
            Field::Setting(own) if std::ptr::eq(*own, setting) && rest.is_empty() => {
                Some(Place { group: Arc::clone(self), setting: own })
            }
            Field::Group(group) if group.field().is_empty() => self.inner(group).setting_at(setting, path),
            Field::Group(group) if group.field() == *first => self.inner(group).setting_at(setting, rest),
            Field::Groups(groups) if groups.field() == *first => {
                let (key, rest) = rest.split_first()?;
                self.groups(groups).element(key)?.setting_at(setting, rest)
            }
            _ => None,
        })
    }

    /// The subject of findings about an element itself: `TENANTS__ACME`.
    pub(crate) fn own_subject(&self) -> Subject {
        Subject { name: Name::prefixed(self.prefix.trim_end_matches('_'), ""), field: self.path.clone() }
    }

    /// Returns the first variable that the group itself declares.
    fn first_variable(&self) -> Option<Name> {
        self.schema.fields().iter().find_map(|field| match field {
            Field::Setting(setting) => setting.variables().first().map(|name| self.name(name)),
            _ => None,
        })
    }

    /// Returns the subject of a check: the variable of a field, or the field itself if it is a group.
    pub(crate) fn subject(&self, field: &'static str) -> Subject {
        let groups = self.schema.fields().iter().find_map(|candidate| match candidate {
            Field::Groups(groups) if groups.field() == field => Some(self.groups(groups)),
            _ => None,
        });
        if let Some(groups) = groups {
            return groups.subject();
        }
        let variable = self.schema.fields().iter().find_map(|candidate| match candidate {
            Field::Setting(setting) if setting.field() == field => setting.variables().first(),
            _ => None,
        });
        let name = match variable {
            Some(variable) => self.name(variable),
            None if field.is_empty() => Name::declared(self.schema.name()),
            None => Name::declared(field),
        };
        Subject { name, field: self.join(field) }
    }
}

/// A list or a map of groups at its place in the service's settings struct.
#[derive(Debug)]
pub(crate) struct GroupsPlace {
    path: String,
    prefix: String,
    pub(crate) groups: &'static GroupsSchema,
}

impl GroupsPlace {
    /// Returns the path of the field.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Returns the prefix of the variables of all elements: `UPSTREAMS__`.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Returns the prefix as a name that a message can show.
    pub(crate) fn prefix_name(&self) -> Name {
        Name::prefixed(&self.prefix, "")
    }

    /// Returns whether this list or map is nested in an element of another one.
    pub(crate) fn is_in_element(&self) -> bool {
        self.prefix.trim_end_matches('_').contains(SEPARATOR)
    }

    /// Returns the subject of findings about the list or the map itself: `UPSTREAMS`.
    pub(crate) fn subject(&self) -> Subject {
        Subject { name: Name::prefixed(self.prefix.trim_end_matches('_'), ""), field: self.path.clone() }
    }

    /// Returns the part of a variable's name after the prefix.
    pub(crate) fn tail<'n>(&self, name: &'n str) -> Option<&'n str> {
        name.strip_prefix(self.prefix.as_str())
    }

    /// Returns the place of one element. Returns `None` for a text that is not a valid key.
    pub(crate) fn element(&self, key: &str) -> Option<Arc<GroupPlace>> {
        let variable = self.groups.variable_of(key)?;
        Some(self.named(&segment(key), &variable))
    }

    /// Returns the place of a placeholder element, for messages and documents.
    pub(crate) fn stand_in(&self) -> Arc<GroupPlace> {
        let (key, variable) = self.groups.stand_in();
        self.named(key, variable)
    }

    /// Returns an example of an element's variable for a message: `UPSTREAMS__0__URL`.
    pub(crate) fn example(&self) -> Name {
        let element = self.stand_in();
        let setting = element.first_needed().map(|place| place.name());
        setting.or_else(|| element.first_variable()).unwrap_or_else(|| self.prefix_name())
    }

    fn named(&self, segment: &str, variable: &str) -> Arc<GroupPlace> {
        Arc::new(GroupPlace {
            path: [&self.path, ".", segment].concat(),
            prefix: [&self.prefix, variable, SEPARATOR].concat(),
            schema: self.groups.schema(),
        })
    }
}

/// Returns a key as a part of a path: in quotes if it contains a dot.
pub(crate) fn segment(key: &str) -> Cow<'_, str> {
    if key.contains('.') { Cow::Owned(["\"", key, "\""].concat()) } else { Cow::Borrowed(key) }
}

/// Returns the parts of a path, without the quotes around a key that contains a dot.
#[cfg(feature = "files")]
pub(crate) fn parts(path: &str) -> impl Iterator<Item = &str> {
    let pieces = path.split('"').enumerate();
    // Every second piece is in quotes.
    let parts = pieces.flat_map(|(number, piece)| piece.split(move |symbol| symbol == '.' && number % 2 == 0));
    parts.filter(|part| !part.is_empty())
}

/// A setting at its place. Names and paths are built on demand, because most settings are never reported.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) group: Arc<GroupPlace>,
    pub(crate) setting: &'static SettingSchema,
}

impl Place {
    /// Returns the variable that messages use.
    pub(crate) fn name(&self) -> Name {
        self.setting.variables().first().map_or(Name::declared(self.setting.field()), |first| self.group.name(first))
    }

    /// Returns the variables that the setting is read from.
    pub(crate) fn names(&self) -> impl ExactSizeIterator<Item = Name> {
        self.setting.variables().iter().map(|variable| self.group.name(variable))
    }

    /// Returns the variables that a source may have. `has` gets the prefix and the variable, before a name is built
    /// from them.
    pub(crate) fn names_in(&self, has: impl Fn(&str, &str) -> bool) -> impl Iterator<Item = Name> {
        let variables = self.setting.variables().iter().filter(move |variable| has(&self.group.prefix, variable));
        variables.map(|variable| self.group.name(variable))
    }

    /// Returns the path of the field.
    pub(crate) fn path(&self) -> String {
        self.group.join(self.setting.field())
    }

    /// Returns the subject of findings about the setting.
    pub(crate) fn subject(&self) -> Subject {
        Subject { name: self.name(), field: self.path() }
    }
}
