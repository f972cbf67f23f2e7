//! Implements `Setting` for the secret types.

use super::{AuthSecret, JwtSecret, KeyRing, SecretJson, SecretText};
use crate::{Setting, Violation, message, rule, schema::Kind};

/// The minimum length of any key in bytes: the output of SHA-256 (RFC 7518 §3.2).
const MIN_KEY_BYTES: usize = 32;

impl Setting for SecretText {
    const KIND: Kind = Kind::Credential;

    fn parse(text: &str) -> Result<Self, Violation> {
        Ok(Self::new(text.to_owned()))
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        visit(self.expose_text().as_bytes());
    }
}

impl Setting for SecretJson {
    const KIND: Kind = Kind::JsonCredential;

    fn parse(text: &str) -> Result<Self, Violation> {
        Self::new(text.to_owned()).ok_or_else(|| {
            let (fact, remedy) = match is_quoted_object(text) {
                true => ("quotes around the JSON object", "set the document without quotes"),
                false => ("not a JSON object, or an empty one", "set the whole JSON document, as the issuer gave it"),
            };
            Violation::new(rule::SECRET_MALFORMED, fact).remedy(remedy)
        })
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        visit(self.expose_text().as_bytes());
    }
}

fn is_quoted_object(text: &str) -> bool {
    let inner = |quote: &char| text.trim().strip_prefix(*quote)?.strip_suffix(*quote);
    ['"', '\'', '`'].iter().filter_map(inner).any(|inner| inner.starts_with('{') && inner.ends_with('}'))
}

macro_rules! key {
    ($($name:ty),*) => {$(
        impl Setting for $name {
            const KIND: Kind = Kind::Key { min_bytes: MIN_KEY_BYTES };

            fn parse(text: &str) -> Result<Self, Violation> {
                Ok(Self::new(text.as_bytes().to_owned()))
            }

            fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
                visit(self.expose_bytes());
            }
        }
    )*};
}

key!(JwtSecret, AuthSecret);

/// `version:key,…`, the current key first; each entry is split at its first colon.
impl Setting for KeyRing {
    const KIND: Kind = Kind::KeyRing { min_bytes: MIN_KEY_BYTES };

    fn parse(text: &str) -> Result<Self, Violation> {
        let keys: Option<Vec<_>> = text.split(',').map(|entry| versioned(entry.trim())).collect();
        keys.and_then(Self::new).ok_or_else(|| Violation::new(rule::SECRET_MALFORMED, Self::KIND.must_be()))
    }

    fn flaws(&self) -> Vec<Violation> {
        let mut flaws = Vec::new();
        for (index, (version, key)) in self.iter().enumerate() {
            let place = || message!("version ", version, ": ");
            for (other, earlier) in self.iter().take(index) {
                if other == version {
                    let fact = "appears twice in the ring";
                    flaws.push(Violation::new(rule::SETTING_INCONSISTENT, fact).prefixed(place()));
                } else if key.matches(earlier.expose_bytes()) {
                    let fact = message!("the same key as version ", other);
                    flaws.push(Violation::new(rule::SECRET_REPEATED, fact).prefixed(place()));
                }
            }
        }
        flaws
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        self.iter().for_each(|(_, key)| visit(key.expose_bytes()));
    }
}

fn versioned(entry: &str) -> Option<(u32, AuthSecret)> {
    let (version, key) = entry.split_once(':')?;
    Some((version.trim().parse().ok()?, AuthSecret::parse(key).ok()?))
}
