//! A name with its value in a file.

use std::ops::Range;

use crate::judge::{
    name::{self, Meaning},
    value,
};

/// A name with its value, and where the value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) value: String,
    /// The byte range of the value in the text.
    pub(super) part: Range<usize>,
    /// Whether the name is certainly that of a setting: a variable, or a key of a Kubernetes secret.
    pub(super) is_setting: bool,
}

/// Replaces `${NAME:-value}` with its fallback, which applies when the variable is not set.
fn given(value: String) -> String {
    match super::text::default_of(&value) {
        Some(default) => default.to_owned(),
        None => value,
    }
}

impl Entry {
    /// Creates an entry for an environment variable.
    pub(super) fn variable(name: impl Into<String>, value: impl Into<String>, part: Range<usize>) -> Self {
        Self { name: name.into(), value: given(value.into()), part, is_setting: true }
    }

    /// Creates an entry for a key. It counts as a variable if its name is written like one.
    pub(super) fn key(name: impl Into<String>, value: impl Into<String>, part: Range<usize>) -> Self {
        let name = name.into();
        let is_shouted = name.len() >= 3
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        Self { is_setting: is_shouted, name, value: given(value.into()), part }
    }

    /// Returns whether the name denotes a secret and the value could be used.
    pub(super) fn is_secret(&self) -> bool {
        let is_basic = matches!(self.name.as_str(), "auth" | "_auth") && value::is_usable_basic(&self.value);
        match name::meaning(&self.name) {
            _ if is_basic => true,
            Meaning::Plain => value::has_usable_password(&self.value),
            _ if self.is_setting => value::is_usable(&self.value),
            Meaning::Secret => value::is_evident(&self.name, &self.value),
            Meaning::Perhaps => value::is_unmistakable(&self.value),
        }
    }
}
