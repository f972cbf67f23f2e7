//! All settings of a schema, flat, with their full names.

use super::{Field, Requirement, Schema, SettingSchema};
use crate::{finding::Name, schema::Kind};

/// One setting of a service, with the prefixes of its groups applied to its variables.
#[derive(Debug, Clone)]
pub struct Declared {
    path: String,
    variables: Vec<Name>,
    group: Requirement,
    setting: &'static SettingSchema,
}

impl Declared {
    /// Returns the path of the field, such as `jwt.secret_key`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the variables it is read from; messages use the first.
    #[must_use]
    pub fn variables(&self) -> &[Name] {
        &self.variables
    }

    /// Returns the variable that messages use.
    #[must_use]
    pub fn variable(&self) -> &str {
        self.variables.first().map_or("", Name::as_str)
    }

    /// Returns what happens if nothing of its group is set: [`Requirement::Required`] if it is not in a group, or only
    /// in required ones.
    #[must_use]
    pub fn group_requirement(&self) -> Requirement {
        self.group
    }

    /// Returns whether it is read only if a variable of its group is set.
    #[must_use]
    pub fn is_in_optional_group(&self) -> bool {
        self.group != Requirement::Required
    }

    /// Returns what happens if neither it nor anything else of its group is set.
    #[must_use]
    pub fn requirement(&self) -> Requirement {
        self.setting.requirement().within(self.group)
    }

    /// Returns the description of the setting.
    #[must_use]
    pub fn setting(&self) -> &'static SettingSchema {
        self.setting
    }

    /// Returns the kind of its value.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.setting.kind()
    }
}

impl Schema {
    /// Returns all settings in declaration order, including those of nested groups.
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
