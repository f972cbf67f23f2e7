//! Several versions of one key.

use std::fmt;

use super::AuthSecret;

/// Several versions of one key, newest first. The newest is used for anything new; older ones are still accepted.
///
/// Its `Debug` shows the versions only.
pub struct KeyRing(Vec<(u32, AuthSecret)>);

impl KeyRing {
    /// Creates a ring from keys with their versions, newest first; none if there is no key.
    #[must_use]
    pub fn new(keys: Vec<(u32, AuthSecret)>) -> Option<Self> {
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// Returns the key for anything new, with its version.
    #[must_use]
    pub fn current(&self) -> Option<(u32, &AuthSecret)> {
        self.iter().next()
    }

    /// Returns the key of one version.
    #[must_use]
    pub fn version(&self, version: u32) -> Option<&AuthSecret> {
        self.iter().find_map(|(candidate, key)| (candidate == version).then_some(key))
    }

    /// Returns all keys with their versions, newest first.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &AuthSecret)> {
        self.0.iter().map(|(version, key)| (*version, key))
    }
}

/// Shows the versions alone.
impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing")?;
        f.debug_set().entries(self.0.iter().map(|(version, _)| version)).finish()
    }
}
