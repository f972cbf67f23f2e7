//! Finds credentials that have a recognisable form: private keys, signed tokens, keys of known issuers, and URLs with a
//! password.

use hardened_strength::{is_issued, is_placeholder, is_published};
use memchr::memmem;

use super::{address, alone};

/// The form by which a credential is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Issued,
    PrivateKey,
    Token,
    Password,
}

/// A credential in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Credential {
    pub(crate) kind: Kind,
    /// The byte offset of its beginning.
    pub(crate) at: usize,
}

/// Returns every usable credential in a text. Takes linear time.
pub(crate) fn find(text: &str) -> impl Iterator<Item = Credential> {
    let passwords = address::logins(text)
        .filter(|login| alone::is_usable_password(login.user, login.password))
        .map(|login| Credential { kind: Kind::Password, at: login.at });
    words(text).chain(private_keys(text)).chain(passwords)
}

/// Returns whether the value of a secret contains a private key, as PEM or in base64, or begins like one. Because of the name,
/// a short key counts too.
pub(crate) fn has_private_key(text: &str) -> bool {
    private_keys(text).next().is_some()
        || memmem::find_iter(text.as_bytes(), "PRIVATE KEY-----").any(|at| has_content(text, at))
}

/// Returns whether a PEM block has content that is not a placeholder.
fn has_content(text: &str, at: usize) -> bool {
    let body = text.get(at..).and_then(|rest| rest.split("-----").nth(1)).unwrap_or_default();
    let body = body.replace("\\n", "\n");
    let body = body.trim();
    body.len() >= 6
        && body.is_ascii()
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/= \r\n".contains(&byte))
        && !is_placeholder(body.as_bytes())
}

/// Returns the keys and tokens that are a single word.
fn words(text: &str) -> impl Iterator<Item = Credential> {
    const SHORTEST: usize = 16;
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at + bytes[at..].iter().position(|byte| belongs(*byte))?;
            let length = bytes[start..].iter().position(|byte| !belongs(*byte)).unwrap_or(bytes.len() - start);
            at = start + length;
            // An escape such as `\n` belongs to the text before.
            let start = start + usize::from(start > 0 && bytes[start - 1] == b'\\');
            if let Some(kind) = text.get(start..at).filter(|word| word.len() >= SHORTEST).and_then(kind) {
                return Some(Credential { kind, at: start });
            }
        }
        None
    })
}

fn kind(word: &str) -> Option<Kind> {
    let word = word.trim_end_matches(['.', '-']);
    if word.starts_with("AGE-SECRET-KEY-1") && word.len() > 70 {
        Some(Kind::PrivateKey)
    } else if is_issued(word) {
        Some(Kind::Issued)
    } else if is_token(word) {
        Some(Kind::Token)
    } else {
        None
    }
}

/// Returns whether a word is a signed JSON Web Token (RFC 7519), but not the one in its documentation.
fn is_token(word: &str) -> bool {
    /// The encoding of `{"sub":"1234567890`, from the example on jwt.io.
    const EXAMPLE: &str = "eyJzdWIiOiIxMjM0NTY3ODkw";
    const LEAST: usize = 16;
    let mut parts = word.split('.');
    let (Some(head), Some(claims), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    head.starts_with("eyJ")
        && claims.starts_with("ey")
        && !claims.starts_with(EXAMPLE)
        && [head, claims, signature].iter().all(|part| part.len() >= LEAST)
        && !is_placeholder(signature.as_bytes())
        && !is_published(word.as_bytes())
}

/// Returns the private keys in a text: PEM and OpenSSH blocks with content, their base64 encoding, and PuTTY keys.
fn private_keys(text: &str) -> impl Iterator<Item = Credential> {
    /// `PRIVATE KEY` in base64, at each of the three alignments.
    const ENCODED: [&str; 3] = ["UFJJVkFURSBLRV", "BSSVZBVEUgS0VZ", "QUklWQVRFIEtFW"];
    let blocks = memmem::find_iter(text.as_bytes(), "PRIVATE KEY").filter_map(move |at| block(text, at));
    let encoded = ENCODED
        .into_iter()
        .flat_map(move |mark| memmem::find_iter(text.as_bytes(), mark.as_bytes()))
        .filter(move |at| has_long_run(text, *at));
    let of_putty =
        memmem::find_iter(text.as_bytes(), "PuTTY-User-Key-File-").filter(move |at| is_open_putty(text, *at));
    let kind = Kind::PrivateKey;
    blocks.chain(encoded).chain(of_putty).map(move |at| Credential { kind, at })
}

/// Returns whether a key in PuTTY's format is not encrypted.
fn is_open_putty(text: &str, at: usize) -> bool {
    let mut lines = text.get(at..).unwrap_or_default().lines().take(40).map(str::trim);
    lines.any(|line| line == "Encryption: none") && lines.any(|line| line.starts_with("Private-Lines:"))
}

/// Returns the offset of a PEM block with content whose first line contains the mark.
fn block(text: &str, at: usize) -> Option<usize> {
    /// A little less than an Ed25519 key, which has 64 characters of base64.
    const LEAST: usize = 48;
    let before = text.get(..at)?;
    let start = before.rfind("-----BEGIN ")?;
    let is_of_one_line = before.get(start..)?.len() <= 40 && !before.get(start..)?.contains('\n');
    let behind = text.get(at..)?;
    let body = behind.get(behind.find("-----")? + 5..)?;
    let body = body.get(..body.find("-----").unwrap_or(body.len()))?;
    let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let letters = body.bytes().filter(is_of_key).count();
    // Source code that prints the marks has other characters between them.
    let others = body
        .bytes()
        .filter(|byte| !is_of_key(byte) && !byte.is_ascii_whitespace() && !b"\\\"':,-".contains(byte))
        .count();
    (is_of_one_line && letters >= LEAST && others * 10 <= letters).then_some(start)
}

/// Returns whether a long run of base64 begins at an offset.
fn has_long_run(text: &str, at: usize) -> bool {
    const LEAST: usize = 80;
    let run = text
        .as_bytes()
        .iter()
        .skip(at)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=_-".contains(byte))
        .count();
    run >= LEAST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        find(text).map(|found| found.kind).collect()
    }

    const BODY: &str = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v9Vg0Y2pQ7bXl2m8nQq4rS6tU8wYzA1bC3dE";

    #[test]
    fn credentials_are_told_by_their_form() {
        for (text, expected) in [
            (format!("-----BEGIN PRIVATE KEY-----\n{BODY}\n-----END PRIVATE KEY-----"), vec![Kind::PrivateKey]),
            (format!("-----BEGIN OPENSSH PRIVATE KEY-----\\n{BODY}\\n-----END"), vec![Kind::PrivateKey]),
            ("-----BEGIN PRIVATE KEY-----".to_owned(), vec![]),
            ("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----".to_owned(), vec![]),
            ("the text PRIVATE KEY alone".to_owned(), vec![]),
            (format!("-----BEGIN CERTIFICATE-----\n{BODY}"), vec![]),
            (format!("x LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t{BODY}{BODY}"), vec![Kind::PrivateKey]),
            ("token ghp_q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW.".to_owned(), vec![Kind::Issued]),
            ("\\nghp_q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW".to_owned(), vec![Kind::Issued]),
            ("AKIAIOSFODNN7EXAMPLE".to_owned(), vec![]),
            (
                "Bearer eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOiJxOFp4VDN2QiJ9.q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXcVbNm".to_owned(),
                vec![Kind::Token],
            ),
            (
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U".to_owned(),
                vec![],
            ),
            ("postgres://app:q8ZxT3vB7nM1@db.example.com/app".to_owned(), vec![Kind::Password]),
            ("postgres://app:password@db.example.com/app".to_owned(), vec![]),
            ("postgres://{user}:{password}@host".to_owned(), vec![]),
            (format!("AGE-SECRET-KEY-1{}", "Q".repeat(58)), vec![Kind::PrivateKey]),
            ("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\nAAAA".to_owned(), vec![Kind::PrivateKey]),
            ("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nPrivate-Lines: 1\nAAAA".to_owned(), vec![]),
            (String::new(), vec![]),
        ] {
            assert_eq!(kinds(&text), expected, "{text}");
        }
    }
}
