//! A fast word search that decides whether a file is worth parsing.

use memchr::memmem;

/// Words that always make a file worth parsing.
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

/// Parts of names that denote secrets, in lower case.
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

/// Returns whether a file is worth parsing.
pub(super) fn is_interesting(text: &str) -> bool {
    let bytes = text.as_bytes();
    SURE.iter().any(|word| memmem::find(bytes, word.as_bytes()).is_some())
        || has_login(text)
        || has_literal(text)
        || has_plain_field(text)
}

/// Returns whether a line has `://` and, after it, `@`.
fn has_login(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), "://").any(|at| {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        rest.iter().take(300).take_while(|byte| **byte != b'\n' && **byte != b'"').any(|byte| *byte == b'@')
    })
}

/// Returns whether a string literal or a list of bytes is near a word for a secret.
///
/// Quotes in comments and character literals count too; then a file is parsed for nothing.
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

/// Returns whether a text can be a secret or the name of one, rather than prose or a format string.
fn is_candidate(text: &[u8]) -> bool {
    text.len() >= 3 && !text.contains(&b' ') && !text.starts_with(b"{")
}

/// The distance before and after a literal in which its name is searched, in bytes.
const BEFORE: usize = 160;
const BEHIND: usize = 100;

fn is_near_a_word(text: &str, at: usize, length: usize) -> bool {
    let bytes = text.as_bytes();
    let end = bytes.len().min(at + length + BEHIND);
    let around = bytes.get(at.saturating_sub(BEFORE)..end).unwrap_or_default().to_ascii_lowercase();
    WORDS.iter().any(|word| memmem::find(&around, word.as_bytes()).is_some())
}

/// Returns whether a file that mentions `Debug` has a field such as `password: String`.
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
