//! Detects a JSON object or list in place of one of its values.

/// Returns whether the text is a JSON object, or a list of texts or objects.
///
/// Some secret stores return everything they have in one object. The text is not parsed, because a parser would copy the secret.
pub(crate) fn is(text: &[u8]) -> bool {
    match text {
        [b'{', b'\\', b'"', .., b'}'] => true,
        [b'{', inner @ .., b'}'] => {
            let inner = inner.trim_ascii();
            inner.is_empty() || inner.first() == Some(&b'"') && has_member(inner) || is_literal(inner)
        }
        [b'[', inner @ .., b']'] => {
            let inner = inner.trim_ascii();
            matches!(inner, [b'"', .., b'"'] | [b'{', .., b'}'])
        }
        _ => false,
    }
}

/// Returns whether the text is an object in program code: `'secret': '…'`, `secret: "…"`.
fn is_literal(inner: &[u8]) -> bool {
    let bare = inner.strip_prefix(b"'").unwrap_or(inner);
    let name = bare.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte)).count();
    let rest = bare.get(name..).unwrap_or_default();
    let rest = if bare.len() < inner.len() { rest.strip_prefix(b"'").unwrap_or_default() } else { rest };
    name >= 3 && matches!(rest, [b':', b' ', b'"' | b'\'', .., b'"' | b'\''])
}

/// Returns whether the text has a quotation mark and a colon, with or without space between.
fn has_member(inner: &[u8]) -> bool {
    inner.iter().enumerate().any(|(at, byte)| {
        let rest = inner.get(at + 1..).unwrap_or_default();
        *byte == b'"' && matches!(rest, [b':', ..] | [b' ' | b'\n', b':', ..])
    })
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn an_object_is_told_from_a_key_in_braces() {
        for text in [
            r#"{"JWT_SECRET":"x"}"#,
            r#"{ "a" : 1 }"#,
            "{}",
            "{'secret': 'x'}",
            "{ secret: \"x\" }",
            r#"{\"a\":1}"#,
            r#"["a","b"]"#,
            r#"[{"a":1}]"#,
            "{\n  \"type\": \"service_account\"\n}",
        ] {
            assert!(is(text.as_bytes()), "{text}");
        }
        for text in ["", "{", "{f9L]w#Kq}", r#"{"f9L]w#Kq}"#, "[f9L]", r#"{f9":L}"#, "x{}"] {
            assert!(!is(text.as_bytes()), "{text}");
        }
    }
}
