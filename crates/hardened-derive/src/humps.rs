//! Made from `crates/hardened-core/src/text/humps.rs` by `cargo xtask generate humps`.

/// Inserts a separator between the words of a camel-cased name: `databaseUrl` → `database_Url`, `HTTPServer` → `HTTP_Server`.
pub(crate) fn separated(name: &str, separator: char) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut spaced = String::with_capacity(name.len() + 4);
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| letters.get(index));
        if before.is_some_and(|before| begins_a_word(*before, *letter, letters.get(index + 1))) {
            spaced.push(separator);
        }
        spaced.push(*letter);
    }
    spaced
}

fn begins_a_word(before: char, letter: char, after: Option<&char>) -> bool {
    let ends_an_acronym = || before.is_uppercase() && after.is_some_and(|after| after.is_lowercase());
    letter.is_uppercase() && (before.is_lowercase() || before.is_numeric() || ends_an_acronym())
}
