//! Detects text in place of a secret: `changeme`, `<your key here>`, `xxxxxxxx`.

use zeroize::Zeroizing;

use crate::phrases::{HINTS, MARKERS, SUBJECTS, WHOLE, contains, is_any};
use crate::{MAX_BYTES, human, masked, strength, words};

/// Returns whether a text is a placeholder: `changeme`, `<token>`, `********`, `your-password`.
///
/// ```
/// assert!(hardened_strength::is_placeholder(b"change_me"));
/// assert!(!hardened_strength::is_placeholder(b"hunter2"));
/// ```
#[must_use]
pub fn is_placeholder(text: &[u8]) -> bool {
    is_mask(text)
        || is_bracketed(text)
        || text.eq_ignore_ascii_case(b"n/a")
        || is_any(between_signs(text), WHOLE.iter())
        || MARKERS.any_in(text)
        || starts_with_your(text) && reads_like_text(text)
        || masked::is(text)
        || is_blank_pem(text)
        || words::stand_for_a_secret(text)
        || is_disguised(text)
        || ends_as_an_example(text)
}

/// Returns whether a text ends like `AKIAIOSFODNN7EXAMPLE`, with which AWS marks the keys in its documentation. One in 10¹⁰
/// generated texts ends like this.
fn ends_as_an_example(text: &[u8]) -> bool {
    const LEAST: usize = 16;
    let has_end = |end: &[u8]| text.len().checked_sub(end.len()).and_then(|at| text.get(at..)) == Some(end);
    text.len() >= LEAST && (has_end(b"EXAMPLE") || has_end(b"EXAMPLEKEY"))
}

/// Returns whether a text is a placeholder with look-alike characters: `Ch4ngeme`, `p4ssw0rd`.
fn is_disguised(text: &[u8]) -> bool {
    const LONGEST: usize = 24;
    if text.len() > LONGEST || !text.iter().any(|byte| b"0134579@$!".contains(byte)) {
        return false;
    }
    let mut plain = Zeroizing::new([0; LONGEST]);
    for (to, from) in plain.iter_mut().zip(text) {
        *to = match from {
            b'0' => b'o',
            b'1' | b'!' => b'i',
            b'3' => b'e',
            b'4' | b'@' => b'a',
            b'5' | b'$' => b's',
            b'7' => b't',
            b'9' => b'g',
            other => *other,
        };
    }
    let plain = plain.get(..text.len()).unwrap_or_default();
    is_any(plain, WHOLE.iter().chain(&["changeme", "changethis", "replaceme"]))
}

/// Returns whether a text describes a key instead of being one, whatever its length: it asks for one in words, or names what
/// it is twice, as `ThisIsMySecretKeyForJwtTokens` does.
///
/// Not applied to credentials: a password may well be `mastodon-2020`, or contain `todo`.
pub(crate) fn describes_a_key(text: &[u8]) -> bool {
    let described = HINTS.any_in(text) && reads_like_text(text) || names_itself(text);
    described && !human::has_random_part(text)
}

fn names_itself(text: &[u8]) -> bool {
    let mut named = SUBJECTS.sorted.iter().filter(|word| contains(text, word));
    SUBJECTS.any_in(text) && named.nth(1).is_some() && bits_of_each(text) < 4.4
}

/// Returns whether a text is as easy to guess as words: fewer than 3.6 bits for each character. Random hexadecimal digits have
/// four.
pub(crate) fn reads_like_text(text: &[u8]) -> bool {
    bits_of_each(text) < 3.6
}

fn bits_of_each(text: &[u8]) -> f32 {
    let length = text.len().clamp(1, MAX_BYTES);
    strength::effective_bits(text) as f32 / length as f32
}

/// Removes the signs around a text: `*** REQUIRED ***`.
fn between_signs(text: &[u8]) -> &[u8] {
    let is_sign = |byte: &u8| b"*!# ".contains(byte);
    let start = text.iter().position(|byte| !is_sign(byte)).unwrap_or_default();
    let end = text.iter().rposition(|byte| !is_sign(byte)).map_or(0, |at| at + 1);
    text.get(start..end).unwrap_or_default()
}

/// Returns whether a text is a PEM block with dots in place of the key.
fn is_blank_pem(text: &[u8]) -> bool {
    let body = || {
        let (_, behind) = std::str::from_utf8(text).ok()?.trim().strip_prefix("-----BEGIN ")?.split_once("-----")?;
        behind.split_once("-----END ").map(|(body, _)| body)
    };
    body().is_some_and(|body| {
        let content = body.trim_matches(|symbol: char| matches!(symbol, '\\' | 'r' | 'n' | ' ' | '\r' | '\n'));
        is_mask(content.as_bytes())
    })
}

/// Returns whether a text is one repeated character, as forms show a hidden value.
fn is_mask(text: &[u8]) -> bool {
    match std::str::from_utf8(text) {
        Ok(text) => match text.chars().next() {
            Some(first) => {
                let is_long = text.len() >= 8;
                (is_long || matches!(first, 'x' | 'X' | '*' | '.' | '•' | '…' | '#' | '-' | '_' | '?'))
                    && text.chars().all(|character| character == first)
            }
            None => false,
        },
        Err(_) => false,
    }
}

/// Returns whether a text is words in brackets: `<…>`, `[…]`, `{…}` or `(…)`.
fn is_bracketed(text: &[u8]) -> bool {
    let inner = [(b'<', b'>'), (b'[', b']'), (b'{', b'}'), (b'(', b')')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(&[open])?.strip_suffix(&[close]));
    inner.is_some_and(|inner| is_label(inner) || is_prose(inner))
}

fn is_label(inner: &[u8]) -> bool {
    (1..24).contains(&inner.len()) && inner.iter().all(|byte| byte.is_ascii_alphabetic() || b"-_ ".contains(byte))
}

fn is_prose(inner: &[u8]) -> bool {
    let plain = inner.iter().all(|byte| byte.is_ascii_alphanumeric() || b" -_.,:;+'()/!".contains(byte));
    plain && reads_like_text(inner)
}

/// Returns whether a text begins with `your-`, `your_` or `YOUR `.
fn starts_with_your(text: &[u8]) -> bool {
    let (Some(start), Some(next)) = (text.get(..4), text.get(4)) else {
        return false;
    };
    start.eq_ignore_ascii_case(b"your") && b"-_ .".contains(next)
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_are_known_in_any_spelling() {
        for text in [
            "changeme",
            "CHANGE_ME",
            "Change-Me-Please",
            "x-change-this-to-a-random-string-x",
            "secret",
            "PASSWORD",
            "xxxxxxxx",
            "****",
            "....",
            "••••••••",
            "<token>",
            "<your-jwt-secret-goes-here-please-now>",
            "<a random string, 32+ characters>",
            "[your secret]",
            "{secret}",
            "your-secret-key-here",
            "your_postgres_string_thing",
            "YOUR_SUPER_SECRET_VALUE",
            "django-insecure-8d!x0b#qz1r^2m9k(w7v@t5$c3p&h4s*l6n",
            "generate: openssl rand -base64 32",
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "*** REQUIRED ***",
            "!changeme!",
            "disabled",
            "False",
            "auto-generated",
            "managed-by-vault",
            "set-by-terraform",
            "mot_de_passe",
            "MOT-DE-PASSE-ADMIN",
            "votre-jeton",
            "0000000000000000",
            "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----\\n",
            "-----BEGIN PRIVATE KEY-----\r\n…\r\n-----END PRIVATE KEY-----",
        ] {
            assert!(is_placeholder(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_merely_resembles_a_placeholder_is_none() {
        for text in [
            "",
            "secretive-otter-81",
            "correct horse battery staple",
            "<f9L]w#Kq}2;V8zT!m5^Xr~J0|pYd>",
            "[f9Lw3Kq62kV8zTbm5aXrcJ0dpYdeQ1]",
            "your9Zk2LQx84nTbWv7RcM1pHsYd6JgF",
            "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
            "xxxxxxxy",
            "truelove",
            "0000",
            "mot-d-esprit-41",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----",
        ] {
            assert!(!is_placeholder(text.as_bytes()), "{text}");
        }
    }
}
