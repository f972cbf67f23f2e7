//! Lists and maps of groups.

use std::collections::BTreeMap;

use hardened::{Config, SecretText, Setting};
use test_support::Scratch;

use crate::book::{Book, environment};

#[derive(Debug, Config)]
struct Settings {
    #[config(nested, max = 2)]
    upstreams: Vec<Upstream>,
    #[config(nested)]
    tenants: BTreeMap<Customer, Upstream>,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Upstream {
    /// Where it is.
    url: String,
    /// A token.
    token: Option<SecretText>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Setting)]
enum Customer {
    #[config(alias = "acme-eu")]
    Acme,
    Globex,
}

#[derive(Debug, Config)]
struct Needed {
    #[config(nested, min = 2)]
    tenants: BTreeMap<String, Upstream>,
    #[config(nested, min = 1)]
    tokens: Vec<Token>,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Token {
    /// A token.
    value: SecretText,
}

const URL: &str = "http://one.internal";

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    book.rows::<Settings>(
        "production",
        &[
            ("a gap", &[("UPSTREAMS__2__URL", URL)]),
            ("too many", &[("UPSTREAMS__0__URL", URL), ("UPSTREAMS__1__URL", URL), ("UPSTREAMS__2__URL", URL)]),
            ("no number", &[("UPSTREAMS__FIRST__URL", URL)]),
            ("no key", &[("TENANTS____URL", URL)]),
            ("a key in small letters", &[("TENANTS__acme__URL", URL)]),
            ("a name in small letters", &[("tenants__acme__url", URL)]),
            ("no setting", &[("UPSTREAMS__0", URL)]),
            ("a setting that is misspelt", &[("UPSTREAMS__0__URL", URL), ("UPSTREAMS__0__TOKN", URL)]),
            ("a setting that nobody knows", &[("UPSTREAMS__0__URL", URL), ("UPSTREAMS__0__COLOUR", URL)]),
            ("a key that its type refuses", &[("TENANTS__HOOLI__URL", URL)]),
            ("two keys that mean the same", &[("TENANTS__ACME__URL", URL), ("TENANTS__ACME_EU__URL", URL)]),
        ],
    );
    book.rows::<Needed>("production", &[("none", &[]), ("too few", &[("TENANTS__ACME__URL", URL)])]);
    for (name, text) in [
        ("a table for a list", "[upstreams]\nurl = 'x'\n"),
        ("a list for a map", "[[tenants]]\nurl = 'x'\n"),
        ("no table in a list", "upstreams = ['x']\n"),
        ("no table in a map", "[tenants]\nacme = 'x'\n"),
        ("a list twice", "upstreams = []\n[[default.upstreams]]\nurl = 'x'\n"),
        ("a key with a space", "[tenants.'acme corp']\nurl = 'x'\n"),
        ("keys in other letters", "[tenants.acme]\nurl = 'x'\n[tenants.Acme]\nurl = 'x'\n"),
    ] {
        let scratch = Scratch::new();
        scratch.file("hardened.toml", text);
        book.hide(scratch.path().display(), "DIRECTORY");
        book.load_in::<Settings>(name, environment("production", &[]).working_directory(scratch.path()));
    }
    #[cfg(unix)]
    {
        use std::{ffi::OsString, os::unix::ffi::OsStringExt};

        let name = OsString::from_vec(b"UPSTREAMS__\xff__URL".to_vec());
        book.load_in::<Settings>("a name that is not text", environment("production", &[]).set(name, URL));
    }
    book
}
