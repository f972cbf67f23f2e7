//! Secrets in files, and files that others can read or change.

use std::{os::unix::fs::symlink, path::Path, process::Command};

use hardened::{Config, Loader, SecretText};

use crate::{
    book::{Book, environment},
    support::{KEY, Scratch},
};

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
pub(crate) struct Settings {
    /// A token of another service.
    mail_token: SecretText,
}

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    let scratch = Scratch::new();
    scratch.mode("", 0o755);
    book.hide(scratch.path().display(), "[directory]");
    for (name, path) in [
        ("a secret instead of a path", KEY.into()),
        ("a file that does not exist", scratch.path().join("nothing")),
        ("a link to itself", linked(&scratch)),
        ("a directory", scratch.path().to_owned()),
        ("a pipe", pipe(&scratch)),
        ("64 KiB and one byte", scratch.file("large", vec![b'x'; 64 * 1024 + 1])),
        ("no text", scratch.file("bytes", [0xff, 0xfe, 0x41])),
        ("an empty file", scratch.file("empty", "")),
    ] {
        load(&mut book, name, &path);
    }
    let path = scratch.file("mounted/token", KEY);
    book.load_in::<Settings>("a variable and its file", named(&path).set("MAIL_TOKEN", KEY));
    for (name, what, mode) in [
        ("a file that anyone can read", "mounted/token", 0o604),
        ("a file that anyone can write", "mounted/token", 0o602),
        ("a directory that anyone can write", "mounted", 0o777),
    ] {
        scratch.mode(what, mode);
        load(&mut book, name, &path);
        scratch.mode(what, if what == "mounted" { 0o755 } else { 0o600 });
    }
    book.hide(format!("group {}", group(&path)), "group [group]");
    scratch.mode("mounted/token", 0o620);
    load(&mut book, "a file that a group can write", &path);
    scratch.mode("mounted/token", 0o600);
    directories(&mut book, &scratch);
    book
}

/// Loads from secret directories that do not exist or are not directories, and from two that hold the same secret.
fn directories(book: &mut Book, scratch: &Scratch) {
    let token = environment("production", &[("MAIL_TOKEN", KEY)]);
    for (name, path) in [
        ("a directory that does not exist", Path::new("/nonexistent")),
        ("a directory that is a file", &scratch.file("file", "")),
        ("a relative directory", Path::new("secrets")),
    ] {
        book.load::<Settings>(name, Loader::new().environment(token.clone()).secret_directory(path));
    }
    scratch.file("one/mail_token", KEY);
    scratch.file("two/mail-token", "q8ZxT3vB7nM1kL5jH9gF2dS6");
    let loader = Loader::new().environment(environment("production", &[]));
    let loader = loader.secret_directory(scratch.path().join("one")).secret_directory(scratch.path().join("two"));
    book.load::<Settings>("two directories with one secret", loader);
}

pub(crate) fn named(path: &Path) -> hardened::Environment {
    environment("production", &[]).set("MAIL_TOKEN_FILE", path)
}

fn load(book: &mut Book, name: &str, path: &Path) {
    book.load_in::<Settings>(name, named(path));
}

fn linked(scratch: &Scratch) -> std::path::PathBuf {
    let path = scratch.path().join("loop");
    symlink(&path, &path).unwrap();
    path
}

fn pipe(scratch: &Scratch) -> std::path::PathBuf {
    let path = scratch.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}

fn group(path: &Path) -> u32 {
    std::os::unix::fs::MetadataExt::gid(&path.metadata().unwrap())
}
