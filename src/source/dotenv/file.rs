//! One file `.env`, read as a whole.

use std::path::{Path, PathBuf};

use hardened_core::dotenv::{Meaning, statements};
use zeroize::Zeroizing;

use crate::source::{bounded_file, environment::Environment};

/// The longest file that is read, in bytes.
const MAX_BYTES: usize = 1024 * 1024;

/// One line `NAME=value`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) value: Zeroizing<String>,
    pub(super) line: u32,
    /// Whether every program takes the value literally.
    pub(super) is_literal: bool,
}

/// What is wrong with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mistake {
    /// It cannot be opened, or is not a regular file.
    Unreadable,
    /// It is longer than [`MAX_BYTES`].
    TooLarge,
    /// It is not UTF-8, and what it probably is instead.
    NotText(&'static str),
    /// A line is not `NAME=value`.
    Malformed {
        /// The line, from 1.
        line: u32,
        /// What is expected.
        expected: &'static str,
    },
}

/// A line that another program may read: a bare name, `NAME: value`, a name with a dot, a command of a shell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    pub(super) line: u32,
    /// What is expected if it was meant for this service.
    pub(super) expected: &'static str,
    /// The text in the place of the name: it may be a part of a secret.
    name: Zeroizing<String>,
}

impl Foreign {
    /// The words of what stands where the name would.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let is_between = |symbol: char| !symbol.is_ascii_alphanumeric() && !matches!(symbol, '_' | '.' | '-');
        self.name.split(is_between)
    }
}

/// The entries of one file, and every line that is none.
#[derive(Debug, Default)]
pub(super) struct DotenvFile {
    pub(super) path: PathBuf,
    pub(super) entries: Vec<Entry>,
    pub(super) foreign: Vec<Foreign>,
    pub(super) mistakes: Vec<Mistake>,
    /// Whether nothing of it could be read.
    pub(super) is_broken: bool,
}

impl DotenvFile {
    /// Reads a file.
    pub(super) fn read(path: PathBuf) -> Self {
        match content(&path) {
            Ok(text) => Self { path, ..parse(&text) },
            Err(mistake) => Self { path, mistakes: vec![mistake], is_broken: true, ..Self::default() },
        }
    }
}

/// The variables of a file, and nothing else: what a platform would be given.
///
/// # Errors
///
/// When the file cannot be read, or a line of it cannot.
pub(crate) fn environment_of(path: &Path) -> Result<Environment, &'static str> {
    let mut file = DotenvFile::read(path.to_owned());
    match file.mistakes.first() {
        None => {}
        Some(Mistake::Unreadable) => return Err("--env-file: cannot be opened, or is not a regular file"),
        Some(Mistake::TooLarge) => return Err("--env-file: longer than 1 MiB"),
        Some(Mistake::NotText(_)) => return Err("--env-file: not UTF-8 text"),
        Some(Mistake::Malformed { .. }) => return Err("--env-file: a line is not NAME=value"),
    }
    let variables = file.entries.iter_mut().map(|entry| (entry.name.clone(), std::mem::take(&mut *entry.value)));
    Ok(variables.collect())
}

fn content(path: &Path) -> Result<Zeroizing<String>, Mistake> {
    let unreadable = |_| Mistake::Unreadable;
    let mut file = bounded_file::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Mistake::Unreadable);
    }
    let bytes = bounded_file::content(&mut file, &metadata, MAX_BYTES).map_err(unreadable)?;
    let bytes = bytes.ok_or(Mistake::TooLarge)?;
    let text = std::str::from_utf8(&bytes).ok().filter(|text| !text.contains('\0'));
    text.map(|text| Zeroizing::new(text.to_owned())).ok_or_else(|| Mistake::NotText(encoding(&bytes)))
}

/// What a file that is not UTF-8 probably is.
fn encoding(bytes: &[u8]) -> &'static str {
    let is_utf_16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.contains(&0);
    if is_utf_16 { "UTF-16, as PowerShell writes it" } else { "another encoding, such as Latin-1" }
}

/// All entries, and all lines that are none.
fn parse(text: &str) -> DotenvFile {
    let mut file = DotenvFile::default();
    for statement in statements(text) {
        let line = statement.line;
        match statement.meaning {
            Meaning::Entry { name, value, is_literal } => {
                file.entries.push(Entry { name: name.to_owned(), value, line, is_literal });
            }
            Meaning::Foreign { name, expected } => {
                file.foreign.push(Foreign { line, expected, name: Zeroizing::new(name.to_owned()) });
            }
            Meaning::Malformed { expected } => file.mistakes.push(Mistake::Malformed { line, expected }),
            _ => {}
        }
    }
    file
}
