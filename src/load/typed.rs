//! What `#[derive(Config)]` knows of the type of one field.
//!
//! The derive asks for a bound in one place only, [`setting`] or [`group`], and everything else of its code goes
//! through the value that these make. So a type that does not meet the bound is one compile error, not one for each
//! use.

use hardened_core::manifest::Promises;

use super::{Choose, Config, Reader, elements::Groups};
use crate::{
    Setting, Tier,
    finding::Reported,
    schema::{Defaults, GroupSchema, GroupsSchema, Kind, Schema, SettingSchema, accepts},
};

type Read<S, T> = fn(&mut Reader<'_>, &'static S) -> Result<T, Reported>;

/// How a setting of one type is read, and what kind it is.
pub struct TypedSetting<T> {
    kind: Kind,
    defaults: Defaults,
    read: Read<SettingSchema, T>,
    read_optional: Read<SettingSchema, Option<T>>,
}

/// The one place that asks for [`Setting`].
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
    /// The kind of its values.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Which texts it accepts, as far as the compiler can tell.
    #[must_use]
    pub const fn defaults(&self) -> Defaults {
        self.defaults
    }

    /// Whether it accepts a default, as far as the compiler can tell.
    #[must_use]
    pub const fn accepts(&self, default: &str) -> bool {
        accepts(&self.kind, self.defaults, default)
    }

    /// Reads a setting that is required or has a default.
    ///
    /// # Errors
    ///
    /// When it is missing or not accepted. It is in the report.
    pub fn read(&self, reader: &mut Reader<'_>, schema: &'static SettingSchema) -> Result<T, Reported> {
        (self.read)(reader, schema)
    }

    /// Reads a setting that may be set nowhere, in some tiers or in all.
    ///
    /// # Errors
    ///
    /// When it is not accepted, or the tier needs it. It is in the report.
    pub fn read_optional(
        &self,
        reader: &mut Reader<'_>,
        schema: &'static SettingSchema,
    ) -> Result<Option<T>, Reported> {
        (self.read_optional)(reader, schema)
    }
}

/// How a group of one type is read, and what it declares.
pub struct TypedGroup<T> {
    schema: &'static Schema,
    read: Read<GroupSchema, T>,
    read_optional: Read<GroupSchema, Option<T>>,
    promise: fn(&T, &mut Promises),
}

/// The one place that asks for [`Config`].
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
    /// What it declares.
    #[must_use]
    pub const fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Reads a group that is required.
    ///
    /// # Errors
    ///
    /// When one of its settings is missing or not accepted. It is in the report.
    pub fn read(&self, reader: &mut Reader<'_>, schema: &'static GroupSchema) -> Result<T, Reported> {
        (self.read)(reader, schema)
    }

    /// Reads a group that is required as soon as one of its variables is set, and in some tiers even before.
    ///
    /// # Errors
    ///
    /// When one of them is set, and one is missing or not accepted; when none is set, and the tier needs the group. It
    /// is in the report.
    pub fn read_optional(&self, reader: &mut Reader<'_>, schema: &'static GroupSchema) -> Result<Option<T>, Reported> {
        (self.read_optional)(reader, schema)
    }

    /// Adds what the group of a variant promises.
    pub fn promise_here(&self, group: &T, promises: &mut Promises) {
        (self.promise)(group, promises);
    }

    /// Adds what the group promises, at its field.
    pub fn promise(&self, group: &T, field: &str, promises: &mut Promises) {
        promises.of_group(field, |promises| (self.promise)(group, promises));
    }
}

/// How a list or a map of groups of one type is read, and what it declares.
pub struct TypedGroups<G> {
    schema: &'static Schema,
    key: Option<Kind>,
    read: Read<GroupsSchema, G>,
    read_optional: Read<GroupsSchema, Option<G>>,
    promise: fn(&G, &mut Promises),
}

/// The one place that asks for `Groups`.
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
    /// What an element declares.
    #[must_use]
    pub const fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Whether it is a map.
    #[must_use]
    pub const fn is_map(&self) -> bool {
        self.key.is_some()
    }

    /// Whether its keys could be secrets, and reports show keys.
    #[must_use]
    pub const fn has_secret_keys(&self) -> bool {
        matches!(self.key, Some(kind) if kind.is_secret())
    }

    /// Reads it.
    ///
    /// # Errors
    ///
    /// As [`Reader::groups`].
    pub fn read(&self, reader: &mut Reader<'_>, schema: &'static GroupsSchema) -> Result<G, Reported> {
        (self.read)(reader, schema)
    }

    /// Reads it where it may be absent.
    ///
    /// # Errors
    ///
    /// As [`Reader::optional_groups`].
    pub fn read_optional(&self, reader: &mut Reader<'_>, schema: &'static GroupsSchema) -> Result<Option<G>, Reported> {
        (self.read_optional)(reader, schema)
    }

    /// Adds what each element promises, at its field and its key.
    pub fn promise(&self, groups: &G, field: &str, promises: &mut Promises) {
        promises.of_group(field, |promises| (self.promise)(groups, promises));
    }
}

/// A group that the code configures in part.
///
/// # Errors
///
/// As [`Reader::group_with`].
pub fn read_with<T: Choose>(
    reader: &mut Reader<'_>,
    schema: &'static GroupSchema,
    choose: fn(T::Draft) -> T::Draft,
) -> Result<T, Reported> {
    reader.group_with(schema, choose)
}

/// The tier of this run, in the same form as every other field.
///
/// # Errors
///
/// Never.
pub fn tier(reader: &Reader<'_>) -> Result<Tier, Reported> {
    Ok(reader.tier())
}
