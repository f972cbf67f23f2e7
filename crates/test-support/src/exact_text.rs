//! Values that must arrive byte for byte from every source. No value is blank or contains a NUL, which an environment
//! variable cannot hold.

/// Values that operators actually set, and that parsers tend to change.
pub const EXACT_TEXT: &[&str] = &[
    // Numbers that are text.
    "0",
    "0012345",
    "007",
    "1_000",
    "+5",
    "-0",
    "1.10",
    "1e3",
    "0x1F",
    "0b11",
    "0o17",
    "9223372036854775808",
    "340282366920938463463374607431768211456",
    "NaN",
    "inf",
    "3.",
    ".5",
    "1,5",
    // Words with a special meaning in some formats.
    "true",
    "False",
    "yes",
    "off",
    "null",
    "~",
    "None",
    "2024-01-01",
    "07:32:00",
    // Quotes.
    "\"quoted\"",
    "'single'",
    "\"",
    "'",
    "it's",
    "say \"hi\"",
    "`backtick`",
    "'''",
    "\"\"\"",
    // Brackets.
    "[1, 2]",
    "[a",
    "]",
    "{a=b}",
    "{\"a\": 1}",
    "{",
    "}",
    "(x)",
    "<x>",
    "{{ value }}",
    "{{",
    "%{x}",
    // Comments.
    "#hash",
    "a#b",
    "a # b",
    "; semicolon",
    "// slashes",
    "-- dashes",
    // Expansions.
    "$",
    "$HOME",
    "${HOME}",
    "${HOME:-x}",
    "a$b$$c",
    "$(id)",
    "%PATH%",
    "100%",
    "%20",
    "!important",
    // Separators.
    "=",
    "a=b",
    "a==",
    "=a",
    "a: b",
    "key: value",
    "a,b,c",
    "a;b",
    "a|b",
    "a&b",
    "*",
    "@at",
    // Backslashes.
    "\\",
    "\\n",
    "a\\",
    "C:\\new\\table",
    "\\\\server\\share",
    "\\u0041",
    "a\\\"b",
    // White space.
    "a b",
    " a",
    "a ",
    "\ta\t",
    "a\tb",
    "a  b",
    "line one\nline two",
    "a\r\nb",
    // Unicode.
    "é",
    "e\u{301}",
    "日本語",
    "🔑",
    "\u{feff}a",
    "a\u{200b}b",
    "\u{a0}a",
    "ß",
    "\u{202e}abc",
    // Control characters.
    "\u{1b}[31m",
    "a\u{7f}",
    "a\u{1}b",
    // Realistic values.
    "p@ss:w0rd/with?all#of=it&more",
    "postgres://u:p%40ss@h:5432/d?sslmode=require",
    "-----BEGIN X-----\nabc==\n-----END X-----",
    "eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG_HACGpVUMN_a9IV7pAx_Zmeo",
];

/// Writes the value as a basic string of TOML.
pub fn basic_string(value: &str) -> String {
    let mut text = String::from("\"");
    for symbol in value.chars() {
        match symbol {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            symbol if symbol.is_control() => text.push_str(&format!("\\u{:04X}", u32::from(symbol))),
            symbol => text.push(symbol),
        }
    }
    text + "\""
}

/// Writes the value as a literal string of TOML, if that is possible.
pub fn literal_string(value: &str) -> Option<String> {
    (!value.chars().any(|symbol| symbol == '\'' || symbol.is_control() && symbol != '\t')).then(|| format!("'{value}'"))
}
