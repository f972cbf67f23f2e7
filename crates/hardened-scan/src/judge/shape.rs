//! The shape of a text: an identifier, a path, a default, words.

/// Returns whether a text is an identifier, a path or a media type: words and short numbers, joined by separators.
///
/// `x-amz-security-token`, `urn:ietf:params:oauth:token-type:jwt`, `sha256`, `auth.password.v2`, `armv7a`.
pub(crate) fn is_identifier(text: &str) -> bool {
    const DIGITS: usize = 5;
    /// Longer words with digits inside are generated.
    const WORD: usize = 12;
    text.split(['-', '_', '.', '/', ':', ' ', ',', '+', ';', '=', '#', '@', '*']).all(|word| {
        let letters = word.trim_end_matches(|symbol: char| symbol.is_ascii_digit());
        let inner = letters.find(|symbol: char| symbol.is_ascii_digit());
        match inner {
            None => word.len() - letters.len() <= DIGITS && (letters.is_empty() || is_word(letters)),
            Some(at) => {
                let (first, rest) = letters.split_at_checked(at).unwrap_or_default();
                let last = rest.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
                word.len() <= WORD
                    && letters == word
                    && rest.len() - last.len() <= DIGITS
                    && is_of_one_case(first)
                    && is_of_one_case(last)
            }
        }
    })
}

fn is_of_one_case(letters: &str) -> bool {
    letters.bytes().all(|byte| byte.is_ascii_lowercase()) || letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns whether letters have the case of words: `password`, `Password`, `PASSWORD`, `accessToken`.
fn is_word(letters: &str) -> bool {
    let changes =
        letters.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    letters.bytes().all(|byte| byte.is_ascii_alphabetic()) && changes.count() * 4 <= letters.len()
}

/// Returns whether a text is a name of several words: `p-client__plat-linux__arch-arm64`.
pub(crate) fn is_label(text: &str) -> bool {
    let words = text
        .split(['-', '_', '.', '/', ':'])
        .filter(|word| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()));
    is_identifier(text) && words.count() >= 3
}

/// Returns whether a text is the name of a file with a key or data: `root-ca.key.pem`.
pub(crate) fn is_file(text: &str) -> bool {
    const ENDS: [&str; 18] = [
        "cer", "conf", "crt", "db", "env", "ini", "jks", "json", "key", "p12", "pem", "pfx", "sqlite", "toml", "txt",
        "xml", "yaml", "yml",
    ];
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./~".contains(&byte));
    is_plain && text.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && ENDS.contains(&end))
}

/// Returns whether a text contains placeholders of a template: `{}`, `${NAME}`, `%s`, `<%= name %>`.
pub(crate) fn has_holes(text: &str) -> bool {
    let marked = |open: &str, close: char| {
        text.match_indices(open).any(|(at, _)| {
            text.get(at + open.len()..).and_then(|rest| rest.find(close)).is_some_and(|length| length <= 80)
        })
    };
    marked("${", '}')
        || marked("{{", '}')
        || marked("$(", ')')
        || marked("<%", '>')
        || text.contains("{}")
        || text.contains("%s")
}

/// Returns whether a text is a call with a string argument: `Some("…".to_string()),` in a file of examples.
pub(crate) fn is_call(text: &str) -> bool {
    let name = text.trim_start_matches(|symbol: char| symbol.is_ascii_alphanumeric() || "_:.!".contains(symbol));
    let takes_text = name.contains("(\"") || name.contains("('");
    name.len() < text.len() && name.starts_with('(') && name.contains(')') && takes_text
}

/// Returns whether a text is a default that everyone tries first: `postgres`, `guest`, `app123`, `P@ssw0rd!`.
pub(crate) fn is_default(text: &str) -> bool {
    /// The maximum length of a single word that counts as a default.
    const LONGEST: usize = 14;
    const COUNTING: [&str; 8] = ["1", "12", "123", "1234", "12345", "123456", "321", "!"];
    let stem = COUNTING.iter().filter_map(|end| text.strip_suffix(end)).map(str::len).min();
    let word = text.get(..stem.unwrap_or(text.len())).unwrap_or_default();
    let one_case = word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
        || word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_word = word.len() <= LONGEST && one_case && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_word || is_of_common_words(text)
}

/// Words that common passwords consist of.
const COMMON: &[&str] = &[
    "admin", "app", "change", "clave", "de", "demo", "dev", "docker", "guest", "key", "letmein", "me", "mot", "my",
    "pass", "passe", "password", "passwort", "root", "secret", "senha", "super", "test", "this", "user", "welcome",
    "word",
];

/// Returns whether a text consists of common words, after undoing look-alikes and usual endings: `SuperSecretPassword123!`.
fn is_of_common_words(text: &str) -> bool {
    const LONGEST: usize = 32;
    let stem = text.trim_end_matches(|symbol: char| symbol.is_ascii_digit() || "!@#$%.".contains(symbol));
    if stem.is_empty() || text.len() > LONGEST {
        return false;
    }
    let plain: String = stem.chars().map(look_alike).collect();
    let mut rest = plain.as_str();
    // The longest match first, so that `passe` is not split into `pass` and `e`.
    while let Some(word) = COMMON.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len()) {
        rest = rest.get(word.len()..).unwrap_or_default();
    }
    rest.is_empty()
}

fn look_alike(symbol: char) -> char {
    match symbol {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other.to_ascii_lowercase(),
    }
}

/// Returns whether a text is a number, a switch or empty.
pub(crate) fn is_scalar(text: &str) -> bool {
    const DIGITS: usize = 11;
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b".,-+_ %".contains(&byte));
    // An object identifier (X.660) has many parts.
    plain && (text.len() <= DIGITS || text.contains('.'))
        || [
            "true",
            "false",
            "yes",
            "no",
            "on",
            "off",
            "null",
            "nil",
            "none",
            "~",
            "undefined",
            "enabled",
            "disabled",
            "auto",
        ]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns whether a text is a UUID with hyphens.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_told_from_generated_text() {
        for text in [
            "",
            "password",
            "x-amz-security-token",
            "sha256",
            "application/jwt",
            "accessToken",
            "AES-256-GCM",
            "urn:a:b2",
            "x-amz-s3session-token",
            "armv7a",
            "ssh-ed25519",
        ] {
            assert!(is_identifier(text), "{text}");
        }
        for text in ["x7Kq9", "q8ZxT3vB7nM1", "Sommer2024!", "8f14e45fceea167a", "a1b2c3d4"] {
            assert!(!is_identifier(text), "{text}");
        }
    }

    #[test]
    fn defaults_are_words_with_counting_behind_them() {
        for text in [
            "postgres",
            "guest",
            "minioadmin",
            "ROOT",
            "app123",
            "password123",
            "Admin1",
            "toor",
            "P@ssw0rd123",
            "Passw0rd!",
            "admin@123",
            "MotDePasse2024",
            "SuperSecretPassword1!",
        ] {
            assert!(is_default(text), "{text}");
        }
        for text in ["x7Kq9", "hunter2", "Sommer2024!", "correcthorsebatterystaple", "qWeRtZ", "P@ssx0rd123", "2024"] {
            assert!(!is_default(text), "{text}");
        }
    }

    #[test]
    fn labels_and_files_are_names() {
        assert!(
            is_label("p-client__plat-linux__dist-centos8__arch-arm64") && !is_label("x7k-q9v-b3m") && !is_label("a-b")
        );
        assert!(is_file("root-ca.key.pem") && is_file("data/app.db") && !is_file("x7Kq9.vB3") && !is_file(".pem"));
    }

    #[test]
    fn calls_are_told_by_the_text_in_them() {
        for text in ["Some(\"WRITE_API_KEY\".to_string()),", "Some(String::from(\"OPEN_AI_API_KEY\")),", "env('A')"] {
            assert!(is_call(text), "{text}");
        }
        for text in ["x7Kq(9)", "(\"a\")", "q8ZxT3vB7nM1", "a(\"b"] {
            assert!(!is_call(text), "{text}");
        }
    }

    #[test]
    fn holes_are_seen_anywhere() {
        for text in ["${A}", "a{{ b }}", "postgres://{}:{}@h", "a$(b)c", "%s:%s"] {
            assert!(has_holes(text), "{text}");
        }
        for text in ["", "a{b", "pa$$word", "a$(b"] {
            assert!(!has_holes(text), "{text}");
        }
    }

    #[test]
    fn numbers_and_switches_are_scalars() {
        for text in ["", "3600", "1.5", "1.2.840.113549.1.9.7", "TRUE", "null", "-1"] {
            assert!(is_scalar(text), "{text}");
        }
        assert!(!is_scalar("123456789012") && !is_scalar("x"));
    }
}
