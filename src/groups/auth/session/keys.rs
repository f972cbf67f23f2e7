//! Encrypts and decrypts the values of cookies.

use std::fmt;

use ::cookie::{Cookie, CookieJar, Key};
use zeroize::Zeroizing;

use crate::AuthSecret;

/// The keys, the current one first. The first key encrypts; all keys decrypt.
pub(super) struct Keys(Vec<Key>);

/// The minimum length that `Key::derive_from` accepts, in bytes.
const LEAST: usize = 32;

impl Keys {
    /// Derives the keys from these secrets, the current one first.
    pub(super) fn new<'a>(secrets: impl Iterator<Item = &'a AuthSecret>) -> Self {
        Self(secrets.map(derived).collect())
    }

    /// Encrypts a text for the cookie of this name with AES-256-GCM; under another name it does not decrypt. Returns `None`
    /// without a key.
    pub(super) fn seal(&self, name: &str, text: &str) -> Option<String> {
        let mut jar = CookieJar::new();
        jar.private_mut(self.0.first()?).add(Cookie::new(name.to_owned(), text.to_owned()));
        jar.get(name).map(|sealed| sealed.value().to_owned())
    }

    /// Decrypts a value that one of the keys encrypted for the cookie of this name.
    pub(super) fn open(&self, name: &str, sealed: &str) -> Option<Zeroizing<String>> {
        let jar = CookieJar::new();
        let cookie = Cookie::new(name.to_owned(), sealed.to_owned());
        let mut opened = self.0.iter().filter_map(|key| jar.private(key).decrypt(cookie.clone()));
        opened.next().map(|opened| Zeroizing::new(opened.value().to_owned()))
    }
}

/// Derives a key from the secret, a text with at least 128 bits, by HKDF-Expand with SHA-256.
fn derived(secret: &AuthSecret) -> Key {
    let secret = secret.expose_bytes();
    let mut master = Zeroizing::new(Vec::with_capacity(secret.len().max(LEAST)));
    master.extend_from_slice(secret);
    // Only a waiver lets a key be shorter. HMAC pads every short key with the same zeros (RFC 2104 §2).
    master.resize(secret.len().max(LEAST), 0);
    Key::derive_from(&master)
}

/// Shows only the number of keys.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.0.len())
    }
}
