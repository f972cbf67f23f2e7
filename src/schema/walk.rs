//! Collects all settings of a schema in one flat list, with their full names.

use super::{Field, Requirement, SEPARATOR, Schema, SettingSchema};
use crate::{finding::Name, schema::Kind};

/// One setting of a service, with the prefixes of its groups applied to its variables.
#[derive(Debug, Clone)]
pub struct Declared {
    path: String,
    /// The path of keys in a file, if it differs from `path`.
    keys: Option<String>,
    variables: Vec<Name>,
    group: Requirement,
    in_element: bool,
    variant: Option<(Name, &'static str)>,
    setting: &'static SettingSchema,
}

impl Declared {
    /// Returns the path of the field, such as `jwt.secret_key`. In a list or a map of groups `*` stands for every number
    /// or key: `upstreams.*.url`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the path of the setting's keys in a file, such as `jwt.secretKey`: that of the fields, unless they
    /// declare other keys.
    #[must_use]
    pub fn keys(&self) -> &str {
        self.keys.as_deref().unwrap_or(&self.path)
    }

    /// Returns whether the setting belongs to every element of a list or a map of groups.
    #[must_use]
    pub fn is_in_element(&self) -> bool {
        self.in_element
    }

    /// Returns the variable that selects the setting's variant of an enum, and the word that selects it.
    pub(crate) fn variant(&self) -> Option<&(Name, &'static str)> {
        self.variant.as_ref()
    }

    /// Returns whether the setting is at a path, in which an element has its number or its key.
    #[doc(hidden)]
    #[must_use]
    pub fn is_at(&self, path: &str) -> bool {
        if !self.in_element {
            return self.path == path;
        }
        let mut parts = path.split('.');
        let fits = self.path.split('.').all(|wanted| parts.next().is_some_and(|part| wanted == "*" || wanted == part));
        fits && parts.next().is_none()
    }

    /// Returns the variables that the setting is read from; messages use the first. In a list of groups they are those
    /// of the first element, `UPSTREAMS__0__URL`, and in a map `NAME` replaces the key: `TENANTS__NAME__URL`.
    #[must_use]
    pub fn variables(&self) -> &[Name] {
        &self.variables
    }

    /// Returns the variable that messages use.
    #[must_use]
    pub fn variable(&self) -> &str {
        self.variables.first().map_or("", Name::as_str)
    }

    /// Returns what happens if nothing of the setting's group is set: [`Requirement::Required`] if the setting is not
    /// in a group, or only in required ones.
    #[must_use]
    pub fn group_requirement(&self) -> Requirement {
        self.group
    }

    /// Returns whether the setting is read only if a variable of its group is set.
    #[must_use]
    pub fn is_in_optional_group(&self) -> bool {
        self.group != Requirement::Required
    }

    /// Returns what happens if neither the setting nor anything else of its group is set.
    #[must_use]
    pub fn requirement(&self) -> Requirement {
        self.setting.requirement().within(self.group)
    }

    /// Returns the description of the setting.
    #[must_use]
    pub fn setting(&self) -> &'static SettingSchema {
        self.setting
    }

    /// Returns the kind of the setting's value.
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
        self.collect(
            &Place { path: "", keys: "", prefix: "", group: Requirement::Required, in_element: false, variant: None },
            &mut found,
        );
        found
    }

    fn collect(&self, place: &Place<'_>, found: &mut Vec<Declared>) {
        for field in self.fields() {
            match field {
                Field::Setting(setting) => found.push(place.declare(setting)),
                Field::Group(group) => group.schema().collect(
                    &Place {
                        path: &join(place.path, group.field()),
                        keys: &join(place.keys, group.key()),
                        prefix: &format!("{}{}", place.prefix, group.prefix()),
                        group: group.requirement().within(place.group),
                        in_element: place.in_element,
                        variant: group
                            .variant()
                            .map(|(tag, word)| place.chosen_by(tag, word))
                            .or(place.variant.clone()),
                    },
                    found,
                ),
                Field::Groups(groups) => groups.schema().collect(
                    &Place {
                        path: &format!("{}.*", join(place.path, groups.field())),
                        keys: &format!("{}.*", join(place.keys, groups.key())),
                        prefix: &groups.stand_in_prefix(place.prefix),
                        group: groups.need().within(place.group),
                        in_element: true,
                        variant: place.variant.clone(),
                    },
                    found,
                ),
            }
        }
    }
}

impl Schema {
    /// Returns whether two settings may read the same variable. It compares hashes of the names, so that a start that
    /// does not need the list of all settings does not build it.
    pub(crate) fn may_share_variables(&self) -> bool {
        // The derive refuses a struct with two settings that read the same variable.
        if self.fields().iter().all(|field| matches!(field, Field::Setting(_))) {
            return false;
        }
        let mut hashes = Vec::with_capacity(self.fields().len());
        self.hash_variables(0xcbf2_9ce4_8422_2325, &mut hashes);
        hashes.sort_unstable();
        hashes.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
    }

    fn hash_variables(&self, prefix: u64, hashes: &mut Vec<u64>) {
        for field in self.fields() {
            match field {
                Field::Setting(setting) => hashes.extend(setting.variables().iter().map(|name| fnv(prefix, name))),
                Field::Group(group) => group.schema().hash_variables(fnv(prefix, group.prefix()), hashes),
                Field::Groups(groups) => {
                    let prefix = fnv(fnv(fnv(prefix, groups.prefix()), groups.stand_in().1), SEPARATOR);
                    groups.schema().hash_variables(prefix, hashes);
                }
            }
        }
    }
}

/// Extends the hash of what was read so far by a text (FNV-1a).
fn fnv(so_far: u64, text: &str) -> u64 {
    text.bytes().fold(so_far, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn join(path: &str, field: &str) -> String {
    match (path, field) {
        ("", field) => field.to_owned(),
        (path, "") => path.to_owned(),
        (path, field) => format!("{path}.{field}"),
    }
}

/// The current place of a walk over a schema.
struct Place<'a> {
    path: &'a str,
    keys: &'a str,
    prefix: &'a str,
    /// What happens if nothing of the group is set.
    group: Requirement,
    in_element: bool,
    variant: Option<(Name, &'static str)>,
}

impl Place<'_> {
    /// Returns the variable that selects a variant, and the word that selects it.
    fn chosen_by(&self, tag: &SettingSchema, word: &'static str) -> (Name, &'static str) {
        (Name::prefixed(self.prefix, tag.variables().first().copied().unwrap_or_default()), word)
    }

    fn declare(&self, setting: &'static SettingSchema) -> Declared {
        let (path, keys) = (join(self.path, setting.field()), join(self.keys, setting.key()));
        Declared {
            keys: (keys != path).then_some(keys),
            path,
            variables: setting.variables().iter().map(|name| Name::prefixed(self.prefix, name)).collect(),
            group: self.group,
            in_element: self.in_element,
            variant: self.variant.clone(),
            setting,
        }
    }
}
