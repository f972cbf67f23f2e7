//! Values that their type cannot parse, or that are probably a mistake.

use std::{net::IpAddr, net::SocketAddr, path::PathBuf, time::Duration};

use hardened::{Config, Setting};

use crate::book::{Book, environment};

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Settings {
    /// Text.
    text: Option<String>,
    /// Texts.
    texts: Option<Vec<String>>,
    /// A path.
    path: Option<PathBuf>,
    /// A URL.
    url: Option<url::Url>,
    /// A flag.
    flag: Option<bool>,
    /// A number.
    number: Option<u16>,
    /// Numbers.
    numbers: Option<Vec<u16>>,
    /// A share.
    share: Option<f64>,
    /// A time.
    wait: Option<Duration>,
    /// A word.
    word: Option<Word>,
    /// An origin.
    origin: Option<hardened::origin::Origin>,
    /// Origins.
    origins: Option<Vec<hardened::origin::Origin>>,
    /// An address.
    address: Option<IpAddr>,
    /// An address with a port.
    socket: Option<SocketAddr>,
    /// A type of another crate.
    #[config(parse)]
    foreign: Option<char>,
    /// A type that says what it wants.
    #[config(parse, expects = "one letter")]
    letter: Option<char>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Setting)]
enum Word {
    Fast,
    Careful,
}

#[rustfmt::skip]
const ROWS: &[(&str, &[(&str, &str)])] = &[
    ("a URL without a scheme", &[("URL", "example.com")]),
    ("a URL whose host was not replaced", &[("URL", "https://${HOST}/")]),
    ("a word for a flag", &[("FLAG", "maybe")]),
    ("a flag in quotes", &[("FLAG", "\"true\"")]),
    ("a number in quotes", &[("NUMBER", "\"8080\"")]),
    ("a number with one quote", &[("NUMBER", "8080'")]),
    ("a number that is too large", &[("NUMBER", "65536")]),
    ("a word for a number", &[("SHARE", "half")]),
    ("a time without a unit", &[("WAIT", "30")]),
    ("a time in quotes", &[("WAIT", "'30s'")]),
    ("a slip in a word", &[("WORD", "carefull")]),
    ("an unknown word", &[("WORD", "blue")]),
    ("a name for an address", &[("ADDRESS", "localhost")]),
    ("an address without a port", &[("SOCKET", "127.0.0.1")]),
    ("what another type refuses", &[("FOREIGN", "ab")]),
    ("what a type refuses that says what it wants", &[("LETTER", "ab")]),
    ("the same in quotes", &[("LETTER", "'ab'")]),
    ("a text in quotes", &[("TEXT", "\"value\"")]),
    ("an item in quotes", &[("TEXTS", "\"a\",b")]),
    ("a list in quotes", &[("TEXTS", "\"a,b\"")]),
    ("items with a semicolon", &[("TEXTS", "a;b")]),
    ("items in brackets", &[("TEXTS", "[a,b]")]),
    ("one item in brackets", &[("TEXTS", "[a]")]),
    ("items with a bar", &[("TEXTS", "a|b")]),
    ("items with a tab", &[("TEXTS", "a\tb")]),
    ("an item with a comma in quotes", &[("TEXTS", r#"a,"b,c""#)]),
    ("items on lines of their own", &[("TEXTS", "a\nb")]),
    ("a flag that was not replaced", &[("FLAG", "${DEBUG}")]),
    ("a comment after a number", &[("NUMBER", "8080 # web")]),
    ("an invisible character after a number", &[("NUMBER", "8080\u{200b}")]),
    ("a blank item", &[("TEXTS", "a,,b")]),
    ("a list of lists", &[("TEXTS", r#"[["a"]]"#)]),
    ("an object for a list", &[("TEXTS", r#"{"a":"b"}"#)]),
    ("a list that is not closed", &[("TEXTS", r#"["a","b""#)]),
    ("a word in a list of numbers", &[("NUMBERS", "80,http")]),
    ("numbers in quotes", &[("NUMBERS", r#""80","443""#)]),
    ("numbers with a semicolon", &[("NUMBERS", "80;443")]),
    ("numbers with a space", &[("NUMBERS", "80 443")]),
    ("a blank value", &[("TEXT", " ")]),
    ("an origin over http", &[("ORIGIN", "http://app.acme.io")]),
    ("an origin of this machine", &[("ORIGIN", "http://localhost:3000")]),
    ("an origin with another scheme", &[("ORIGIN", "capacitor://localhost")]),
    ("an origin of an example", &[("ORIGIN", "https://yourdomain.com")]),
    ("an origin that is reserved for documentation", &[("ORIGIN", "https://app.example.com")]),
    ("a wrong origin in a list", &[("ORIGINS", "https://app.acme.io,https://app.acme.io/path")]),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    book.rows::<Settings>("production", ROWS);
    let long = "x".repeat(64 * 1024 + 1);
    book.load_in::<Settings>("64 KiB and one byte", environment("production", &[("TEXT", &long)]));
    let bytes = std::os::unix::ffi::OsStringExt::from_vec(vec![0xff_u8, 0xfe]);
    let bytes: std::ffi::OsString = bytes;
    book.load_in::<Settings>("no text", environment("production", &[]).set("TEXT", bytes));
    book
}
