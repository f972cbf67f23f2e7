//! Whether a file can have anything that is judged: a search for words, so that most files are never parsed.

use memchr::memmem;

/// Words after which a file is parsed.
const SURE: &[&str] = &[
    "rustc-env=",
    ".env\")",
    ".env.",
    ".pem\")",
    ".key\")",
    "expose_secret",
    "expose_text",
    "expose_bytes",
    "expose_password",
    "expose_url",
    "from_secret",
    "from_base64_secret",
    "SecretString",
    "SecretBox",
    "SecretKey",
    "SecretText",
    "HS256Key",
    "HS384Key",
    "HS512Key",
    "new_from_slice",
    "derive_from",
    "from_slice(b\"",
    "PRIVATE KEY",
    "eyJ",
];

/// Words of names that denote secrets, in small letters.
const WORDS: &[&str] = &[
    "secret",
    "passw",
    "passphrase",
    "pwd",
    "token",
    "key",
    "cred",
    "salt",
    "pepper",
    "seed",
    "auth",
    "dsn",
    "bearer",
    "database_url",
    "_url",
    "_uri",
    "conn",
    "jwt",
    "_pass",
    "hmac",
    "mnemonic",
    "webhook",
    "hook",
    "otp",
    "pin",
];

/// Whether a file is worth parsing.
pub(super) fn is_interesting(text: &str) -> bool {
    let bytes = text.as_bytes();
    SURE.iter().any(|word| memmem::find(bytes, word.as_bytes()).is_some())
        || has_login(text)
        || has_literal(text)
        || has_plain_field(text)
}

/// `://` and behind it `@`, in one line.
fn has_login(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), "://").any(|at| {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        rest.iter().take(300).take_while(|byte| **byte != b'\n' && **byte != b'"').any(|byte| *byte == b'@')
    })
}

/// A text between quotes, or a list of bytes, near a word of secrets.
///
/// Quotes in comments and in characters are taken for quotes, too: then a file is parsed in vain.
fn has_literal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let quoted = memchr::memchr_iter(b'"', bytes).any(|at| {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let length = rest.iter().take(512).position(|byte| *byte == b'"' || *byte == b'\n').unwrap_or(512);
        is_candidate(rest.get(..length).unwrap_or_default()) && is_near_a_word(text, at, length)
    });
    quoted
        || memmem::find_iter(bytes, "(default").any(|at| is_near_a_word(text, at, 0))
        || ["u8;", ", 0x", "my ", "super "]
            .iter()
            .any(|mark| memmem::find_iter(bytes, mark.as_bytes()).any(|at| is_near_a_word(text, at, 0)))
        || memmem::find_iter(bytes, "b'")
            .any(|at| is_near_a_word(text, at, 0) && bytes.get(at + 4..at + 6) == Some(b", "))
}

/// What could be a secret, or the name of one: no prose, no format.
fn is_candidate(text: &[u8]) -> bool {
    text.len() >= 3 && !text.contains(&b' ') && !text.starts_with(b"{")
}

/// How far before and behind a literal its name is.
const BEFORE: usize = 160;
const BEHIND: usize = 100;

fn is_near_a_word(text: &str, at: usize, length: usize) -> bool {
    let bytes = text.as_bytes();
    let end = bytes.len().min(at + length + BEHIND);
    let around = bytes.get(at.saturating_sub(BEFORE)..end).unwrap_or_default().to_ascii_lowercase();
    WORDS.iter().any(|word| memmem::find(&around, word.as_bytes()).is_some())
}

/// `password: String` in a file that derives `Debug`.
fn has_plain_field(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has_debug = memmem::find(bytes, b"Debug").is_some();
    has_debug
        && ["password: ", "secret: ", "key: ", "token: ", "passphrase: ", "passwd: "].iter().any(|field| {
            memmem::find_iter(bytes, field.as_bytes()).any(|at| {
                let rest = bytes.get(at + field.len()..).unwrap_or_default();
                [&b"String"[..], b"Option<", b"std::", b"&", b"Box<str>", b"Arc<str>", b"Vec<u8>", b"[u8"]
                    .iter()
                    .any(|class| rest.starts_with(class))
            })
        })
}
