//! What a field is called in files, and what it was called before.

/// One more name of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    key: &'static str,
    variable: &'static str,
    is_deprecated: bool,
}

impl Alias {
    /// For `#[derive(Config)]`: `#[config(alias = "…")]`, `#[config(deprecated_alias = "…")]`.
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

    /// Returns the variable, without the prefix of a group; blank for a group, and where only the key is another name.
    #[must_use]
    pub const fn variable(&self) -> &'static str {
        self.variable
    }

    /// Returns whether its use is a warning.
    #[must_use]
    pub const fn is_deprecated(&self) -> bool {
        self.is_deprecated
    }
}

/// The names of a field in files, if they are not that of the field alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    pub(super) key: Option<&'static str>,
    pub(super) aliases: &'static [Alias],
}

impl Keys {
    /// A field whose key is its name.
    pub(super) const OF_FIELD: Self = Self { key: None, aliases: &[] };
}
