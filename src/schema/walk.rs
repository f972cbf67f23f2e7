//! All settings of a schema, flat, with their full names.

use super::{Field, Requirement, Schema, SettingSchema};
use crate::{Kind, Name};

/// One setting as a service declares it: with the prefix of its groups in front of its variables.
#[derive(Debug, Clone)]
pub struct Declared {
    path: String,
    variables: Vec<Name>,
    group: Requirement,
    setting: &'static SettingSchema,
}

impl Declared {
    /// The path of the field, such as `jwt.secret_key`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The variables it is read from; the first is the one that messages name.
    #[must_use]
    pub fn variables(&self) -> &[Name] {
        &self.variables
    }

    /// The variable that messages name.
    #[must_use]
    pub fn variable(&self) -> &str {
        self.variables.first().map_or("", Name::as_str)
    }

    /// What happens when nothing of its group is set: [`Requirement::Required`] where it is in no group, or in required
    /// ones only.
    #[must_use]
    pub fn group_requirement(&self) -> Requirement {
        self.group
    }

    /// Whether it is read only when a variable of its group is set.
    #[must_use]
    pub fn is_in_optional_group(&self) -> bool {
        self.group != Requirement::Required
    }

    /// What happens when it is set nowhere, and nothing else of its group is.
    #[must_use]
    pub fn requirement(&self) -> Requirement {
        self.setting.requirement().within(self.group)
    }

    /// Its description.
    #[must_use]
    pub fn setting(&self) -> &'static SettingSchema {
        self.setting
    }

    /// The kind of its value.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.setting.kind()
    }
}

impl Schema {
    /// All settings, those of nested groups included, in the order of their declaration.
    #[must_use]
    pub fn settings(&self) -> Vec<Declared> {
        let mut found = Vec::new();
        self.collect(&Place { path: "", prefix: "", group: Requirement::Required }, &mut found);
        found
    }

    fn collect(&self, place: &Place<'_>, found: &mut Vec<Declared>) {
        for field in self.fields {
            match field {
                Field::Setting(setting) => found.push(place.declare(setting)),
                Field::Group(group) => group.schema().collect(
                    &Place {
                        path: &place.join(group.field()),
                        prefix: &format!("{}{}", place.prefix, group.prefix()),
                        group: group.requirement().within(place.group),
                    },
                    found,
                ),
            }
        }
    }
}

/// Where a walk stands.
struct Place<'a> {
    path: &'a str,
    prefix: &'a str,
    /// What happens when nothing of the group is set.
    group: Requirement,
}

impl Place<'_> {
    fn join(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    fn declare(&self, setting: &'static SettingSchema) -> Declared {
        Declared {
            path: self.join(setting.field()),
            variables: setting.variables().iter().map(|name| Name::prefixed(self.prefix, name)).collect(),
            group: self.group,
            setting,
        }
    }
}
