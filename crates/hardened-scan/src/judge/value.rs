//! Decides whether a value whose name denotes a secret is a secret.

use hardened_strength::{Sighting, in_text};

use super::{address, alone, credential, shape};

/// Returns whether an attacker could use a value: it is not a placeholder, reference, template, well-known default or words.
///
/// Words are skipped, because a pass phrase cannot be distinguished from a placeholder in some language.
pub(crate) fn is_usable(text: &str) -> bool {
    let text = text.trim();
    if shape::is_scalar(text) || address::is_local(text) || is_public(text) {
        false
    } else if let Some(items) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        items.split(',').any(|item| alone::is_usable(item.trim().trim_matches(['"', '\''])))
    } else if credential::has_private_key(text) {
        true
    } else if text.contains("://") || text.contains(';') && address::parameter(text).is_some() {
        is_usable_address(text)
    } else {
        alone::is_usable(text)
    }
}

/// Returns whether a text is a certificate, a public key, a password hash, encrypted, or one of PostHog's keys for browsers.
pub(crate) fn is_public(text: &str) -> bool {
    const STARTS: [&str; 10] = [
        "$2a$",
        "$2b$",
        "$2y$",
        "$argon2",
        "$scrypt$",
        "-----BEGIN CERTIFICATE",
        "-----BEGIN PUBLIC KEY",
        "encrypted:",
        "phc_",
        "{cipher}",
    ];
    STARTS.iter().any(|start| text.starts_with(start))
}

/// Returns whether the password of basic authentication, base64 of `user:password`, is usable.
pub(crate) fn is_usable_basic(text: &str) -> bool {
    let decoded = super::base64::decoded(text);
    let login = decoded.as_deref().and_then(|text| text.split_once(':'));
    login.is_some_and(|(user, password)| alone::is_usable_password(user, password))
}

/// Returns whether a connection string has a usable password: `Server=db;Password=…`, `host=db password=…`.
pub(crate) fn has_usable_password(text: &str) -> bool {
    let is_pair = |part: &str| {
        let name = part.split_once('=').map_or("", |(name, _)| name.trim());
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" _-".contains(&byte))
    };
    let are_pairs = |separator: char| {
        let mut parts = text.split(separator).filter(|part| !part.trim().is_empty()).peekable();
        text.contains(separator) && parts.peek().is_some() && parts.all(is_pair)
    };
    (are_pairs(';') || are_pairs(' ')) && address::parameter(text).is_some_and(alone::is_usable)
}

/// Returns whether a URL contains a usable password, or a part of its path is random.
fn is_usable_address(text: &str) -> bool {
    let mut logins = address::logins(text).peekable();
    if logins.peek().is_some() {
        return logins.any(|login| alone::is_usable_password(login.user, login.password));
    }
    match address::parameter(text) {
        Some(value) => alone::is_usable(value),
        None => !shape::has_holes(text) && has_random_part(text),
    }
}

/// Returns whether a part of a path is random, as in the URLs of webhooks and of Sentry.
fn has_random_part(text: &str) -> bool {
    const SHORTEST: usize = 16;
    text.split(['/', '?', '&', '=', '@', ':']).any(|part| {
        let has = |wanted: fn(&u8) -> bool| part.as_bytes().iter().filter(|byte| wanted(byte)).count() >= 2;
        let is_plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let is_mixed = is_plain && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
        part.len() >= SHORTEST
            && is_mixed
            && !shape::is_identifier(part)
            && !shape::is_uuid(part)
            && alone::is_usable(part)
    })
}

/// Returns whether a text in code, whose name denotes a secret, is one: usable, and not the name of something.
pub(crate) fn is_evident(name: &str, text: &str) -> bool {
    const SHORTEST: usize = 6;
    let text = without_scheme(text);
    let is_plain =
        text.len() >= SHORTEST && !text.contains(char::is_whitespace) && !text.starts_with(['/', '-', '$', '{', '<']);
    if credential::has_private_key(text) {
        true
    } else if text.contains("://") {
        is_usable(text)
    } else {
        is_plain
            && !repeats_the_name(name, text)
            && (is_typed_password(name, text) || !shape::is_identifier(text) && is_usable(text))
    }
}

/// Returns whether a text in code is a key that the service generates itself. Placeholders and words count, because nothing
/// replaces a placeholder in code.
pub(crate) fn is_own_key(name: &str, text: &str) -> bool {
    const NAMES: [&str; 14] = [
        "aes_key",
        "app_secret",
        "auth_secret",
        "cookie_secret",
        "csrf_secret",
        "encryption_key",
        "hmac_key",
        "hmac_secret",
        "jwt_key",
        "jwt_secret",
        "secret_key",
        "session_secret",
        "signing_key",
        "token_secret",
    ];
    const SHORTEST: usize = 6;
    let name = name.to_ascii_lowercase();
    let is_text = text.len() >= SHORTEST
        && text.starts_with(|symbol: char| symbol.is_ascii_alphanumeric())
        && (text.matches(char::is_whitespace).count() <= 1 || is_phrase(text))
        && !text.contains("://");
    is_text
        && NAMES.iter().any(|end| name.ends_with(end))
        // `secret` is what most people write first.
        && (text == "secret" || !repeats_the_name(&name, text))
        && !shape::has_holes(text)
        && !shape::is_file(text)
        && hardened_strength::reference(text.as_bytes()).is_none()
}

/// Returns whether a text is a phrase in the place of a key: `my super secret key`.
fn is_phrase(text: &str) -> bool {
    ["my ", "super ", "this is ", "your "].iter().any(|start| text.to_ascii_lowercase().starts_with(start))
}

/// Removes the scheme from the value of a header: `Bearer …`.
fn without_scheme(text: &str) -> &str {
    ["Bearer ", "Basic ", "Token ", "token "].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text)
}

/// Returns whether a text is a password of letters and digits, and its name says so: `hunter2`, `admin-123`.
fn is_typed_password(name: &str, text: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_of_password = ["password", "passwd", "passphrase", "pwd"].iter().any(|end| name.ends_with(end));
    let has = |wanted: fn(&u8) -> bool| text.as_bytes().iter().any(wanted);
    is_of_password
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.!@#".contains(&byte))
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && !hardened_strength::is_placeholder(text.as_bytes())
}

/// Returns whether a text repeats its name: `API_KEY_V2 = "api-key-v2"`.
fn repeats_the_name(name: &str, text: &str) -> bool {
    let bare = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let (name, text) = (bare(name), bare(text));
    name.contains(&text) || text.contains(&name) && text.len() <= name.len() + 6
}

/// Returns whether a text in code can only be a secret, although its name may mean something else.
pub(crate) fn is_unmistakable(text: &str) -> bool {
    const SHORTEST: usize = 20;
    let text = without_scheme(text);
    let has = |wanted: fn(&u8) -> bool| text.as_bytes().iter().any(wanted);
    let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase);
    match in_text(text) {
        Some(Sighting::Random) => {
            text.len() >= SHORTEST
                && is_mixed
                && !text.contains(char::is_whitespace)
                && !text.contains("://")
                && !shape::is_uuid(text)
                && !shape::is_identifier(text)
                && alone::is_usable(text)
        }
        Some(Sighting::Token | Sighting::Issued | Sighting::PrivateKey) => credential::find(text).next().is_some(),
        _ => false,
    }
}
