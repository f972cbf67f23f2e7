//! A key ring: several versions of one key.

use std::fmt;

use super::AuthSecret;

/// Several versions of one key, newest first. The newest key is for anything new; older keys are still accepted.
///
/// Its `Debug` shows only the versions.
pub struct KeyRing(Vec<(u32, AuthSecret)>);

impl KeyRing {
    /// Creates a ring from keys with their versions, newest first. Returns `None` if there are no keys.
    #[must_use]
    pub fn new(keys: Vec<(u32, AuthSecret)>) -> Option<Self> {
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// Returns the newest key with its version.
    #[must_use]
    pub fn current(&self) -> Option<(u32, &AuthSecret)> {
        self.iter().next()
    }

    /// Returns the key with this version.
    #[must_use]
    pub fn version(&self, version: u32) -> Option<&AuthSecret> {
        self.iter().find_map(|(candidate, key)| (candidate == version).then_some(key))
    }

    /// Returns all keys with their versions, newest first.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &AuthSecret)> {
        self.0.iter().map(|(version, key)| (*version, key))
    }
}

/// Shows only the versions.
impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing")?;
        f.debug_set().entries(self.0.iter().map(|(version, _)| version)).finish()
    }
}
