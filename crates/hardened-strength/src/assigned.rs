//! Detects a variable name before its value: `JWT_SECRET_KEY=…`, `export TOKEN=…`.

/// Words in the names of secrets. A generated key does not contain one of them in capitals before an equals sign by chance.
const SUBJECTS: &[&str] =
    &["KEY", "SECRET", "TOKEN", "PASS", "PWD", "SALT", "PEPPER", "CREDENTIAL", "SEED", "DSN", "URL"];

/// The beginnings of request headers that carry a token.
const HEADERS: &[&str] = &["Bearer ", "Basic ", "Token ", "Authorization:", "authorization:"];

/// Words that precede a name in shells and programs.
const WORDS: &[&str] = &["export ", "set ", "ENV ", "-e ", "--", "$env:", "const ", "let ", "var "];

/// Returns whether the text begins with the assignment of a variable, or with the name of a header.
pub(crate) fn is(text: &[u8]) -> bool {
    if HEADERS.iter().any(|header| text.starts_with(header.as_bytes())) {
        return true;
    }
    let (bare, word) = without_word(text);
    let (bare, _) = without_word(bare);
    let (bare, quote) = match bare {
        [quote @ (b'"' | b'\''), inner @ ..] => (inner, Some(*quote)),
        _ => (bare, None),
    };
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte);
    let (name, rest) = bare.split_at(bare.iter().position(|byte| !is_part(byte)).unwrap_or(bare.len()));
    let rest = match (quote, rest) {
        (Some(quote), [end, rest @ ..]) if *end == quote => rest,
        _ => rest,
    };
    let assigns = matches!(rest.trim_ascii_start(), [b'=' | b':', value, ..] if *value != b'=')
        || word == "ENV " && rest.starts_with(b" ")
        || rest.starts_with(b":=");
    assigns && (is_variable(name) || is_property(name)) || is_element(text)
}

fn without_word(text: &[u8]) -> (&[u8], &'static str) {
    let found = WORDS.iter().find_map(|word| Some((text.strip_prefix(word.as_bytes())?, *word)));
    found.unwrap_or((text, ""))
}

/// Returns whether the text is an XML element: `<secret>…</secret>`.
fn is_element(text: &[u8]) -> bool {
    let Some(inner) = text.strip_prefix(b"<") else { return false };
    let name = inner.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (name, _) = inner.split_at_checked(name).unwrap_or_default();
    let end = text.strip_suffix(b">").and_then(|text| text.strip_suffix(name));
    text.starts_with(b"<?xml ") || name.len() >= 3 && end.is_some_and(|text| text.ends_with(b"</"))
}

/// Returns whether the name is that of an environment variable for a secret: `JWT_SECRET_KEY`.
fn is_variable(name: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let is_name = name.first().is_some_and(u8::is_ascii_uppercase) && name.len() >= 8 && name.contains(&b'_');
    is_name
        && name.iter().all(plain)
        && SUBJECTS.iter().any(|word| name.windows(word.len()).any(|part| part == word.as_bytes()))
}

/// Returns whether a name is that of a secret property: `jwt.secret`, `secretKey`. It contains a word such as `secret`, or ends
/// with `key` after another word.
fn is_property(name: &[u8]) -> bool {
    let has = |word: &str| name.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
    let digits = name.iter().filter(|byte| byte.is_ascii_digit()).count();
    let long = ["secret", "token", "password", "passwd", "credential"].into_iter().any(has);
    let key = [&b"Key"[..], b"_key", b".key", b"-key"].iter().any(|end| name.ends_with(end));
    let lower = name.iter().filter(|byte| byte.is_ascii_lowercase()).count();
    digits <= 2 && (6..=40).contains(&name.len()) && (long || key && lower >= 5 && lower + 2 >= name.len())
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn a_pasted_assignment_is_known_and_a_key_that_ends_in_an_equals_sign_is_not() {
        for text in [
            "JWT_SECRET_KEY=q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXcVbNmAsDfG",
            "export API_TOKEN=abc",
            "STRIPE_KEY: sk_live_x",
            "STRIPE_KEY = sk_live_x",
            "jwt.secret=q8ZxT3vB7nM1kL5j",
            "secretKey: \"q8ZxT3vB7nM1kL5j\"",
            "\"JWT_SECRET_KEY\": \"q8ZxT3vB7nM1kL5j\",",
            "$env:JWT_SECRET_KEY=\"q8ZxT3vB7nM1kL5j\"",
            "ENV JWT_SECRET_KEY q8ZxT3vB7nM1kL5j",
            "Bearer q8ZxT3vB7nM1kL5j",
            "export const JWT_SECRET = \"q8ZxT3vB7nM1kL5j\"",
            "let jwtSecret = q8ZxT3vB7nM1kL5j",
            "SECRET_KEY:=q8ZxT3vB7nM1kL5j",
            "--secret=q8ZxT3vB7nM1kL5j",
            "<secret>q8ZxT3vB7nM1kL5j</secret>",
            "Authorization: Bearer q8ZxT3vB7nM1kL5j",
        ] {
            assert!(is(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "SECRET",
            "AKIAIOSFODNN7EXAMPLE=",
            "JWT_SECRET_KEY=",
            "JWT_SECRET_KEY==",
            "ABCD_EFGH=x",
            "KEY=x",
            "mykey=x",
            "xKey:q8",
            "q8ZxT3vB7nKey=",
            "a9-8key:x",
        ] {
            assert!(!is(text.as_bytes()), "{text}");
        }
    }
}
