//! The names of a field in files, including its former names.

/// Another name of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    key: &'static str,
    variable: &'static str,
    is_deprecated: bool,
}

impl Alias {
    /// Creates an alias. `#[derive(Config)]` calls it for `#[config(alias = "…")]` and `#[config(deprecated_alias = "…")]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(key: &'static str, variable: &'static str, is_deprecated: bool) -> Self {
        Self { key, variable, is_deprecated }
    }

    /// Returns the key in files.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// Returns the variable, without the prefix of a group; blank for a group, and if only the key has another name.
    #[must_use]
    pub const fn variable(&self) -> &'static str {
        self.variable
    }

    /// Returns whether using this name is a warning.
    #[must_use]
    pub const fn is_deprecated(&self) -> bool {
        self.is_deprecated
    }
}

/// The key and the aliases of a field, if they differ from the name of the field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    pub(super) key: Option<&'static str>,
    pub(super) aliases: &'static [Alias],
}

impl Keys {
    /// The keys of a field whose only key is its name.
    pub(super) const OF_FIELD: Self = Self { key: None, aliases: &[] };
}
