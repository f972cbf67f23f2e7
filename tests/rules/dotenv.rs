//! `.env` in Development and Test, and in tiers that ignore it.

use std::os::unix::fs::symlink;

use hardened::Config;

use crate::{
    book::{Book, environment},
    support::Scratch,
};

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Settings {
    /// A text.
    #[config(default = "text")]
    text: String,
    /// Another.
    #[config(default = "text")]
    other: String,
}

#[rustfmt::skip]
const ROWS: &[(&str, &[u8])] = &[
    ("not a line", b"!TEXT"),
    ("not a name", b"1TEXT=x"),
    ("a command with the name of a setting", b"unset TEXT"),
    ("a conflict that was not resolved", b"<<<<<<< main\nTEXT=x"),
    ("a name with a foreign letter", "T\u{415}XT=x".as_bytes()),
    ("commands of a shell", b"source .env.common\nunset CDPATH\n[shop]"),
    ("a bare name of a setting", b"TEXT"),
    ("a quote that is not closed", b"TEXT='x"),
    ("text behind a quote", b"TEXT='x' y"),
    ("a name twice", b"TEXT=x\nTEXT=y"),
    ("a name twice, with a CR alone between", b"TEXT=x\rTEXT=y"),
    ("lines for other programs", b"discovery.type=single-node\nPOSTGRES_DB=shop"),
    ("one line for another program", b"COMPOSE_PROJECT_NAME=shop"),
    ("many lines for other programs", b"A1=\nA2=\nA3=\nA4=\nA5=\nA6=\nA7=\nA8=\nA9=\nA10=\nA11="),
    ("a reference", b"TEXT=${NAME}x"),
    ("the tier", b"ENVIRONMENT=production"),
    ("UTF-16", b"\xff\xfeT\0E\0X\0T\0=\0x\0"),
    ("Latin-1", b"# caf\xe9\nTEXT=x"),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    for (name, content) in ROWS {
        load(&mut book, name, "development", |scratch| drop(scratch.file(".env", content)));
    }
    let large = vec![b'#'; 1024 * 1024 + 1];
    load(&mut book, "1 MiB and one byte", "development", |scratch| drop(scratch.file(".env", &large)));
    load(&mut book, "a device", "development", |scratch| symlink("/dev/null", scratch.path().join(".env")).unwrap());
    load(&mut book, "in production", "production", |scratch| drop(scratch.file(".env", "TEXT=x")));
    load(&mut book, "above a refused production", "prodution", |scratch| {
        scratch.file("Cargo.lock", "");
        scratch.file(".env", "TEXT=x");
        scratch.file("api/Cargo.toml", "");
    });
    book
}

/// Loads in a directory, or in its subdirectory `api` if there is one.
fn load(book: &mut Book, name: &str, tier: &str, prepare: impl FnOnce(&Scratch)) {
    let scratch = Scratch::new();
    prepare(&scratch);
    book.hide(scratch.path().display(), "[directory]");
    let inner = scratch.path().join("api");
    let directory = if inner.exists() { inner } else { scratch.path().to_owned() };
    book.load_in::<Settings>(name, environment(tier, &[]).working_directory(directory));
}
