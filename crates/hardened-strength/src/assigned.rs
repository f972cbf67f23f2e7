//! The name of a variable in front of its value: `JWT_SECRET_KEY=…`, `export TOKEN=…`.

/// Words that names of secrets have. One of them in capitals before an equals sign does not occur in a generated key by accident.
const SUBJECTS: &[&str] =
    &["KEY", "SECRET", "TOKEN", "PASS", "PWD", "SALT", "PEPPER", "CREDENTIAL", "SEED", "DSN", "URL"];

/// Whether the text begins with the assignment of a variable.
pub(crate) fn is(text: &[u8]) -> bool {
    let bare = [&b"export "[..], b"set ", b"ENV ", b"-e "].into_iter().find_map(|word| text.strip_prefix(word));
    let bare = bare.unwrap_or(text);
    let Some(end) = bare.iter().position(|byte| !(byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_'))
    else {
        return false;
    };
    let (name, rest) = bare.split_at(end);
    let assigns = matches!(rest.trim_ascii_start(), [b'=' | b':', value, ..] if *value != b'=');
    let is_name = name.first().is_some_and(u8::is_ascii_uppercase) && name.len() >= 8 && name.contains(&b'_');
    assigns && is_name && SUBJECTS.iter().any(|word| name.windows(word.len()).any(|part| part == word.as_bytes()))
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
        ] {
            assert!(is(text.as_bytes()), "{text}");
        }
        for text in
            ["", "SECRET", "AKIAIOSFODNN7EXAMPLE=", "JWT_SECRET_KEY=", "JWT_SECRET_KEY==", "ABCD_EFGH=x", "KEY=x"]
        {
            assert!(!is(text.as_bytes()), "{text}");
        }
    }
}
