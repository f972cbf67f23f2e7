//! Files of other users. Only root can change the owner of a file, and only users other than root can lack permission to read
//! one.

use std::{
    os::unix::{
        fs::{MetadataExt as _, chown},
        process::CommandExt as _,
    },
    path::Path,
    process::Command,
};

use hardened::Loader;

use crate::{
    book::{Book, environment},
    mounted::{Settings, named},
    support::{KEY, Scratch},
};

/// The rules that only root can test.
pub(crate) const RULES: [&str; 3] = ["file-foreign-path", "file-foreign-owner", "file-unreadable"];

const OTHER: u32 = 4242;
const NOBODY: u32 = 65_534;
/// The variable that tells the child process which file to read.
const CHILD: &str = "HARDENED_TEST_RULES_OWNERS";
const MARK: &str = "report: ";

/// Returns whether this process can change the owner of files.
pub(crate) fn can_be_shown() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    if !can_be_shown() {
        return book;
    }
    for (name, directory, file) in [("a file of another user", 0, OTHER), ("a directory of another user", OTHER, 0)] {
        let scratch = Scratch::new();
        scratch.mode("", 0o755);
        book.hide(scratch.path().display(), "[directory]");
        let path = scratch.file("mounted/token", KEY);
        chown(&path, Some(file), None).unwrap();
        chown(path.parent().unwrap(), Some(directory), None).unwrap();
        book.load_in::<Settings>(name, named(&path));
    }
    unreadable(&mut book);
    book
}

/// Reads files in a child process that runs as the user nobody.
fn unreadable(book: &mut Book) {
    let scratch = Scratch::new();
    scratch.mode("", 0o755);
    book.hide(scratch.path().display(), "[directory]");
    let file = scratch.file("token", KEY);
    let inside = scratch.file("closed/token", KEY);
    scratch.mode("closed", 0o700);
    let configuration = scratch.file("hardened.toml", "");
    let foreign = scratch.file("foreign/token", KEY);
    chown(&foreign, Some(NOBODY), None).unwrap();
    chown(foreign.parent().unwrap(), Some(OTHER), None).unwrap();
    for (name, path) in [
        ("a file that only its owner can read", file),
        ("a closed directory", inside),
        ("a file in a directory of another user than root", foreign),
        ("a configuration that only its owner can read", configuration),
    ] {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["owners::child", "--exact", "--nocapture"]).env(CHILD, path).uid(NOBODY);
        let said = String::from_utf8(child.output().unwrap().stdout).unwrap();
        let report: Vec<_> = said.lines().filter_map(|line| line.strip_prefix(MARK)).collect();
        book.printed(name, &report.join("\n"));
    }
}

/// Does nothing except in the child process.
#[test]
#[expect(clippy::print_stdout, reason = "the parent reads it")]
fn child() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let path = Path::new(&path);
    let environment = if path.ends_with("hardened.toml") {
        environment("production", &[]).set("MAIL_TOKEN", KEY).working_directory(path.parent().unwrap())
    } else {
        named(path)
    };
    let refusal = Loader::new().environment(environment).load::<Settings>().unwrap_err();
    println!();
    refusal.report().to_string().lines().for_each(|line| println!("{MARK}{line}"));
}
