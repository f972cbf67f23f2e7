//! What `#[derive(Config)]` needs to know about the type of one field.
//!
//! The code of the derive has a bound in one place only, [`setting`] or [`group`]; the rest goes through the value that
//! these return. So a type that does not meet the bound causes one compile error, not one for each use.

use hardened_core::manifest::Promises;

use super::{Choose, Config, Reader, elements::Groups};
use crate::{
    Setting, Tier,
    finding::Reported,
    schema::{Defaults, GroupSchema, GroupsSchema, Kind, Schema, SettingSchema, accepts},
};

type Read<S, T> = fn(&mut Reader<'_>, &'static S) -> Result<T, Reported>;

/// A setting's type: how it is read, and its kind.
pub struct TypedSetting<T> {
    kind: Kind,
    defaults: Defaults,
    read: Read<SettingSchema, T>,
    read_optional: Read<SettingSchema, Option<T>>,
}

/// Describes the type of a setting. This is the only place with the bound [`Setting`].
#[must_use]
pub const fn setting<T: Setting>() -> TypedSetting<T> {
    TypedSetting {
        kind: T::KIND,
        defaults: T::DEFAULTS,
        read: |reader, schema| reader.setting(schema),
        read_optional: |reader, schema| reader.optional(schema),
    }
}

impl<T> TypedSetting<T> {
    /// Returns the kind of its values.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns which texts it accepts, as far as the compiler can tell.
    #[must_use]
    pub const fn defaults(&self) -> Defaults {
        self.defaults
    }

    /// Returns whether it accepts a default, as far as the compiler can tell.
    #[must_use]
    pub const fn accepts(&self, default: &str) -> bool {
        accepts(&self.kind, self.defaults, default)
    }

    /// Reads a setting that is required or has a default.
    ///
    /// # Errors
    ///
    /// Returns an error if the setting is missing or not accepted. It is already in the report.
    pub fn read(&self, reader: &mut Reader<'_>, schema: &'static SettingSchema) -> Result<T, Reported> {
        (self.read)(reader, schema)
    }

    /// Reads a setting that may be absent, in some tiers or in all.
    ///
    /// # Errors
    ///
    /// Returns an error if the setting is not accepted, or is unset and the tier needs it. It is already in the report.
    pub fn read_optional(
        &self,
        reader: &mut Reader<'_>,
        schema: &'static SettingSchema,
    ) -> Result<Option<T>, Reported> {
        (self.read_optional)(reader, schema)
    }
}

/// A group's type: how it is read, and what it declares.
pub struct TypedGroup<T> {
    schema: &'static Schema,
    read: Read<GroupSchema, T>,
    read_optional: Read<GroupSchema, Option<T>>,
    promise: fn(&T, &mut Promises),
}

/// Describes the type of a group. This is the only place with the bound [`Config`].
#[must_use]
pub const fn group<T: Config>() -> TypedGroup<T> {
    TypedGroup {
        schema: T::SCHEMA,
        read: |reader, schema| reader.group(schema),
        read_optional: |reader, schema| reader.optional_group(schema),
        promise: T::promise,
    }
}

impl<T> TypedGroup<T> {
    /// Returns the declaration of the group.
    #[must_use]
    pub const fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Reads a group that is required.
    ///
    /// # Errors
    ///
    /// Returns an error if one of its settings is missing or not accepted. It is already in the report.
    pub fn read(&self, reader: &mut Reader<'_>, schema: &'static GroupSchema) -> Result<T, Reported> {
        (self.read)(reader, schema)
    }

    /// Reads a group that is required as soon as one of its variables is set, and in some tiers always.
    ///
    /// # Errors
    ///
    /// Returns an error if one of the settings is set and another one is missing or not accepted, or if none is set and
    /// the tier needs the group. It is already in the report.
    pub fn read_optional(&self, reader: &mut Reader<'_>, schema: &'static GroupSchema) -> Result<Option<T>, Reported> {
        (self.read_optional)(reader, schema)
    }

    /// Adds the promises of a variant's group to the manifest.
    pub fn promise_here(&self, group: &T, promises: &mut Promises) {
        (self.promise)(group, promises);
    }

    /// Adds the promises of the group to the manifest, below its field.
    pub fn promise(&self, group: &T, field: &str, promises: &mut Promises) {
        promises.of_group(field, |promises| (self.promise)(group, promises));
    }
}

/// The type of a list or map of groups: how it is read, and what an element declares.
pub struct TypedGroups<G> {
    schema: &'static Schema,
    key: Option<Kind>,
    read: Read<GroupsSchema, G>,
    read_optional: Read<GroupsSchema, Option<G>>,
    promise: fn(&G, &mut Promises),
}

/// Describes the type of a list or map of groups. This is the only place with the bound `Groups`.
#[must_use]
pub const fn groups<G: Groups>() -> TypedGroups<G> {
    TypedGroups {
        schema: G::SCHEMA,
        key: G::KEY,
        read: |reader, schema| reader.groups(schema),
        read_optional: |reader, schema| reader.optional_groups(schema),
        promise: G::promise,
    }
}

impl<G> TypedGroups<G> {
    /// Returns the declaration of an element.
    #[must_use]
    pub const fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Returns whether it is a map.
    #[must_use]
    pub const fn is_map(&self) -> bool {
        self.key.is_some()
    }

    /// Returns whether its keys could be secrets. They must not be, because reports show keys.
    #[must_use]
    pub const fn has_secret_keys(&self) -> bool {
        matches!(self.key, Some(kind) if kind.is_secret())
    }

    /// Reads the list or map.
    ///
    /// # Errors
    ///
    /// The same as for [`Reader::groups`].
    pub fn read(&self, reader: &mut Reader<'_>, schema: &'static GroupsSchema) -> Result<G, Reported> {
        (self.read)(reader, schema)
    }

    /// Reads the list or map if it may be absent.
    ///
    /// # Errors
    ///
    /// The same as for [`Reader::optional_groups`].
    pub fn read_optional(&self, reader: &mut Reader<'_>, schema: &'static GroupsSchema) -> Result<Option<G>, Reported> {
        (self.read_optional)(reader, schema)
    }

    /// Adds the promises of each element to the manifest, below its field and its key.
    pub fn promise(&self, groups: &G, field: &str, promises: &mut Promises) {
        promises.of_group(field, |promises| (self.promise)(groups, promises));
    }
}

/// Reads a group that code configures in part.
///
/// # Errors
///
/// The same as for [`Reader::group_with`].
pub fn read_with<T: Choose>(
    reader: &mut Reader<'_>,
    schema: &'static GroupSchema,
    choose: fn(T::Draft) -> T::Draft,
) -> Result<T, Reported> {
    reader.group_with(schema, choose)
}

/// Returns the tier of this run, in the same form as every other field.
///
/// # Errors
///
/// Never fails.
pub fn tier(reader: &Reader<'_>) -> Result<Tier, Reported> {
    Ok(reader.tier())
}
