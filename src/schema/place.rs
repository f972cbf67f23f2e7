//! Where one setting stands: in which group, behind which prefix.

use std::sync::Arc;

use hardened_core::finding::Subject;

use crate::{
    finding::Name,
    schema::{Field, GroupSchema, Schema, SettingSchema},
};

/// A group at its place in the service's own struct.
#[derive(Debug)]
pub(crate) struct GroupPlace {
    path: String,
    prefix: String,
    schema: &'static Schema,
}

impl GroupPlace {
    /// The struct itself.
    pub(crate) fn root(schema: &'static Schema) -> Arc<Self> {
        Arc::new(Self { path: String::new(), prefix: String::new(), schema })
    }

    /// A group inside this one.
    pub(crate) fn inner(&self, group: &'static GroupSchema) -> Arc<Self> {
        Arc::new(Self {
            path: self.join(group.field()),
            prefix: format!("{}{}", self.prefix, group.prefix()),
            schema: group.schema(),
        })
    }

    /// The path of a field.
    pub(crate) fn join(&self, field: &str) -> String {
        match (self.path.as_str(), field) {
            ("", field) => field.to_owned(),
            (path, "") => path.to_owned(),
            (path, field) => [path, ".", field].concat(),
        }
    }

    /// The full name of a variable that is declared in the group.
    pub(crate) fn name(&self, variable: &'static str) -> Name {
        Name::prefixed(&self.prefix, variable)
    }

    /// The full name of a variable that is declared in a group inside.
    pub(crate) fn outer(&self, name: &Name) -> Name {
        name.behind(&self.prefix)
    }

    /// The first setting without which the group is not read in Preview and Production.
    pub(crate) fn first_needed(self: &Arc<Self>) -> Option<Place> {
        self.schema.fields().iter().find_map(|field| match field {
            Field::Setting(setting) if setting.requirement().binds_in_production() => {
                Some(Place { group: Arc::clone(self), setting })
            }
            Field::Group(group) if group.requirement().binds_in_production() => self.inner(group).first_needed(),
            _ => None,
        })
    }

    /// What a check is about: the variable of a field, or the field itself where it is a group.
    pub(crate) fn subject(&self, field: &'static str) -> Subject {
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

/// One setting at its place. Names and paths are made when somebody asks, for most settings have nothing to tell.
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

    /// The variables it is read from.
    pub(crate) fn names(&self) -> impl ExactSizeIterator<Item = Name> {
        self.setting.variables().iter().map(|variable| self.group.name(variable))
    }

    /// The path of the field.
    pub(crate) fn path(&self) -> String {
        self.group.join(self.setting.field())
    }

    /// The subject of its findings.
    pub(crate) fn subject(&self) -> Subject {
        Subject { name: self.name(), field: self.path() }
    }
}
