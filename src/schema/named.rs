//! The names of each field in files.

use super::{Alias, Field, GroupSchema, GroupsSchema, SettingSchema};

macro_rules! named {
    ($($schema:ty),*) => {$(
        impl $schema {
            /// For `#[derive(Config)]`: `#[config(key = "…")]`.
            #[doc(hidden)]
            #[must_use]
            pub const fn with_key(mut self, key: &'static str) -> Self {
                self.keys.key = Some(key);
                self
            }

            /// For `#[derive(Config)]`: `#[config(alias = "…")]`.
            #[doc(hidden)]
            #[must_use]
            pub const fn with_aliases(mut self, aliases: &'static [Alias]) -> Self {
                self.keys.aliases = aliases;
                self
            }

            /// Returns the key in files: the name of the field, unless it has a `key` of its own.
            #[must_use]
            pub const fn key(&self) -> &'static str {
                match self.keys.key {
                    Some(key) => key,
                    None => self.field(),
                }
            }

            /// Returns its other names.
            #[must_use]
            pub const fn aliases(&self) -> &'static [Alias] {
                self.keys.aliases
            }
        }
    )*};
}

named!(SettingSchema, GroupSchema, GroupsSchema);

impl Field {
    /// The key in files; blank for a variant of an enum.
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Setting(setting) => setting.key(),
            Self::Group(group) => group.key(),
            Self::Groups(groups) => groups.key(),
        }
    }

    /// Its other names.
    pub(crate) const fn aliases(&self) -> &'static [Alias] {
        match self {
            Self::Setting(setting) => setting.aliases(),
            Self::Group(group) => group.aliases(),
            Self::Groups(groups) => groups.aliases(),
        }
    }
}
