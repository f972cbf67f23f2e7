//! The checks for keys and for credentials.

use crate::{
    Blemish, Encoding, Flaw, MAX_BYTES, Position, ReferenceKind, blemish, constants, decode, is_placeholder,
    is_published, is_template, json, misplaced, pieces, ranking::ranked, uuid,
};

/// Returns the flaws of a key, which is a secret that the operator generates. The most telling flaw comes first.
///
/// `required` is the minimum length in bytes: that of the hash (RFC 7518, §3.2), so 32 for HS256, 48 for HS384 and 64 for
/// HS512. The time is linear in the length, and bounded. No result contains a part of the key, and working copies are wiped.
///
/// ```
/// use hardened_strength::{Flaw, check_key};
///
/// assert_eq!(check_key(b"changeme", 32), [Flaw::Placeholder]);
/// assert_eq!(check_key(b"kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC", 32), []);
/// ```
///
/// It finds keys that are published or evidently weak. It cannot see how a text was made, so a key without a flaw is not
/// proven to be random.
#[must_use]
pub fn check_key(key: &[u8], required: usize) -> Vec<Flaw> {
    Text::key(key, required).judged_by(KEY)
}

/// Returns the flaws of a credential, which is a secret that another service issued. The most telling flaw comes first.
///
/// Its strength and length are up to the issuer, and it may have several lines, as PEM does.
///
/// ```
/// use hardened_strength::{Flaw, check_credential};
///
/// assert_eq!(check_credential(b"$DB_PASSWORD"), [Flaw::Template]);
/// assert_eq!(check_credential(b"hunter2"), []);
/// ```
#[must_use]
pub fn check_credential(text: &[u8]) -> Vec<Flaw> {
    Text::credential(text).judged_by(CREDENTIAL)
}

/// A check. Each is independent of the others.
pub(crate) type Check = fn(&Text<'_>) -> Option<Flaw>;

pub(crate) const KEY: &[Check] = &[
    too_long,
    too_short,
    not_text,
    outside,
    inside,
    published,
    placeholder,
    description,
    template,
    reference,
    address,
    json,
    pem,
    token,
    uuid,
    assigned,
    constant,
    hashed,
    encoded,
    few_bits,
    predictable,
    human,
];

pub(crate) const CREDENTIAL: &[Check] =
    &[not_text, outside, inside, published, placeholder, template, reference, json, assigned, escaped_lines];

/// A secret that is being checked.
pub(crate) struct Text<'a> {
    raw: &'a [u8],
    /// The text without the blemishes around it; empty if a key is too long to be checked.
    core: &'a [u8],
    outside: Option<(Blemish, Position)>,
    required: usize,
}

impl<'a> Text<'a> {
    pub(crate) fn key(raw: &'a [u8], required: usize) -> Self {
        let readable = if raw.len() > MAX_BYTES { &[] } else { raw };
        let cleaned = blemish::clean(readable);
        Self { raw, core: cleaned.core, outside: cleaned.outside, required }
    }

    pub(crate) fn credential(raw: &'a [u8]) -> Self {
        let cleaned = blemish::clean(raw);
        Self { raw, core: cleaned.core, outside: cleaned.outside, required: 0 }
    }

    pub(crate) fn judged_by(&self, checks: &[Check]) -> Vec<Flaw> {
        ranked(checks.iter().filter_map(|check| check(self)).collect())
    }

    /// Returns whether line breaks belong to this kind of secret.
    fn has_lines(&self) -> bool {
        misplaced::is_pem(self.core) || json::is(self.core)
    }
}

fn too_long(text: &Text<'_>) -> Option<Flaw> {
    let bytes = text.raw.len();
    (bytes > MAX_BYTES).then_some(Flaw::TooLong { bytes })
}

fn too_short(text: &Text<'_>) -> Option<Flaw> {
    let (bytes, required) = (text.core.len(), text.required);
    (bytes < required && text.raw.len() <= MAX_BYTES).then_some(Flaw::TooShort { bytes, required })
}

fn not_text(text: &Text<'_>) -> Option<Flaw> {
    std::str::from_utf8(text.core).is_err().then_some(Flaw::NotText)
}

fn outside(text: &Text<'_>) -> Option<Flaw> {
    let (blemish, position) = text.outside?;
    let belongs = blemish == Blemish::WhiteSpace && text.has_lines();
    (!belongs).then_some(Flaw::Blemish { blemish, position })
}

fn inside(text: &Text<'_>) -> Option<Flaw> {
    let blemish = blemish::inside(text.core, text.has_lines())?;
    let position = Position::Inside;
    Some(Flaw::Blemish { blemish, position })
}

fn published(text: &Text<'_>) -> Option<Flaw> {
    let bare = decode::without_prefix(text.core);
    if is_published(text.core) || bare.len() < text.core.len() && is_published(bare) {
        return Some(Flaw::Published { decoded: None });
    }
    Encoding::OF_BYTES.into_iter().find_map(|encoding| {
        let content = decode::decode(text.core, encoding)?;
        let found = is_published(content.trim_ascii());
        let decoded = Some(encoding);
        found.then_some(Flaw::Published { decoded })
    })
}

fn placeholder(text: &Text<'_>) -> Option<Flaw> {
    is_placeholder(text.core).then_some(Flaw::Placeholder)
}

/// Only for keys: whether a password consists of words is up to its issuer.
fn description(text: &Text<'_>) -> Option<Flaw> {
    crate::placeholder::describes_a_key(text.core).then_some(Flaw::Placeholder)
}

fn template(text: &Text<'_>) -> Option<Flaw> {
    is_template(text.core).then_some(Flaw::Template)
}

fn reference(text: &Text<'_>) -> Option<Flaw> {
    crate::reference::reference(text.core).map(Flaw::Reference)
}

/// Only for keys: a credential may be a URL.
fn address(text: &Text<'_>) -> Option<Flaw> {
    crate::reference::is_address(text.core).then_some(Flaw::Reference(ReferenceKind::Url))
}

fn json(text: &Text<'_>) -> Option<Flaw> {
    json::is(text.core).then_some(Flaw::Json)
}

fn pem(text: &Text<'_>) -> Option<Flaw> {
    misplaced::is_pem(text.core).then_some(Flaw::Pem)
}

fn token(text: &Text<'_>) -> Option<Flaw> {
    misplaced::is_token(text.core).then_some(Flaw::Token)
}

fn uuid(text: &Text<'_>) -> Option<Flaw> {
    if uuid::is(text.core) { Some(Flaw::Uuid) } else { pieces::flaw(text.core) }
}

fn assigned(text: &Text<'_>) -> Option<Flaw> {
    crate::assigned::is(text.core).then_some(Flaw::Assigned)
}

fn constant(text: &Text<'_>) -> Option<Flaw> {
    constants::is(text.core).then_some(Flaw::Published { decoded: None })
}

fn hashed(text: &Text<'_>) -> Option<Flaw> {
    crate::hashed::is(text.core).then_some(Flaw::Hashed)
}

/// Returns what an encoded text contains instead of a key. Weak content is found by the strength checks.
fn encoded(text: &Text<'_>) -> Option<Flaw> {
    crate::predictable::below_as_text(text.core, |content| {
        let content = content.trim_ascii();
        if misplaced::is_pem(content) {
            Some(Flaw::Pem)
        } else if json::is(content) {
            Some(Flaw::Json)
        } else if uuid::is(content) {
            Some(Flaw::Uuid)
        } else {
            is_placeholder(content).then_some(Flaw::Placeholder)
        }
    })
}

/// Detects a PEM block on one line, with the two characters `\\n` in place of its line breaks.
fn escaped_lines(text: &Text<'_>) -> Option<Flaw> {
    let is_escaped = misplaced::is_pem(text.core) && text.core.windows(2).any(|pair| pair == b"\\n");
    is_escaped.then_some(Flaw::EscapedLines)
}

fn few_bits(text: &Text<'_>) -> Option<Flaw> {
    crate::predictable::few_bits(text.core)
}

fn predictable(text: &Text<'_>) -> Option<Flaw> {
    crate::predictable::predictable(text.core)
}

fn human(text: &Text<'_>) -> Option<Flaw> {
    crate::predictable::human(text.core)
}
