//! Names: from fields and variants to variables and words.

use syn::Ident;

use crate::humps::separated;

/// The name of a field or variant as it was meant: without the `r#` of a raw identifier.
pub(crate) fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// The variable that a field name stands for: `database_url`, `databaseUrl` → `DATABASE_URL`.
pub(crate) fn screaming_snake(name: &str) -> String {
    separated(name, '_').to_uppercase()
}

/// The word that a variant name stands for: `HttpOnly` → `http-only`, `HTTPServer` → `http-server`.
pub(crate) fn kebab(name: &str) -> String {
    separated(name, '-').to_lowercase().replace('_', "-")
}

/// Whether a text can be the name of a variable everywhere: a letter or `_`, then letters, digits and `_`.
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
