//! Whether a text that stands alone, without an address around it, could be used.

use hardened_strength::{Flaw, check_credential, word_margin};

use super::shape;

/// Whether a text is neither a placeholder, a reference nor a template, nor a default that everybody knows, nor words.
pub(crate) fn is_usable(text: &str) -> bool {
    const SHORTEST: usize = 5;
    let stands_in = |flaw: &Flaw| {
        matches!(flaw, Flaw::Placeholder | Flaw::Template | Flaw::Reference(_) | Flaw::Published { .. } | Flaw::Json)
    };
    text.len() >= SHORTEST
        && !shape::has_holes(text)
        && !shape::is_default(text)
        && !check_credential(text.as_bytes()).iter().any(stands_in)
        && !is_words(text)
}

/// Whether a text is words of some language.
fn is_words(text: &str) -> bool {
    /// A generated text has such a margin once in four million.
    const MARGIN: f32 = 22.0;
    let is_prose = text.contains(char::is_whitespace) && !text.contains(|symbol: char| symbol.is_ascii_digit());
    is_prose || word_margin(text.as_bytes()) >= MARGIN
}

/// Whether a password in an address is one: not the user's name again, and nothing to fill in.
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
