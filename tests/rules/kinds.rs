//! Enums with data, and fields that exclude or require each other.

use hardened::{Config, SecretText};

use crate::book::Book;

#[derive(Debug, Config)]
#[config(one_of(url, host), all_or_none(user, password))]
#[expect(dead_code, reason = "only judged")]
struct Settings {
    #[config(nested)]
    storage: Storage,
    /// Where it is.
    url: Option<String>,
    /// On which machine it is.
    host: Option<String>,
    /// Who signs in.
    user: Option<String>,
    /// With what.
    password: Option<SecretText>,
}

#[derive(Debug, Config)]
#[config(prefix = "STORAGE_")]
#[expect(dead_code, reason = "only judged")]
enum Storage {
    Local {
        /// A directory.
        path: String,
    },
    Memory,
}

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    let (kind, host) = (("STORAGE_KIND", "memory"), ("HOST", "one.internal"));
    book.rows::<Settings>(
        "production",
        &[
            ("no kind", &[host]),
            ("a kind that nobody knows", &[host, ("STORAGE_KIND", "lokal")]),
            ("a setting of another kind", &[host, kind, ("STORAGE_PATH", "/data")]),
            ("none of several", &[kind]),
            ("two of several", &[kind, host, ("URL", "http://one.internal")]),
            ("one of two that belong together", &[kind, host, ("USER", "app")]),
        ],
    );
    book
}
