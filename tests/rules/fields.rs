//! Values that break a restriction of their field.

use std::time::Duration;

use hardened::{AuthSecret, Config, SecretText};

use crate::book::Book;

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Settings {
    /// A number.
    #[config(range = 1..=1024)]
    workers: Option<u16>,
    /// A share.
    #[config(range = 0..=1)]
    share: Option<f64>,
    /// A number without an upper bound.
    #[config(range = 0.5..)]
    factor: Option<f64>,
    /// A number without a lower bound.
    #[config(range = ..=1.5)]
    most: Option<f64>,
    /// A time.
    #[config(range = "1s".."5m")]
    wait: Option<Duration>,
    /// A time below a bound.
    #[config(range = .."1h")]
    ttl: Option<Duration>,
    /// A text.
    #[config(len = 3..=5)]
    code: Option<String>,
    /// A text of one length.
    #[config(len = 2)]
    country: Option<String>,
    /// A short text.
    #[config(len = ..=1)]
    letter: Option<String>,
    /// A URL.
    #[config(len = ..=30)]
    url: Option<url::Url>,
    /// A word.
    #[config(one_of = ["eu", "us-east"])]
    region: Option<String>,
    /// A pattern.
    #[config(matches = "[a-z]+", len = 2..)]
    slug: Option<String>,
    /// A pattern with a name.
    #[config(matches = "[^@]+@[^@]+", expects = "an e-mail address")]
    mail: Option<String>,
    /// Several.
    #[config(len = 2..=3, each(range = 1..=9))]
    digits: Option<Vec<u8>>,
    /// A name for a number.
    #[config(range = 1..=9, expects = "a digit")]
    digit: Option<u8>,
    /// One item.
    #[config(len = ..=1)]
    single: Option<Vec<u8>>,
    /// A key.
    #[config(len = 48..)]
    key: Option<AuthSecret>,
    /// A credential.
    #[config(len = 20..)]
    token: Option<SecretText>,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Needed {
    /// A key.
    #[config(len = 48..)]
    key: AuthSecret,
    /// A short list.
    #[config(len = ..=1)]
    single: Vec<u8>,
    /// Text of one character.
    #[config(len = 1)]
    letter: String,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Wrong {
    /// A default that its pattern refuses.
    #[config(matches = "[a-z]+", default = "ABC")]
    slug: String,
}

#[rustfmt::skip]
const ROWS: &[(&str, &[(&str, &str)])] = &[
    ("a number below its bound", &[("WORKERS", "0")]),
    ("a word for a number with bounds", &[("WORKERS", "many")]),
    ("a share above one", &[("SHARE", "1.5")]),
    ("a number below its only bound", &[("FACTOR", "0.4")]),
    ("a number above its only bound", &[("MOST", "1.6")]),
    ("a time at a bound that the range excludes", &[("WAIT", "5m")]),
    ("a time that is too long", &[("TTL", "1h")]),
    ("a text that is too short", &[("CODE", "ab")]),
    ("a text of one character", &[("COUNTRY", "d")]),
    ("a text that is too long", &[("LETTER", "ab")]),
    ("a URL that is too long", &[("URL", "https://app.example.com/a/long/path")]),
    ("a word of a URL", &[("URL", "example.com")]),
    ("a word that is not one of them", &[("REGION", "us-eats")]),
    ("a text that its pattern refuses", &[("SLUG", "A")]),
    ("a text that is not an e-mail address", &[("MAIL", "me")]),
    ("too few items", &[("DIGITS", "1")]),
    ("too many items", &[("DIGITS", "1,2,3,4")]),
    ("an item outside of its bounds", &[("DIGITS", "1,10")]),
    ("two digits instead of one", &[("DIGIT", "10")]),
    ("two items for one", &[("SINGLE", "1,2")]),
    ("a key that is shorter than the field wants", &[("KEY", "Zk3vQ8nT1xW5yB7cR2mL9pJ4hG6dF0sA")]),
    ("a credential of one byte", &[("TOKEN", "q")]),
    ("a credential that is too short", &[("TOKEN", "q8ZxT3vB7nM1kL5jH9g")]),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    book.rows::<Settings>("production", ROWS);
    book.rows::<Needed>("production", &[("nothing of what fields ask for", &[])]);
    book.rows::<Wrong>("production", &[("a default that its field refuses", &[])]);
    book
}
