//! `hardened.toml` and providers that a service defines itself.

use std::os::unix::fs::symlink;

use figment::{
    Error, Figment, Metadata, Profile, Provider,
    providers::Serialized,
    value::{Dict, Map},
};
use hardened::{Config, Loader, SecretText};

use crate::{
    book::{Book, environment},
    support::Scratch,
};

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Settings {
    /// A port.
    #[config(default = 8080)]
    port: u16,
    /// Several.
    #[config(default = [])]
    peers: Vec<String>,
    /// A credential.
    token: Option<SecretText>,
    #[config(nested)]
    mailer: Mailer,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Mailer {
    /// Who sends.
    #[config(env = "MAIL_SENDER", default = "us")]
    sender: String,
}

#[rustfmt::skip]
const ROWS: &[(&str, &[u8])] = &[
    ("not a number", b"port = 0x"),
    ("no value", b"port ="),
    ("no equals sign", b"port"),
    ("a key twice", b"port = 1\nport = 2"),
    ("a bracket that is not closed", b"peers = [\"a\""),
    ("a leading zero", b"port = 080"),
    ("a carriage return alone", b"port = 1\rpeers = []"),
    ("a string that is not closed", b"peers = \"a"),
    ("a word without quotes", b"peers = a"),
    ("a bracket that was never opened", b"]"),
    ("no text", b"port = 1 # caf\xe9"),
    ("at the top and in the section of every tier", b"port = 1\n[default]\nport = 2"),
    ("a value for a group", b"mailer = 1"),
    ("a table for a value", b"port = { a = 1 }"),
    ("a list for a value", b"port = [1]"),
    ("a list in a list", b"peers = [[\"a\"]]"),
    ("a comma in an item", b"peers = [\"a,b\"]"),
    ("a slip in a key", b"prot = 1"),
    ("an unknown key", b"colour = 1"),
    ("a slip in a section", b"[mailr]\nsender = \"x\""),
    ("a section of a tier by its other name", b"[staging]\nport = 1"),
    ("a tier inside a group", b"[mailer.production]\nsender = \"x\""),
    ("an unknown section", b"[colours]\nred = 1"),
    ("a secret", b"token = \"q8ZxT3vB7nM1kL5jH9gF2dS6\""),
];

#[rustfmt::skip]
const SHARED: &[(&str, &[u8])] = &[
    ("a tier outside a service's section", b"[production]\nport = 1"),
    ("a key outside every section", b"port = 1"),
    ("a slip in the service's own section", b"[biling]\nport = 1"),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    for (name, content) in ROWS {
        load(&mut book, name, Loader::new(), |scratch| drop(scratch.file("hardened.toml", content)));
    }
    for (name, content) in SHARED {
        load(&mut book, name, Loader::new().section("billing"), |scratch| drop(scratch.file("hardened.toml", content)));
    }
    let deep = format!("peers = {}{}", "[".repeat(200), "]".repeat(200));
    let large = "#".repeat(1024 * 1024 + 1);
    load(&mut book, "too deep", Loader::new(), |scratch| drop(scratch.file("hardened.toml", &deep)));
    load(&mut book, "1 MiB and one byte", Loader::new(), |scratch| drop(scratch.file("hardened.toml", &large)));
    let link =
        |target: &'static str| move |scratch: &Scratch| symlink(target, scratch.path().join("hardened.toml")).unwrap();
    load(&mut book, "a link to nothing", Loader::new(), link("nowhere"));
    load(&mut book, "a device", Loader::new(), link("/dev/null"));
    load(&mut book, "a link to itself", Loader::new(), link("hardened.toml"));
    let provider = |key: &'static str| Loader::new().figment(Figment::from(Serialized::default(key, "x")));
    load(&mut book, "a provider that fails", Loader::new().figment(Failing), |_| {});
    load(&mut book, "a secret from a provider", provider("token"), |_| {});
    load(&mut book, "a slip in a provider's key", provider("peer"), |_| {});
    book
}

fn load(book: &mut Book, name: &str, loader: Loader, prepare: impl FnOnce(&Scratch)) {
    let scratch = Scratch::new();
    prepare(&scratch);
    book.hide(scratch.path().display(), "[directory]");
    book.load::<Settings>(name, loader.environment(environment("production", &[]).working_directory(scratch.path())));
}

/// A provider that fails.
struct Failing;

impl Provider for Failing {
    fn metadata(&self) -> Metadata {
        Metadata::named("store")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Err(Error::from("postgres://user:hunter2@store".to_owned()))
    }
}
