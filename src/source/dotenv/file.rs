//! Reads one `.env` file.

use std::path::{Path, PathBuf};

use hardened_core::dotenv::{Meaning, statements};
use zeroize::Zeroizing;

use crate::source::{bounded_file, environment::Environment};

/// The maximum size of the file, in bytes.
const MAX_BYTES: usize = 1024 * 1024;

/// A line `NAME=value`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) value: Zeroizing<String>,
    pub(super) line: u32,
    /// Whether every program reads the value literally.
    pub(super) is_literal: bool,
}

/// What is wrong with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mistake {
    /// The file cannot be opened, or is not a regular file.
    Unreadable,
    /// The file is longer than [`MAX_BYTES`].
    TooLarge,
    /// The file is not UTF-8. Contains what it probably is.
    NotText(&'static str),
    /// A line is not `NAME=value`.
    Malformed {
        /// The line number, counted from 1.
        line: u32,
        /// What is expected.
        expected: &'static str,
    },
}

/// A line that may be for another program: a bare name, `NAME: value`, a name with a dot, a shell command.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    pub(super) line: u32,
    /// What is expected if the line was meant for this service.
    pub(super) expected: &'static str,
    /// The text in place of the name. It may be a part of a secret.
    name: Zeroizing<String>,
}

impl Foreign {
    /// Returns the words of the text in place of the name.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let is_between = |symbol: char| !symbol.is_ascii_alphanumeric() && !matches!(symbol, '_' | '.' | '-');
        self.name.split(is_between)
    }
}

/// The entries of one file, and every line that is not an entry.
#[derive(Debug, Default)]
pub(super) struct DotenvFile {
    pub(super) path: PathBuf,
    pub(super) entries: Vec<Entry>,
    pub(super) foreign: Vec<Foreign>,
    pub(super) mistakes: Vec<Mistake>,
    /// Whether the file could not be read at all.
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

/// Reads only the variables of a file, as a platform would set them.
///
/// # Errors
///
/// Returns an error if the file or one of its lines cannot be read.
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

/// Returns what a file that is not UTF-8 probably is.
fn encoding(bytes: &[u8]) -> &'static str {
    let is_utf_16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.contains(&0);
    if is_utf_16 { "UTF-16, as PowerShell writes it" } else { "another encoding, such as Latin-1" }
}

/// Collects all entries, and all lines that are not entries.
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
