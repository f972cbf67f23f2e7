//! Applies the rules for each kind of secret, and words the violations.

use hardened_strength::{
    Blemish, Encoding, Flaw, MAX_BYTES, Position, ReferenceKind, Sighting, check_credential, check_key,
};

use crate::{
    Setting, Violation,
    finding::Message,
    message,
    rule::{self, Rule},
    schema::{Kind, OwnRules},
};

/// Returns every rule that a readable value breaks: the rules of its kind, which apply to the text as set, and those of its
/// type.
pub(crate) fn broken_rules<T: Setting>(value: &T, text: &str) -> Vec<Violation> {
    let of_type = value.flaws();
    if T::has_own_rules(OwnRules::asked()) { of_type } else { with_those_of_kind(T::KIND, text, of_type) }
}

fn with_those_of_kind(kind: Kind, text: &str, of_type: Vec<Violation>) -> Vec<Violation> {
    let mut broken = of_kind(kind, text);
    broken.extend(of_type);
    broken
}

fn of_kind(kind: Kind, text: &str) -> Vec<Violation> {
    match kind {
        Kind::Key { min_bytes } => key_flaws(text.as_bytes(), min_bytes),
        Kind::Credential => credential_flaws(text.as_bytes()),
        Kind::JsonCredential => json_flaws(text.as_bytes()),
        Kind::KeyRing { min_bytes } => entries(text).flat_map(|entry| of_version(entry, min_bytes)).collect(),
        Kind::List { of } if of.is_secret() => {
            (1_usize..).zip(entries(text)).flat_map(|(number, item)| of_item(*of, number, item)).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the rules that a JSON credential breaks: those of a credential, except the rules against JSON, placeholders and
/// escaped line breaks. Its values are checked for example texts instead.
fn json_flaws(text: &[u8]) -> Vec<Violation> {
    let of_values = [rule::SECRET_JSON, rule::SECRET_PLACEHOLDER, rule::SECRET_ESCAPED_LINES];
    let of_text = credential_flaws(text).into_iter().filter(|violation| !of_values.contains(&violation.rule()));
    let has_example = std::str::from_utf8(text).is_ok_and(super::json::has_example);
    let example = || {
        let violation = Violation::new(rule::SECRET_PLACEHOLDER, "one of its values is an example text");
        violation.remedy("set the real document, from the service that issued it")
    };
    of_text.chain(has_example.then(example)).collect()
}

fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim)
}

fn of_item(kind: Kind, number: usize, item: &str) -> impl Iterator<Item = Violation> {
    of_kind(kind, item).into_iter().map(move |violation| violation.prefixed(message!("item ", number, ": ")))
}

fn of_version(entry: &str, min_bytes: usize) -> impl Iterator<Item = Violation> {
    let (version, key) = entry.split_once(':').unwrap_or(("", entry));
    let version = version.trim().parse::<u32>().ok();
    key_flaws(key.as_bytes(), min_bytes).into_iter().map(move |violation| match version {
        Some(version) => violation.prefixed(message!("version ", version, ": ")),
        None => violation,
    })
}

/// Returns the rules that a key breaks. The loader applies them to every setting of the kind [`Kind::Key`]; call this
/// function for a key that comes from elsewhere.
///
/// `min_bytes` is the minimum length in bytes: at least the size of the hash output (RFC 7518 §3.2).
///
/// ```
/// use hardened::secret::key_flaws;
///
/// let flaws = key_flaws(b"correct horse battery staple, and more", 32);
/// assert_eq!(flaws[0].rule().code(), "secret-predictable");
/// ```
#[must_use]
pub fn key_flaws(key: &[u8], min_bytes: usize) -> Vec<Violation> {
    check_key(key, min_bytes).into_iter().map(violation).collect()
}

/// Returns the rules that a credential breaks. The loader applies them to every setting of the kind
/// [`Kind::Credential`]; call this function for a credential that comes from elsewhere.
#[must_use]
pub fn credential_flaws(text: &[u8]) -> Vec<Violation> {
    check_credential(text)
        .into_iter()
        .map(|flaw| {
            let violation = violation(flaw);
            // No command can generate what someone else issues.
            match flaw {
                Flaw::Published { .. } | Flaw::Placeholder => {
                    violation.remedy("set the real value, from the service that issued it")
                }
                _ => violation,
            }
        })
        .collect()
}

/// Returns whether a credential appears in a public list.
pub(crate) fn is_published(text: &[u8]) -> bool {
    credential_flaws(text).iter().any(|flaw| flaw.rule() == rule::SECRET_PUBLISHED)
}

/// Returns the violation for a secret seen in a text that reports show. Returns `None` for a text that may also be an
/// identifier.
pub(crate) fn shown_secret(sighting: Sighting) -> Option<Violation> {
    Some(Violation::new(rule::SECRET_SHOWN, shown_as(sighting)?))
}

/// Returns a description of the secret that a text contains.
pub(crate) fn shown_as(sighting: Sighting) -> Option<&'static str> {
    match sighting {
        Sighting::Password => Some("contains a password in a URL or a parameter"),
        Sighting::PrivateKey => Some("contains a private key"),
        Sighting::Token => Some("contains a signed token"),
        Sighting::Issued => Some("contains a key with the prefix of a known issuer"),
        Sighting::Published => Some("contains a key from a public list"),
        _ => None,
    }
}

fn violation(flaw: Flaw) -> Violation {
    let (rule, fact) = told(flaw);
    let violation = Violation::new(rule, fact);
    match remedy(flaw) {
        Some(remedy) => violation.remedy(remedy),
        None => violation,
    }
}

/// Returns the fix for one flaw, if the rule's own remedy is meant for its other flaws.
fn remedy(flaw: Flaw) -> Option<&'static str> {
    Some(match flaw {
        Flaw::Template => "set the value itself, or fill the template in before the service starts",
        Flaw::Reference(ReferenceKind::File) => "to read the file, set the variable with _FILE to its path",
        Flaw::Reference(ReferenceKind::Url) => "set the secret itself",
        Flaw::Reference(ReferenceKind::Variable) => "set the value of that variable",
        Flaw::Reference(ReferenceKind::Encrypted) => "decrypt the value before the service starts",
        Flaw::Token => "set the key that signs the tokens",
        _ => return None,
    })
}

fn told(flaw: Flaw) -> (Rule, Message) {
    match flaw {
        Flaw::TooShort { bytes, required } => {
            (rule::SECRET_TOO_SHORT, message!(bytes, " bytes; must be at least ", required))
        }
        Flaw::TooLong { bytes } => (rule::SECRET_TOO_LONG, message!(bytes, " bytes; must be at most ", MAX_BYTES)),
        Flaw::FewBits { bits, required, decoded } => (
            rule::SECRET_FEW_BITS,
            message!(content(decoded), "at most ", bits, " bits fit this length and alphabet; must be at least ")
                .then(message!(required)),
        ),
        Flaw::Predictable { bits, required, decoded } => (
            rule::SECRET_PREDICTABLE,
            message!(content(decoded), "made of words, sequences or repeats: about ", bits, " bits to guess; must be ")
                .then(message!("at least ", required)),
        ),
        Flaw::Hashed => (rule::SECRET_PREDICTABLE, "the hash of a common word or number, which adds no strength".into()),
        Flaw::Human => (
            rule::SECRET_HUMAN,
            "reads like text that a person wrote; passphrases are refused at any length, because strength cannot be seen"
                .into(),
        ),
        Flaw::Published { decoded } => {
            (rule::SECRET_PUBLISHED, message!(content(decoded), "appears in a public list of keys"))
        }
        Flaw::Uuid => (rule::SECRET_UUID, "a UUID holds at most 122 bits; must be at least 128".into()),
        Flaw::Placeholder => (rule::SECRET_PLACEHOLDER, "an example text instead of the real value".into()),
        Flaw::Template => (rule::SECRET_REFERENCE, "a template that was not filled in".into()),
        Flaw::Reference(kind) => (rule::SECRET_REFERENCE, reference(kind).into()),
        Flaw::Assigned => (rule::SECRET_WRAPPED, "begins with a name, as in \"NAME=\" or \"Bearer\"".into()),
        Flaw::EscapedLines => {
            (rule::SECRET_ESCAPED_LINES, "a PEM block whose line breaks are the two characters \"\\n\"".into())
        }
        Flaw::Json => (rule::SECRET_JSON, "a whole JSON document instead of one of its values".into()),
        Flaw::Pem => (rule::SECRET_PEM, "a PEM block; must be a symmetric key".into()),
        Flaw::Token => (rule::SECRET_MALFORMED, "a signed token; must be the key that signs it".into()),
        Flaw::NotText => (rule::SECRET_NOT_TEXT, "not UTF-8 text".into()),
        Flaw::Blemish { blemish, position } => blemished(blemish, position),
        // The enum may grow: a flaw that is not known here means that the value is not a key.
        _ => (rule::SECRET_MALFORMED, "not a key".into()),
    }
}

fn content(decoded: Option<Encoding>) -> &'static str {
    match decoded {
        None => "",
        Some(Encoding::Base64) => "after base64 decoding: ",
        Some(Encoding::Hex) => "after hex decoding: ",
        Some(Encoding::Base32) => "after base32 decoding: ",
        Some(Encoding::Base85 | Encoding::Git85) => "after base85 decoding: ",
        Some(Encoding::Listed) => "after reading the bytes that it lists: ",
        Some(Encoding::Percent) => "after percent decoding: ",
        Some(_) => "after decoding: ",
    }
}

fn reference(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::SecretStore => "an unresolved reference to a secret store",
        ReferenceKind::File => "a path instead of the secret",
        ReferenceKind::Url => "a URL instead of the secret",
        ReferenceKind::Variable => "the name of a variable, as a program writes it",
        ReferenceKind::Encrypted => "a value that is still encrypted",
        _ => "an unresolved reference",
    }
}

fn blemished(blemish: Blemish, position: Position) -> (Rule, Message) {
    let (rule, what) = match blemish {
        Blemish::WhiteSpace => (rule::SECRET_WHITESPACE, "white space "),
        Blemish::Quotes => (rule::SECRET_QUOTED, "quotes "),
        Blemish::Control => (rule::SECRET_CONTROL, "control characters "),
        _ => (rule::SECRET_CONTROL, "invisible characters "),
    };
    let position = match position {
        Position::Start => "at the start",
        Position::End => "at the end",
        Position::Around => "at both ends",
        _ => "inside",
    };
    (rule, message!(what, position))
}
