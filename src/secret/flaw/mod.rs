//! What is wrong with the text of a secret.
//!
//! Two questions: [`of_key`] for what the operator generates, where strength is ours to judge,
//! and [`of_credential`] for what somebody else issued. Each check has a file, reads the text in
//! place and answers for itself; [`Flaws`] keeps what tells the operator most. No answer holds
//! any part of the text.

mod blemish;
mod decode;
mod flaws;
mod in_text;
mod json;
mod misplaced;
mod phrases;
mod placeholder;
mod predictable;
mod published;
mod reference;
mod strength;
mod template;
mod uuid;

pub use blemish::{Blemish, Place};
pub use flaws::Flaws;
pub use in_text::{Sighting, in_text};
pub use reference::ReferenceKind;

/// The longest key, in bytes. Far beyond any use of a key, and a bound on the work.
pub const MAX_BYTES: usize = 4096;

/// What is wrong with a secret's text. Carries numbers and closed choices only, never a part of
/// the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// A key that stands in public; `decoded` if its base64 or hexadecimal content does.
    Published {
        /// What was undone to find it.
        decoded: Option<Encoding>,
    },
    /// Text that stands where a secret should: `changeme`, `<your key here>`.
    Placeholder,
    /// A template that nothing filled in: `${…}`, `{{…}}`, `%NAME%`.
    Template,
    /// A reference that nothing resolved.
    Reference(ReferenceKind),
    /// A JSON object or list instead of one of its values.
    Json,
    /// An asymmetric key or a certificate, where a symmetric key belongs.
    Pem,
    /// A signed token, where the key that signs it belongs.
    Token,
    /// A UUID: at most 122 random bits (ASVS 5.0, 11.5.1).
    Uuid,
    /// Characters that do not belong to the secret.
    Blemish {
        /// What they are.
        blemish: Blemish,
        /// Where they are.
        place: Place,
    },
    /// Bytes that are no UTF-8.
    NotText,
    /// Longer than [`MAX_BYTES`].
    TooLong {
        /// The length.
        bytes: usize,
    },
    /// Shorter than its use requires.
    TooShort {
        /// The length.
        bytes: usize,
        /// The least length.
        required: usize,
    },
    /// Of too few possible keys, by length × log2(alphabet in use).
    FewBits {
        /// The bits by length.
        bits: u32,
        /// The least number.
        required: u32,
        /// What was undone to find the alphabet.
        decoded: Option<Encoding>,
    },
    /// Of words, sequences, keyboard walks or repeats.
    Predictable {
        /// The bits that remain to be guessed.
        bits: u32,
        /// The least number.
        required: u32,
        /// What was undone to find them.
        decoded: Option<Encoding>,
    },
}

/// A way in which bytes are written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// Base64, of either alphabet, with or without padding (RFC 4648).
    Base64,
    /// Hexadecimal digits of either case.
    Hex,
}

impl Encoding {
    const ALL: [Self; 2] = [Self::Base64, Self::Hex];
}

/// All flaws of a key, which is a secret that the operator generates; the most telling first.
///
/// `required` is the least length in bytes: that of the hash (RFC 7518, §3.2), so 32 for HS256,
/// 48 for HS384 and 64 for HS512. A strong key has none. Time is linear in the length and
/// bounded; nothing is allocated that holds a part of the key, and what is copied is wiped.
#[must_use]
pub fn of_key(key: &[u8], required: usize) -> Flaws {
    Text::key(key, required).judged_by(KEY)
}

/// All flaws of a credential, which is a secret that somebody else issued; the most telling first.
///
/// Its strength and its length are the issuer's business, and it may have lines, as PEM does.
#[must_use]
pub fn of_credential(text: &[u8]) -> Flaws {
    Text::credential(text).judged_by(CREDENTIAL)
}

/// A check of its own: none relies on another having run.
type Check = fn(&Text<'_>) -> Option<Flaw>;

const KEY: &[Check] = &[
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
    few_bits,
    predictable,
];

const CREDENTIAL: &[Check] = &[not_text, outside, inside, published, placeholder, template, reference, json];

/// A secret under examination.
struct Text<'a> {
    raw: &'a [u8],
    /// Without what surrounds it; nothing if it is a key too long to be read.
    core: &'a [u8],
    outside: Option<(Blemish, Place)>,
    required: usize,
}

impl<'a> Text<'a> {
    fn key(raw: &'a [u8], required: usize) -> Self {
        let readable = if raw.len() > MAX_BYTES { &[] } else { raw };
        let cleaned = blemish::clean(readable);
        Self { raw, core: cleaned.core, outside: cleaned.outside, required }
    }

    fn credential(raw: &'a [u8]) -> Self {
        let cleaned = blemish::clean(raw);
        Self { raw, core: cleaned.core, outside: cleaned.outside, required: 0 }
    }

    fn judged_by(&self, checks: &[Check]) -> Flaws {
        checks.iter().filter_map(|check| check(self)).collect()
    }

    /// Whether line ends belong to what this is.
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
    let (blemish, place) = text.outside?;
    let belongs = blemish == Blemish::WhiteSpace && text.has_lines();
    (!belongs).then_some(Flaw::Blemish { blemish, place })
}

fn inside(text: &Text<'_>) -> Option<Flaw> {
    let blemish = blemish::inside(text.core, text.has_lines())?;
    let place = Place::Inside;
    Some(Flaw::Blemish { blemish, place })
}

fn published(text: &Text<'_>) -> Option<Flaw> {
    let bare = decode::without_prefix(text.core);
    if published::is(text.core) || published::is(bare) {
        return Some(Flaw::Published { decoded: None });
    }
    Encoding::ALL.into_iter().find_map(|encoding| {
        let content = decode::decode(text.core, encoding)?;
        let found = published::is(content.trim_ascii());
        let decoded = Some(encoding);
        found.then_some(Flaw::Published { decoded })
    })
}

fn placeholder(text: &Text<'_>) -> Option<Flaw> {
    placeholder::is(text.core).then_some(Flaw::Placeholder)
}

/// A password in words is its issuer's business; a key in words is none.
fn description(text: &Text<'_>) -> Option<Flaw> {
    placeholder::describes_a_key(text.core).then_some(Flaw::Placeholder)
}

fn template(text: &Text<'_>) -> Option<Flaw> {
    template::is(text.core).then_some(Flaw::Template)
}

fn reference(text: &Text<'_>) -> Option<Flaw> {
    reference::kind(text.core).map(Flaw::Reference)
}

/// A credential may be an address; a key is none.
fn address(text: &Text<'_>) -> Option<Flaw> {
    reference::is_url(text.core).then_some(Flaw::Reference(ReferenceKind::Url))
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
    uuid::is(text.core).then_some(Flaw::Uuid)
}

fn few_bits(text: &Text<'_>) -> Option<Flaw> {
    predictable::few_bits(text.core)
}

fn predictable(text: &Text<'_>) -> Option<Flaw> {
    predictable::predictable(text.core)
}

#[cfg(test)]
mod tests;
