//! The keys and aliases of each kind of field in files.

use super::{Alias, Field, GroupSchema, GroupsSchema, SettingSchema};

macro_rules! named {
    ($($schema:ty),*) => {$(
        impl $schema {
            /// Sets the key in files. `#[derive(Config)]` calls it for `#[config(key = "…")]`.
            #[doc(hidden)]
            #[must_use]
            pub const fn with_key(mut self, key: &'static str) -> Self {
                self.keys.key = Some(key);
                self
            }

            /// Sets the aliases. `#[derive(Config)]` calls it for `#[config(alias = "…")]`.
            #[doc(hidden)]
            #[must_use]
            pub const fn with_aliases(mut self, aliases: &'static [Alias]) -> Self {
                self.keys.aliases = aliases;
                self
            }

            /// Returns the key in files: the name of the field, unless the field declares its own `key`.
            #[must_use]
            pub const fn key(&self) -> &'static str {
                match self.keys.key {
                    Some(key) => key,
                    None => self.field(),
                }
            }

            /// Returns the other names of the field.
            #[must_use]
            pub const fn aliases(&self) -> &'static [Alias] {
                self.keys.aliases
            }
        }
    )*};
}

named!(SettingSchema, GroupSchema, GroupsSchema);

impl Field {
    /// Returns the key in files; blank for a variant of an enum.
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Setting(setting) => setting.key(),
            Self::Group(group) => group.key(),
            Self::Groups(groups) => groups.key(),
        }
    }

    /// Returns the other names of the field.
    pub(crate) const fn aliases(&self) -> &'static [Alias] {
        match self {
            Self::Setting(setting) => setting.aliases(),
            Self::Group(group) => group.aliases(),
            Self::Groups(groups) => groups.aliases(),
        }
    }
}
