//! Conversion of names: from fields and variants to variables and words.

use syn::Ident;

use crate::humps::separated;

/// Returns the name of a field or variant without the `r#` of a raw identifier.
pub(crate) fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// Returns the variable for the name of a field: `database_url`, `databaseUrl` → `DATABASE_URL`.
pub(crate) fn screaming_snake(name: &str) -> String {
    separated(name, '_').to_uppercase()
}

/// Returns the word for the name of a variant: `HttpOnly` → `http-only`, `HTTPServer` → `http-server`.
pub(crate) fn kebab(name: &str) -> String {
    separated(name, '-').to_lowercase().replace('_', "-")
}

/// Returns the variable for a key in files: `old-port` → `OLD_PORT`.
pub(crate) fn variable_of_key(key: &str) -> String {
    screaming_snake(key).replace('-', "_")
}

/// Returns whether a text can be a key in a file without quotes.
pub(crate) fn is_key(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    !text.is_empty() && text.bytes().all(plain)
}

/// The spelling of keys in files, with the names that serde uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Spelling {
    /// Every spelling, with its name.
    pub(crate) const ALL: [(&'static str, Self); 8] = [
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("SCREAMING-KEBAB-CASE", Self::ScreamingKebab),
    ];

    /// Returns the key for the name of a field.
    pub(crate) fn of(self, name: &str) -> String {
        let separated = separated(name, '_').to_lowercase();
        let words: Vec<&str> = separated.split('_').filter(|word| !word.is_empty()).collect();
        let capitalised = |word: &str| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        };
        match self {
            Self::Lower => words.concat(),
            Self::Upper => words.concat().to_uppercase(),
            Self::Pascal => words.iter().copied().map(capitalised).collect(),
            Self::Camel => {
                let rest = words.iter().skip(1).copied().map(capitalised);
                words.first().map(ToString::to_string).into_iter().chain(rest).collect()
            }
            Self::Snake => words.join("_"),
            Self::ScreamingSnake => words.join("_").to_uppercase(),
            Self::Kebab => words.join("-"),
            Self::ScreamingKebab => words.join("-").to_uppercase(),
        }
    }
}

/// Returns whether a text can be the name of a variable on all systems: a letter or `_`, then letters, digits and `_`.
pub(crate) fn is_variable(text: &str) -> bool {
    let first = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.bytes().next().is_some_and(first) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_name_becomes_a_variable() {
        for (field, variable) in [
            ("port", "PORT"),
            ("database_url", "DATABASE_URL"),
            ("databaseUrl", "DATABASE_URL"),
            ("s3_bucket", "S3_BUCKET"),
            ("self_", "SELF_"),
            ("__private", "__PRIVATE"),
        ] {
            assert_eq!(screaming_snake(field), variable, "{field}");
        }
    }

    #[test]
    fn a_variant_name_becomes_a_word() {
        for (variant, word) in [
            ("Info", "info"),
            ("HttpOnly", "http-only"),
            ("HTTPServer", "http-server"),
            ("Http2", "http2"),
            ("V1Beta", "v1-beta"),
            ("Snake_Case", "snake-case"),
            ("A", "a"),
            ("JSON", "json"),
        ] {
            assert_eq!(kebab(variant), word, "{variant}");
        }
    }

    #[test]
    fn a_key_is_spelt_as_serde_spells_it() {
        for (spelling, expected) in [
            ("lowercase", "maxopenfiles"),
            ("UPPERCASE", "MAXOPENFILES"),
            ("PascalCase", "MaxOpenFiles"),
            ("camelCase", "maxOpenFiles"),
            ("snake_case", "max_open_files"),
            ("SCREAMING_SNAKE_CASE", "MAX_OPEN_FILES"),
            ("kebab-case", "max-open-files"),
            ("SCREAMING-KEBAB-CASE", "MAX-OPEN-FILES"),
        ] {
            let (_, found) = Spelling::ALL.into_iter().find(|(name, _)| *name == spelling).unwrap();
            assert_eq!(found.of("max_open_files"), expected, "{spelling}");
        }
        assert_eq!(Spelling::Camel.of("port"), "port");
        assert_eq!(Spelling::Kebab.of("databaseUrl"), "database-url");
        assert_eq!(Spelling::Camel.of("_private__name"), "privateName");
        assert!(is_key("a-b_C9") && !is_key("") && !is_key("a.b") && !is_key("a b") && !is_key("ä"));
    }

    #[test]
    fn a_variable_is_letters_digits_and_underscores() {
        for (text, expected) in [
            ("PORT", true),
            ("_PORT", true),
            ("port2", true),
            ("", false),
            ("2PORT", false),
            ("API-PORT", false),
            ("API PORT", false),
            ("GRÖSSE", false),
            ("A=B", false),
        ] {
            assert_eq!(is_variable(text), expected, "{text}");
        }
    }
}
