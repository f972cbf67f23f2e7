//! What encrypts and opens the values of cookies.

use std::fmt;

use ::cookie::{Cookie, CookieJar, Key};
use zeroize::Zeroizing;

use crate::AuthSecret;

/// The keys, the current one first. It encrypts; all open.
pub(super) struct Keys(Vec<Key>);

/// What `Key::derive_from` takes at least, in bytes.
const LEAST: usize = 32;

impl Keys {
    /// The keys of these secrets, the current one first.
    pub(super) fn new<'a>(secrets: impl Iterator<Item = &'a AuthSecret>) -> Self {
        Self(secrets.map(derived).collect())
    }

    /// The text of a value for the cookie of a name, by AES-256-GCM: for another cookie it does not open. None without a
    /// key.
    pub(super) fn seal(&self, name: &str, text: &str) -> Option<String> {
        let mut jar = CookieJar::new();
        jar.private_mut(self.0.first()?).add(Cookie::new(name.to_owned(), text.to_owned()));
        jar.get(name).map(|sealed| sealed.value().to_owned())
    }

    /// What was sealed for the cookie of a name with one of the keys.
    pub(super) fn open(&self, name: &str, sealed: &str) -> Option<Zeroizing<String>> {
        let jar = CookieJar::new();
        let cookie = Cookie::new(name.to_owned(), sealed.to_owned());
        let mut opened = self.0.iter().filter_map(|key| jar.private(key).decrypt(cookie.clone()));
        opened.next().map(|opened| Zeroizing::new(opened.value().to_owned()))
    }
}

/// HKDF-Expand with SHA-256 of the secret, which is text of at least 128 bits.
fn derived(secret: &AuthSecret) -> Key {
    let secret = secret.expose_bytes();
    let mut master = Zeroizing::new(Vec::with_capacity(secret.len().max(LEAST)));
    master.extend_from_slice(secret);
    // A key that Development accepts by a waiver: HMAC adds these zeros to every short key (RFC 2104 §2).
    master.resize(secret.len().max(LEAST), 0);
    Key::derive_from(&master)
}

/// Shows how many there are.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.0.len())
    }
}
