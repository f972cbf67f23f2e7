//! Whether a bare text, outside a URL, could be a usable secret.

use std::collections::BTreeSet;

use hardened_strength::{Flaw, check_credential, guessing_bits, reads_as_words, word_margin};

use super::shape;

/// Returns whether a text is not a placeholder, reference, template, well-known default or plain words.
pub(crate) fn is_usable(text: &str) -> bool {
    const SHORTEST: usize = 5;
    let stands_in = |flaw: &Flaw| {
        matches!(flaw, Flaw::Placeholder | Flaw::Template | Flaw::Reference(_) | Flaw::Published { .. } | Flaw::Json)
    };
    let text = within_marks(text.strip_prefix("base64:").unwrap_or(text));
    text.len() >= SHORTEST
        && !shape::has_holes(text)
        && !shape::is_call(text)
        && !shape::is_default(text)
        && !shape::is_file(text)
        && !shape::is_label(text)
        && !is_counting(text)
        && !check_credential(text.as_bytes()).iter().any(stands_in)
        && !is_words(text)
}

/// Removes the marks around a text such as `***REMOVED***`.
fn within_marks(text: &str) -> &str {
    let is_mark = |symbol: char| "*-_#~=".contains(symbol);
    if text.starts_with(is_mark) && text.ends_with(is_mark) { text.trim_matches(is_mark) } else { text }
}

/// Returns whether a text is too regular to be secret: `0123456789abcdef`, `aaaa-bbbb`, a UUID of zeros, an alphabet.
fn is_counting(text: &str) -> bool {
    /// The minimum length at which easily guessed texts and rows count as regular.
    const LONG: usize = 12;
    const BITS: u32 = 30;
    const DIFFERENT: usize = 4;
    let characters: BTreeSet<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let is_next = |pair: &&[u8]| pair[0].checked_add(1) == Some(pair[1]);
    let is_row = || text.as_bytes().windows(2).filter(is_next).count() * 3 >= text.len() * 2;
    characters.len() < DIFFERENT || text.len() >= LONG && (guessing_bits(text.as_bytes()) < BITS || is_row())
}

/// Returns whether a text consists of words of some language.
fn is_words(text: &str) -> bool {
    /// Shorter texts of letters alone cannot be distinguished from words.
    const SHORT: usize = 16;
    let is_sign = |symbol: char| matches!(symbol, '-' | '_' | '.' | ' ');
    // For example `mi_clave_2024`.
    let stem = text.trim_end_matches(|symbol: char| symbol.is_ascii_digit());
    let letters = if stem.contains(is_sign) { stem } else { text };
    let is_of_letters = letters.chars().all(|symbol| symbol.is_alphabetic() || is_sign(symbol));
    // Key generators produce ASCII only.
    let is_foreign = !text.is_ascii();
    let is_prose = text.contains(char::is_whitespace) && !text.contains(|symbol: char| symbol.is_ascii_digit());
    is_foreign
        || is_prose
        || reads_as_words(text.as_bytes())
        || is_of_letters && (text.len() < SHORT || word_margin(text.as_bytes()) >= 0.0)
}

/// Returns whether a password in a URL is usable: it does not repeat the user name and is not a placeholder.
pub(crate) fn is_usable_password(user: &str, password: &str) -> bool {
    const WORDS: [&str; 12] = [
        "pass",
        "pwd",
        "secret",
        "clave",
        "senha",
        "passwort",
        "motdepasse",
        "contras",
        "token",
        "user",
        "change",
        "your",
    ];
    let lower = password.to_ascii_lowercase();
    let repeats = !user.is_empty() && lower.contains(&user.to_ascii_lowercase()) && password.len() <= user.len() + 4;
    let names_itself = WORDS.iter().any(|word| lower.contains(word)) && shape::is_identifier(password);
    let is_filled_in =
        password.starts_with(['$', '{', '<', '[', '*', '%', '&']) && password.len() < 40 || password.contains("...");
    !repeats && !names_itself && !is_filled_in && is_usable(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_generated_or_chosen_is_usable_and_what_stands_in_is_not() {
        for text in [
            "q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXc",
            "8f14e45fceea167a5a36dedd4bea2543",
            "550e8400-e29b-41d4-a716-446655440000",
            "qwxkjvhzpmtrbnydlsgcfaieuoqzxvbn",
            "base64:3q2+7wC1AAB3q2+7w8fGx0J1c2VyX2tleV8xMjM=",
            "hunter2",
            "Sommer2024!",
            "x7Kq9",
        ] {
            assert!(is_usable(text), "{text}");
        }
        for text in [
            "",
            "abcd",
            "changeme",
            "aqui_tu_clave",
            "mi_clave_2024",
            "senha-aqui-123",
            "пароль123!",
            "密钥在这里",
            "2FA-installatie\u{ad}link",
            "00000000-0000-0000-0000-000000000000",
            "0123456789abcdef0123456789abcdef",
            "1111-2222-1111",
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
            "to be filled in by ops",
            "postgres",
            "***REMOVED***",
            "base64:GENERATE",
            "base64:xxxx=",
            "app${X}123q",
        ] {
            assert!(!is_usable(text), "{text}");
        }
    }

    #[test]
    fn the_password_of_an_address_is_one_unless_it_says_so_or_repeats_the_user() {
        for (user, password, expected) in [
            ("app", "x7Kq9vB3", true),
            ("", "x7Kq9vB3", true),
            ("app", "app1", false),
            ("app", "TuPassword123", false),
            ("app", "tu_clave_segura", false),
            ("app", "{password}", false),
            ("app", "<PASSWORD>", false),
            ("app", "$DB_PASSWORD", false),
            ("app", "x7...", false),
            ("app", "postgres", false),
        ] {
            assert_eq!(is_usable_password(user, password), expected, "{user}:{password}");
        }
    }
}
