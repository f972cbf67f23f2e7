//! Detects templates that something should have filled in before the service started: `${NAME}`, `{{ name }}`.
//!
//! Only a whole value counts, because one in 25 of Django's keys contains `$(` or `{{`.

use hardened_core::text::is_path_character;

use crate::placeholder::reads_like_text;

/// Returns whether a text as a whole is a template that nothing filled in: `${NAME}`, `{{ name }}`, `%NAME%`.
///
/// ```
/// assert!(hardened_strength::is_template(b"${DB_PASSWORD}"));
/// assert!(!hardened_strength::is_template(b"pa$$word"));
/// ```
#[must_use]
pub fn is_template(text: &[u8]) -> bool {
    // The opening mark of a template is never alphanumeric.
    let opens = text.first().is_some_and(|first| !first.is_ascii_alphanumeric());
    opens && (is_whole(text) || is_remarked(text))
        || is_expression(text)
        || is_chain(text)
        || text.contains(&b'%') && is_resolved_by_symfony(text)
}

/// Returns whether a text contains `%env(resolve:APP_SECRET)%`. One in 10⁷ random Django keys of 50 characters contains the
/// opening mark, and one in 10⁹ also a name and the closing mark after it.
fn is_resolved_by_symfony(text: &[u8]) -> bool {
    const OPEN: &[u8] = b"%env(";
    let Some(start) = text.windows(OPEN.len()).position(|part| part == OPEN) else { return false };
    let rest = text.get(start + OPEN.len()..).unwrap_or_default();
    let name = rest.iter().take_while(|byte| is_name_character(**byte) || **byte == b':').count();
    name > 0 && rest.get(name..).unwrap_or_default().starts_with(b")%")
}

/// Returns whether a text is a template followed by words: `#{JwtSecret}# from the store`.
fn is_remarked(text: &[u8]) -> bool {
    let Some(end) = text.iter().rposition(|byte| *byte == b'}') else { return false };
    let rest = text.get(end + 1..).unwrap_or_default();
    let rest = rest.strip_prefix(b"#").unwrap_or(rest);
    let whole = text.get(..text.len() - rest.len()).unwrap_or_default();
    rest.starts_with(b" ")
        && ["#{", "${", "{{"].iter().any(|open| whole.starts_with(open.as_bytes()))
        && is_marked(whole)
}

fn is_marked(text: &[u8]) -> bool {
    let inner = |byte: &u8| is_path_character(*byte) || b"#${}[]\\".contains(byte);
    text.iter().all(inner)
}

fn is_whole(text: &[u8]) -> bool {
    is_variable(text)
        || within(text, "${{", "}}").is_some_and(is_code)
        || within(text, "${", "}").is_some_and(is_expansion)
        || within(text, "$(", ")").is_some_and(|inner| is_command(inner) || inner.contains(&b' '))
        || within(text, "`", "`").is_some_and(|inner| inner.contains(&b' '))
        || is_interpolated(text)
        || within(text, "$((", "))").is_some_and(is_command)
        || within(text, "{{", "}}").is_some_and(is_code)
        || within(text, "{%", "%}").is_some_and(is_code)
        || within(text, "<%", "%>").is_some_and(is_code)
        || within(text, "<?", "?>").is_some_and(is_code)
        || NAMES.iter().filter_map(|(open, close)| within(text, open, close)).any(|inner| {
            is_name(inner) && (is_of_one_case(inner) && inner.len() <= LONGEST_NAME || reads_like_text(inner))
        })
}

/// The maximum length of a variable name that does not read like words. Django keys have 50 characters, and one in 10^8 of
/// them begins with `$` and continues with lower-case letters, digits and separators.
const LONGEST_NAME: usize = 40;

/// Returns whether a text consists of names in marks, or is a format string: `#{self.id}:#{Devise.friendly_token}`, `%s-%d`.
fn is_interpolated(text: &[u8]) -> bool {
    let marked =
        [("#{", "}"), ("${", "}"), ("{{", "}}")].into_iter().filter_map(|(open, close)| within(text, open, close));
    let names =
        |inner: &[u8]| inner.len() > 3 && inner.iter().all(|byte| is_path_character(*byte) || b"#${}".contains(byte));
    let formats = || {
        let parts = text.split(|byte| *byte == b'%').skip(1);
        parts.filter(|part| matches!(part.first(), Some(b's' | b'd' | b'x' | b'v' | b'('))).count()
    };
    let is_format = || match formats() {
        0 => false,
        1 => text.len() < 4,
        _ => text.len() < 4 || reads_like_text(text),
    };
    marked.into_iter().any(names) || text.starts_with(b"%") && is_format()
}

/// Returns whether a text is code that was not executed: `request.headers["x-api-key"]`, `config('app.key')`.
fn is_expression(text: &[u8]) -> bool {
    let ends = [(&b"[\""[..], &b"\"]"[..]), (b"['", b"']"), (b"(\"", b"\")"), (b"('", b"')"), (b"(", b")")];
    ends.into_iter().any(|(open, close)| {
        let Some(before) = text.strip_suffix(close) else { return false };
        let Some(at) = before.windows(open.len()).position(|part| part == open) else { return false };
        let (name, inner) = before.split_at_checked(at).unwrap_or_default();
        let is_path = name.len() >= 3
            && name.split(|byte| b".:".contains(byte)).all(|part| part.is_empty() || is_identifier(part));
        let argument = inner.get(open.len()..).unwrap_or_default();
        let is_argument = argument.iter().all(|byte| is_name_character(*byte) || b"/, ".contains(byte));
        let calls = open.len() > 1 || name.contains(&b'.') && reads_like_text(name);
        is_path && is_argument && calls && is_of_words(name)
    })
}

/// Returns whether a text consists only of names, calls and strings: `config.get("jwt").get("secret")`.
fn is_chain(text: &[u8]) -> bool {
    let ends = [&b"\")"[..], b"')", b"\"]", b"']"].iter().any(|end| text.ends_with(end));
    let calls = || [&b"(\""[..], b"('", b"[\"", b"['"].iter().any(|open| text.windows(2).any(|part| part == *open));
    let name = || text.iter().take_while(|byte| is_name_character(**byte)).count();
    ends && calls()
        && name() >= 3
        && text.iter().all(|byte| is_name_character(*byte) || b"()[]\"' ,:/".contains(byte))
        && is_of_words(text)
}

/// Returns whether a name has few digits, like names in code.
fn is_of_words(name: &[u8]) -> bool {
    let digits = name.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits * 8 <= name.len()
}

/// Marks around a name. A random key can have the marks (one in 10^7 of `token_urlsafe` is between `__`), but then the text
/// between them is not a name in one case or in words.
const NAMES: &[(&str, &str)] = &[
    ("#{", "}#"),
    ("#{", "}"),
    ("%{", "}"),
    ("@{", "}"),
    ("((", "))"),
    ("[[", "]]"),
    ("<<", ">>"),
    ("@@", "@@"),
    ("@", "@"),
    ("%%", "%%"),
    ("%", "%"),
    ("__", "__"),
    ("!!", "!!"),
    ("##", "##"),
    ("$", "$"),
    ("$[", "]"),
    ("{", "}"),
    ("~{", "}"),
    ("&{", "}"),
    ("::", "::"),
    ("^^", "^^"),
    ("||", "||"),
];

fn within<'a>(text: &'a [u8], open: &str, close: &str) -> Option<&'a [u8]> {
    let inner = text.strip_prefix(open.as_bytes())?.strip_suffix(close.as_bytes())?;
    (!inner.is_empty()).then_some(inner)
}

/// Returns whether a text is `$NAME` in capitals. In lower case it needs a separator, because `$ecret` is a password.
fn is_variable(text: &[u8]) -> bool {
    let Some(name) = text.strip_prefix(b"$") else {
        return false;
    };
    let shouted = !name.iter().any(u8::is_ascii_lowercase);
    let joined = || name.contains(&b'_') && is_of_words(name);
    let is_named = name.len() <= LONGEST_NAME || reads_like_text(name);
    is_identifier(name) && is_of_one_case(name) && name.len() > 2 && is_named && (shouted || joined())
}

/// Returns whether the text between the double marks of a template engine is code. One in 10^8 random keys of printable
/// characters has the marks, so there must be a space, or only characters of paths.
fn is_code(inner: &[u8]) -> bool {
    inner.contains(&b' ') || inner.iter().all(|byte| is_path_character(*byte))
}

/// Returns whether the text in `${…}` is a name, or a name with a default.
fn is_expansion(inner: &[u8]) -> bool {
    let end = inner.iter().position(|byte| !is_name_character(*byte)).unwrap_or(inner.len());
    let (name, rest) = inner.split_at_checked(end).unwrap_or((inner, &[]));
    let defaulted = matches!(rest.first(), Some(b':' | b'-' | b'=' | b'?' | b'+'));
    inner.iter().all(|byte| is_path_character(*byte))
        || name.len() > 3 && is_identifier(name) && is_of_one_case(name) && defaulted
}

/// Returns whether the text in `$(…)` is a name, or a command without variables.
fn is_command(inner: &[u8]) -> bool {
    inner.iter().all(|byte| is_path_character(*byte) || b"|<>".contains(byte))
        && !inner.contains(&b'&')
        && !inner.contains(&b'=')
        && !inner.contains(&b'@')
        && !inner.contains(&b'#')
}

fn is_name(inner: &[u8]) -> bool {
    inner.iter().all(|byte| is_name_character(*byte) || *byte == b' ' || *byte == b':')
}

fn is_identifier(name: &[u8]) -> bool {
    name.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_')
        && name.iter().all(|byte| is_name_character(*byte))
}

fn is_of_one_case(name: &[u8]) -> bool {
    let lower = name.iter().any(u8::is_ascii_lowercase);
    let upper = name.iter().any(u8::is_ascii_uppercase);
    lower != upper
}

fn is_name_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.-".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::is_template;

    #[test]
    fn a_whole_template_is_one() {
        for text in [
            "$JWT_SECRET",
            "$db_password",
            "${JWT_SECRET}",
            "${jwtSecret}",
            "${JWT_SECRET:-changeme}",
            "${JWT_SECRET:?must be set!}",
            "${jwt.secret:s3cr3t&x}",
            "${{ secrets.JWT_SECRET }}",
            "$(JWT_SECRET)",
            "$(openssl rand -base64 32)",
            "$(cat /run/secrets/jwt | head -c 32)",
            "$(date +%s | sha256sum | base64 | head -c 15)",
            "#{self.id}:#{Devise.friendly_token}",
            "request.headers[\"x-api-key-of-the-client\"]",
            "config('app.jwt_secret_of_the_service')",
            "config.get(\"jwt\").get(\"secretKeyValue\")",
            "#{JwtSecretKey}# from Azure DevOps",
            "#{ENV.fetch(\"JWT_SECRET\")} # from env",
            "`openssl rand -base64 32`",
            "%s",
            "%env(resolve:JWT_SECRET_KEY_FILE)%xx",
            "$the_secret_key_of_the_service_that_signs_the_tokens",
            "{{ .Values.jwtSecret }}",
            "{{JWT_SECRET}}",
            "{% env 'JWT' %}",
            "<%= ENV[\"JWT\"] %>",
            "#{JWT_SECRET}#",
            "#{jwt.secret}",
            "%JWT_SECRET%",
            "%{jwt_secret}",
            "@@JWT_SECRET@@",
            "@JWT_SECRET@",
            "((jwt-secret))",
            "[[jwt_secret]]",
            "__JWT_SECRET_REPLACED_AT_DEPLOY_TIME__",
        ] {
            assert!(is_template(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_key_that_contains_the_marks_is_no_template() {
        for text in [
            "",
            "$",
            "${}",
            "{{}}",
            "vp5*1befl8q^r9-q27qi$(3#k@0o%(-l1-#7cd_l71@eh^56",
            "$(3#k@0o%vp5*1befl8q^r9-q27qi-l1-#7cd_l71@eh^56)",
            "a{{b}}cdefghijk",
            "${f9L]w#Kq2;V8\\zT!m5^Xr~J0|pYd&}",
            "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
            "$ecret123",
            "$fds3_22c8453a42w91knhtkp0c-srlhes90ur6j3xbk3tqcdt",
            "$fds_ekwcqyvdaiwrkzknhtkpmc-srlhespourljhxbkjtqcdtwx",
            "@fds3_22c8453a42w91knhtkp0c-srlhes90ur6j3xbk3tqcd@",
            "vp5*1befl8q%env(q27qi$(3#k@0o%(-l1-#7cd_l71@eh^56x",
            "%f9L]w#Kq2;V8\\zT!m5^Xr~J0|pYd&%",
            "@f9L]w#Kq2;V8\\zT!m5^Xr~J0|pYd&@",
        ] {
            assert!(!is_template(text.as_bytes()), "{text}");
        }
    }
}
