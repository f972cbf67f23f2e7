//! Tests with all forms of a value in one text.

use crate::values::{Form, Reading, Scratch, Search, Values};

/// A password with characters that formats escape.
const VALUE: &str = r#"p@ss/w+rd"7'Kq9$Zx&Tb%Lm2=vN"#;
/// A key without such characters.
const KEY: &str = "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

fn search(values: &[&str]) -> (Values, Search) {
    let mut all = Values::new();
    values.iter().enumerate().for_each(|(index, value)| all.add(&format!("SECRET_{index}"), value));
    let search = Search::new(&all.searched);
    (all, search)
}

/// Returns the values that are found in a text, with the position, form and reading of the first occurrence.
fn found(values: &[&str], text: &[u8]) -> Vec<(String, usize, Form, Reading)> {
    let (all, search) = search(values);
    let mut hits = Vec::new();
    search.text(text, &mut Scratch::default(), &mut hits);
    let mut found: Vec<(String, usize, Form, Reading)> = Vec::new();
    for hit in hits {
        let needle = search.needle(hit).unwrap();
        let name = all.searched[needle.value].name.as_str().to_owned();
        if found.iter().all(|(known, ..)| *known != name) {
            found.push((name, hit.start, needle.form, hit.reading));
        }
    }
    found
}

fn encode(text: &str, how: impl Fn(u8) -> String) -> String {
    text.bytes().map(how).collect()
}

fn base64(text: &[u8], url: bool, padded: bool) -> String {
    let alphabet = if url { crate::values::codec::BASE64_URL } else { crate::values::codec::BASE64 };
    let padding = (3 - text.len() % 3) % 3;
    let whole = [text, &vec![0; padding]].concat();
    let digits = crate::values::codec::core(&whole, alphabet, 0);
    let kept = String::from_utf8_lossy(&digits[..digits.len() - padding]).into_owned();
    if padded { kept + &"=".repeat(padding) } else { kept }
}

/// Splits a text into pieces of the same length.
fn pieces(text: &str, length: usize) -> Vec<String> {
    text.as_bytes().chunks(length).map(|piece| String::from_utf8_lossy(piece).into_owned()).collect()
}

fn json(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[test]
fn every_form_of_a_value_is_found() {
    let rows: Vec<(&str, &str, String)> = vec![
        ("plain", KEY, format!("let key = \"{KEY}\";")),
        ("at the very beginning", KEY, KEY.to_owned()),
        ("at the very end", KEY, format!("=======x{KEY}")),
        ("the shortest", "kV9w0cW8J3z6", "x kV9w0cW8J3z6".to_owned()),
        ("in .env.bak", KEY, format!("# old\nJWT_SECRET_KEY={KEY}\n")),
        (
            "quoted in .env",
            VALUE,
            format!("PASSWORD=\"{}\"\n", VALUE.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$")),
        ),
        ("single quotes of a shell", VALUE, format!("PASSWORD='{}'\n", VALUE.replace('\'', "'\\''"))),
        ("single quotes of YAML", VALUE, format!("password: '{}'\n", VALUE.replace('\'', "''"))),
        ("double quotes of CSV", VALUE, format!("1,\"{}\",2\n", VALUE.replace('"', "\"\""))),
        ("dollars of compose", VALUE, format!("PASSWORD: {}\n", VALUE.replace('$', "$$"))),
        ("percent of ini", VALUE, format!("password = {}\n", VALUE.replace('%', "%%"))),
        ("base64, alignment 0", KEY, base64(KEY.as_bytes(), false, true)),
        ("base64, alignment 1", KEY, base64(format!("a{KEY}z").as_bytes(), false, true)),
        ("base64, alignment 2", KEY, base64(format!("ab{KEY}").as_bytes(), false, true)),
        ("base64 of name:value", VALUE, base64(format!("admin:{VALUE}").as_bytes(), false, true)),
        ("base64url, alignment 0", VALUE, base64(VALUE.as_bytes(), true, false)),
        ("base64url, alignment 1", VALUE, base64(format!("?{VALUE}").as_bytes(), true, false)),
        ("base64url, alignment 2", VALUE, base64(format!("??{VALUE}?").as_bytes(), true, false)),
        (
            "base64 in lines of 76",
            KEY,
            pieces(&base64(format!("{}{KEY}{}", "x".repeat(60), "y".repeat(60)).as_bytes(), false, true), 76)
                .join("\n"),
        ),
        ("base64 in indented lines of 16", KEY, pieces(&base64(KEY.as_bytes(), false, true), 16).join("\r\n    ")),
        ("base64 of base64", KEY, base64(base64(format!("a{KEY}").as_bytes(), false, true).as_bytes(), false, true)),
        (
            "base64 of UTF-16, as PowerShell has it",
            KEY,
            base64(&KEY.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), false, true),
        ),
        ("base64 with escaped slashes", VALUE, base64(VALUE.as_bytes(), false, true).replace('/', "\\/")),
        ("base64 in a URL", VALUE, base64(VALUE.as_bytes(), false, true).replace('+', "%2B").replace('/', "%2F")),
        ("hexadecimal, small", KEY, encode(KEY, |byte| format!("{byte:02x}"))),
        ("hexadecimal, capital", KEY, encode(KEY, |byte| format!("{byte:02X}"))),
        ("hexadecimal with colons", KEY, format!("[{}", encode(KEY, |byte| format!("{byte:02x}:")))),
        ("hexadecimal in lines", KEY, pieces(&encode(KEY, |byte| format!("{byte:02x}")), 32).join("\n  ")),
        ("hexadecimal pairs with spaces", KEY, format!("\n{}", encode(KEY, |byte| format!("{byte:02x} ")))),
        ("bytes escaped", KEY, encode(KEY, |byte| format!("\\x{byte:02x}"))),
        ("octal", KEY, encode(KEY, |byte| format!("\\{byte:03o}"))),
        (
            "percent-encoded where needed",
            VALUE,
            encode(VALUE, |byte| {
                if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            }),
        ),
        (
            "percent-encoded, small digits",
            VALUE,
            encode(VALUE, |byte| {
                if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02x}") }
            }),
        ),
        ("percent-encoded, all", KEY, encode(KEY, |byte| format!("%{byte:02X}"))),
        ("percent-encoded in old JavaScript", KEY, encode(KEY, |byte| format!("%u{byte:04X}"))),
        (
            "base32, small",
            KEY,
            String::from_utf8_lossy(&crate::values::codec::core(
                format!("ab{KEY}zzzzz").as_bytes(),
                crate::values::codec::BASE32_SMALL,
                0,
            ))
            .into_owned(),
        ),
        (
            "percent-encoded twice",
            VALUE,
            encode(VALUE, |byte| {
                if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%25{byte:02X}") }
            }),
        ),
        (
            "a URL's user information",
            VALUE,
            format!(
                "postgres://app:{}@db/app",
                encode(VALUE, |byte| if byte.is_ascii_alphanumeric() || b"$'&+=".contains(&byte) {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                })
            ),
        ),
        (
            "a URL in JSON with escaped slashes",
            VALUE,
            format!(
                "\"postgres:\\/\\/app:{}@db\\/app\"",
                encode(VALUE, |byte| if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                })
            ),
        ),
        ("JSON", VALUE, format!("{{\"password\": \"{}\"}}", json(VALUE))),
        ("JSON with escaped slashes", VALUE, json(VALUE).replace('/', "\\/")),
        ("JSON in JSON", VALUE, json(&json(VALUE))),
        ("JSON in JSON in JSON", VALUE, json(&json(&json(VALUE)))),
        ("JSON, all in \\u", KEY, encode(KEY, |byte| format!("\\u{byte:04x}"))),
        (
            "JSON, signs in \\u",
            VALUE,
            encode(VALUE, |byte| {
                if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("\\u{byte:04X}") }
            }),
        ),
        ("Rust, all in \\u{}", KEY, encode(KEY, |byte| format!("\\u{{{byte:x}}}"))),
        ("Rust, debug", VALUE, format!("{VALUE:?}")),
        ("JavaScript, single quotes", VALUE, format!("'{}'", VALUE.replace('\'', "\\'"))),
        (
            "YAML, double quotes, \\U",
            VALUE,
            encode(VALUE, |byte| {
                if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("\\U{byte:08x}") }
            }),
        ),
        ("HTML", VALUE, VALUE.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;")),
        ("HTML, all", KEY, encode(KEY, |byte| format!("&#{byte};"))),
        ("HTML, all in hexadecimal", KEY, encode(KEY, |byte| format!("&#x{byte:x};"))),
        (
            "HTML, by names",
            VALUE,
            VALUE
                .replace('&', "&amp;")
                .replace('/', "&sol;")
                .replace('+', "&plus;")
                .replace('@', "&commat;")
                .replace('$', "&dollar;")
                .replace('%', "&percnt;"),
        ),
        ("quoted-printable", VALUE, VALUE.replace('=', "=3D")),
        ("quoted-printable over lines", KEY, pieces(KEY, 20).join("=\r\n")),
        ("quoted-printable, all", KEY, encode(KEY, |byte| format!("={byte:02X}"))),
        (
            "an escape at the end of a line",
            KEY,
            format!("{}\\u{:04x}  \n  {}", &KEY[..3], KEY.as_bytes()[3], &KEY[4..]),
        ),
        ("a Rust string over lines", KEY, format!("const KEY: &str = \"{}\";", pieces(KEY, 10).join("\\\n        "))),
        ("concat!", KEY, format!("concat!(\"{}\")", pieces(KEY, 15).join("\", \""))),
        ("concat! over lines", KEY, format!("concat!(\n    \"{}\",\n)", pieces(KEY, 15).join("\",\n    \""))),
        ("JavaScript +", KEY, format!("'{}'", pieces(KEY, 8).join("' + '"))),
        ("JavaScript + over lines", KEY, format!("\"{}\"", pieces(KEY, 13).join("\" +\n    \""))),
        ("pieces of one character", KEY, format!("['{}'].join('')", pieces(KEY, 1).join("','"))),
        ("two kinds of quotes", KEY, format!("'{}' + \"{}\"", &KEY[..20], &KEY[20..])),
        ("PHP", KEY, format!("'{}'", pieces(KEY, 21).join("' . '"))),
        ("Python", KEY, format!("(\"{}\")", pieces(KEY, 21).join("\"\n     \""))),
        ("Python, bytes", KEY, format!("b\"{}\"", pieces(KEY, 21).join("\" b\""))),
        ("C", KEY, format!("\"{}\"", pieces(KEY, 3).join("\" \""))),
        ("two constants", KEY, format!("const A: &str = \"{}\";\nconst B: &str = \"{}\";", &KEY[..22], &KEY[22..])),
        ("format!", KEY, format!("format!(\"{{}}{{}}\", \"{}\", \"{}\")", &KEY[..3], &KEY[3..])),
        ("raw strings", KEY, format!("concat!(r#\"{}\"#, r#\"{}\"#)", &KEY[..3], &KEY[3..])),
        ("pieces with escapes", VALUE, format!("\"{}\" + \"{}\"", json(&VALUE[..14]), json(&VALUE[14..]))),
        (
            "a source map",
            KEY,
            format!("{{\"sourcesContent\":[\"const a=\\\"{}\\\"+\\\"{}\\\";\\n\"]}}", &KEY[..9], &KEY[9..]),
        ),
        (
            "a source map with an escaped value",
            VALUE,
            format!("{{\"sourcesContent\":[\"const a=\\\"{}\\\";\"]}}", json(&json(VALUE))),
        ),
        ("a comment over lines", KEY, format!("// {}", pieces(KEY, 20).join("\n// "))),
        ("a folded YAML text", KEY, format!("key: >-\n  {}\n", pieces(KEY, 20).join("\n  "))),
        ("bytes in Rust", KEY, format!("[{}]", encode(KEY, |byte| format!("{byte}, ")))),
        ("bytes in Rust, u8", KEY, format!("[{}]", encode(KEY, |byte| format!("{byte}u8, ")))),
        ("bytes in C", KEY, format!("{{ {} }}", encode(KEY, |byte| format!("0x{byte:02x},\n")))),
        (
            "bytes in JavaScript's JSON",
            KEY,
            format!(
                "{{{}}}",
                KEY.bytes().enumerate().map(|(at, byte)| format!("\"{at}\":{byte},")).collect::<String>()
            ),
        ),
        ("bytes in the registry", KEY, format!("hex(2):{}", encode(KEY, |byte| format!("{byte:02x},\\\r\n  ")))),
        ("bytes in Java", KEY, format!("{{{}}}", encode(KEY, |byte| format!("(byte) 0x{byte:X}, ")))),
        ("bytes in Go", KEY, format!("[]byte{{{}}}", encode(KEY, |byte| format!("0x{byte:x}, ")))),
        ("characters by number", KEY, encode(KEY, |byte| format!("chr({byte}) + "))),
        ("characters by number in SQL", KEY, encode(KEY, |byte| format!("CHAR({byte})||"))),
        ("bytes behind a sign of equality", KEY, format!("key={}", encode(KEY, |byte| format!("{byte},")))),
        ("bytes in back quotes", KEY, format!("`{}`", encode(KEY, |byte| format!("{byte} ")))),
        ("bytes in XML", KEY, format!("<key>{}</key>", encode(KEY, |byte| format!("{byte:02x} ")))),
        ("bytes amid others", KEY, format!("[1, 2, 3, {}9, 9]", encode(KEY, |byte| format!("{byte}, ")))),
        ("characters in Rust", KEY, format!("[{}]", encode(KEY, |byte| format!("'{}', ", char::from(byte))))),
        ("a Kubernetes Secret", KEY, format!("kind: Secret\ndata:\n  jwt: {}\n", base64(KEY.as_bytes(), false, true))),
        ("a Dockerfile", KEY, format!("FROM scratch\nARG JWT_SECRET_KEY={KEY}\n")),
        ("a minified bundle", KEY, format!("!function(e,t){{e.k=\"{KEY}\",t()}}(a,b);")),
        (
            "a JWT's payload",
            KEY,
            format!(
                "eyJhbGciOiJIUzI1NiJ9.{}.c2ln",
                base64(format!("{{\"sub\":\"1\",\"k\":\"{KEY}\"}}").as_bytes(), true, false)
            ),
        ),
        (
            "a JWT's payload with escapes",
            VALUE,
            format!(
                "eyJhbGciOiJIUzI1NiJ9.{}.c2ln",
                base64(format!("{{\"k\":\"{}\"}}", json(VALUE)).as_bytes(), true, false)
            ),
        ),
        (
            "a JWT's payload as Go writes it",
            VALUE,
            format!(
                "eyJhbGciOiJIUzI1NiJ9.{}.c2ln",
                base64(format!("{{\"k\":\"{}\"}}", json(VALUE).replace('&', "\\u0026")).as_bytes(), true, false)
            ),
        ),
        (
            "a JWT's payload as PHP writes it",
            VALUE,
            format!(
                "eyJhbGciOiJIUzI1NiJ9.{}.c2ln",
                base64(format!("{{\"k\":\"{}\"}}", json(VALUE).replace('/', "\\/")).as_bytes(), true, false)
            ),
        ),
        (
            "JSON in base64 as .NET writes it",
            VALUE,
            base64(
                VALUE
                    .replace('"', "\\u0022")
                    .replace('&', "\\u0026")
                    .replace('\'', "\\u0027")
                    .replace('+', "\\u002B")
                    .as_bytes(),
                false,
                true,
            ),
        ),
        (
            "base64 in lines of XML",
            KEY,
            pieces(&base64(format!("{}{KEY}", "x".repeat(30)).as_bytes(), false, true), 40).join("&#13;\n"),
        ),
        (
            "base64 in lines that JSON escapes",
            KEY,
            pieces(&base64(format!("{}{KEY}", "x".repeat(30)).as_bytes(), false, true), 40).join("\\u000a"),
        ),
        (
            "base32",
            KEY,
            String::from_utf8_lossy(&crate::values::codec::core(
                format!("ab{KEY}zzzzz").as_bytes(),
                crate::values::codec::BASE32,
                0,
            ))
            .into_owned(),
        ),
        ("backwards", KEY, KEY.chars().rev().collect()),
        ("a form", "two words and 3 digits", "q=two+words+and+3+digits".to_owned()),
        ("a template", "a{b}c{d}e{f}g9Zq", "x = f\"a{{b}}c{{d}}e{{f}}g9Zq\"".to_owned()),
        (
            "hexadecimal digits of a value in base64",
            "a1Y5dzBjVzhKM3o2b1EybkI3eFQ1eVIxdUY0bUg4c0w=",
            encode("kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL", |byte| format!("{byte:02x}")),
        ),
        (
            "bytes of a value in hexadecimal digits",
            "6b5639773063573a4a337a366f51326e",
            format!("[{}]", "kV9w0cW:J3z6oQ2n".bytes().map(|byte| format!("{byte}, ")).collect::<String>()),
        ),
        (
            "pairs of bytes that begin with letters",
            "f46bd97f61e9c0aab2c1d0e0f1a2b3c4",
            "dump: f4 6b d9 7f 61 e9 c0 aa b2 c1 d0 e0 f1 a2 b3 c4".to_owned(),
        ),
        (
            "letters that are not ASCII",
            "Schlüssel-für-Größe-7",
            "\"Schl\\u00fcssel-f\\u00fcr-Gr\\u00f6\\u00dfe-7\"".to_owned(),
        ),
    ];
    assert!(rows.len() >= 80, "{}", rows.len());
    let mut missed = Vec::new();
    for (case, value, text) in &rows {
        for around in ["", "two\nlines of it: "] {
            let planted = format!("{around}{text}");
            if found(&[value], planted.as_bytes()).is_empty() {
                missed.push((case, planted));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn utf_16_is_found_at_every_alignment() {
    for around in 0..8 {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let text: Vec<u8> = [vec![b'x'; around], KEY.encode_utf16().flat_map(bytes).collect()].concat();
            assert_eq!(found(&[KEY], &text), [("SECRET_0".to_owned(), around, Form::Utf16, Reading::Raw)]);
        }
    }
}

#[test]
fn the_place_is_where_the_value_begins() {
    for (text, expected) in [
        (format!("key = {KEY}"), (6, Form::Plain, Reading::Raw)),
        (format!("key = \"{}\" + \"{}\"", &KEY[..9], &KEY[9..]), (7, Form::Plain, Reading::Joined)),
        (format!("key = {}\\u{:04x}{}", &KEY[..9], KEY.as_bytes()[9], &KEY[10..]), (6, Form::Plain, Reading::Escaped)),
        (format!("key = {}\n    {}", &KEY[..9], &KEY[9..]), (6, Form::Plain, Reading::Wrapped)),
    ] {
        let (start, form, reading) = expected;
        assert_eq!(found(&[KEY], text.as_bytes()), [("SECRET_0".to_owned(), start, form, reading)], "{text}");
    }
}

#[test]
fn a_text_without_the_value_holds_nothing() {
    let near = format!("{}x", &KEY[..KEY.len() - 1]);
    for text in [
        "",
        "k",
        &near,
        &KEY[..20],
        &KEY.to_lowercase(),
        &format!("{}-{}", &KEY[..20], &KEY[20..]),
        &format!("\"{}\"{}\"{}\"", &KEY[..20], "x".repeat(80), &KEY[20..]),
        &format!("[{}]", encode(&near, |byte| format!("{byte}, "))),
        &"\\".repeat(5000),
        &"\"".repeat(5000),
        &"\n".repeat(5000),
        &"0,".repeat(5000),
    ] {
        assert_eq!(found(&[KEY, VALUE], text.as_bytes()), [], "{text}");
    }
}

#[test]
fn a_value_is_found_among_five_hundred_others() {
    let others: Vec<String> =
        (0..500).map(|index| format!("{index}-{}", KEY.chars().rev().collect::<String>())).collect();
    let mut values: Vec<&str> = others.iter().map(String::as_str).collect();
    values.push(KEY);
    let found = found(&values, format!("a\nb = {}", base64(KEY.as_bytes(), false, true)).as_bytes());
    assert_eq!(found, [("SECRET_500".to_owned(), 6, Form::Base64, Reading::Raw)]);
}
