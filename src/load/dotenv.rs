//! The file `.env`: read in Development and Test, never opened in Preview and Production.
//!
//! A parser of our own, for a value must keep its exact text and its line: the usual ones expand `$`, which a tenth of
//! strong passwords contain.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::secret_file;
use crate::Environment;

/// The longest file that is read, in bytes.
const MAX_BYTES: usize = 1024 * 1024;

/// One line `NAME=value`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) value: Zeroizing<String>,
    pub(super) line: u32,
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

/// A line that another program may read: a bare name, `NAME: value`, a name with a dot or a hyphen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// What would be the name.
    pub(super) name: String,
    pub(super) line: u32,
}

/// The entries of one file, and every line that is none.
#[derive(Debug, Default)]
pub(super) struct Dotenv {
    pub(super) path: PathBuf,
    pub(super) entries: Vec<Entry>,
    pub(super) foreign: Vec<Foreign>,
    pub(super) mistakes: Vec<Mistake>,
    /// Whether nothing of it could be read.
    pub(super) is_broken: bool,
}

impl Dotenv {
    /// Reads a file.
    pub(super) fn read(path: PathBuf) -> Self {
        match content(&path) {
            Ok(text) => Self { path, ..parse(&text) },
            Err(mistake) => Self { path, mistakes: vec![mistake], is_broken: true, ..Self::default() },
        }
    }

    /// The last entry with a name, as a shell that reads the file would have it.
    pub(super) fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.name == name)
    }
}

/// The variables of a file, and nothing else: what a platform would be given.
///
/// # Errors
///
/// When the file cannot be read, or a line of it cannot.
pub(crate) fn dotenv_environment(path: &Path) -> Result<Environment, &'static str> {
    let mut file = Dotenv::read(path.to_owned());
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
    let mut file = secret_file::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Mistake::Unreadable);
    }
    let bytes = secret_file::content(&mut file, &metadata, MAX_BYTES).map_err(unreadable)?;
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
fn parse(text: &str) -> Dotenv {
    let mut file = Dotenv::default();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut line = 1;
    while !rest.is_empty() {
        let (result, behind) = statement(rest, line);
        match result {
            Ok(Statement::Entry(entry)) => file.entries.push(entry),
            Ok(Statement::Foreign(name)) => file.foreign.push(Foreign { name, line }),
            Ok(Statement::Nothing) => {}
            Err(expected) => file.mistakes.push(Mistake::Malformed { line, expected }),
        }
        let consumed = rest.len() - behind.len();
        let breaks = rest.get(..consumed).map_or(0, line_breaks);
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        rest = behind;
    }
    file
}

/// The first line, and the text behind it. A line ends with LF, with CR LF, or with CR alone, as old editors write it:
/// two lines taken for one would put the second value into the first.
fn split_line(text: &str) -> (&str, &str) {
    let Some(end) = text.find(['\r', '\n']) else { return (text, "") };
    let (line, rest) = text.split_at(end);
    (line, rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default())
}

fn line_breaks(text: &str) -> usize {
    text.matches(['\r', '\n']).count() - text.matches("\r\n").count()
}

/// What one line is.
enum Statement {
    Nothing,
    Entry(Entry),
    Foreign(String),
}

/// One statement, and the text behind its line.
fn statement(text: &str, line: u32) -> (Result<Statement, &'static str>, &str) {
    let (first, behind) = split_line(text);
    let trimmed = first.trim();
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return (Ok(Statement::Nothing), behind);
    }
    let Some((before, _)) = first.split_once('=') else {
        let name = without_export(trimmed).split(':').next().unwrap_or_default().trim();
        return (foreign(name).ok_or("NAME=value"), behind);
    };
    let value = text.get(before.len() + 1..).unwrap_or_default();
    let name = without_export(before.trim());
    if !is_name(name) {
        // A colon in front of the first `=` is YAML: `NAME: a=b`.
        let name = name.split(':').next().unwrap_or_default().trim();
        return (foreign(name).ok_or("a name of letters, digits and underscores before the ="), behind);
    }
    let entry = |value| Ok(Statement::Entry(Entry { name: name.to_owned(), value, line }));
    let start = value.trim_start_matches([' ', '\t']);
    match start.chars().next() {
        Some(quote @ ('\'' | '"')) => match quoted(start.get(1..).unwrap_or_default(), quote) {
            Ok((value, behind)) => (entry(value), behind),
            Err(expected) => (Err(expected), behind),
        },
        _ => (entry(unquoted(split_line(value).0)), behind),
    }
}

fn without_export(name: &str) -> &str {
    let behind = name.strip_prefix("export").filter(|behind| behind.starts_with([' ', '\t']));
    behind.unwrap_or(name).trim()
}

/// A name that another program may know: with dots and hyphens, as Java, Elasticsearch and HTTP have them.
fn foreign(name: &str) -> Option<Statement> {
    let plain = |symbol: char| symbol.is_ascii_alphanumeric() || matches!(symbol, '_' | '.' | '-');
    let is_one =
        name.starts_with(|symbol: char| symbol.is_ascii_alphabetic() || symbol == '_') && name.chars().all(plain);
    is_one.then(|| Statement::Foreign(name.to_owned()))
}

fn is_name(name: &str) -> bool {
    let plain = |symbol: char| symbol.is_ascii_alphanumeric() || symbol == '_';
    name.chars().all(plain) && name.starts_with(|symbol: char| !symbol.is_ascii_digit())
}

/// A value without quotes: up to a `#` behind white space, without the white space around it.
fn unquoted(value: &str) -> Zeroizing<String> {
    let comment = value
        .char_indices()
        .zip(value.chars().skip(1))
        .find_map(|((at, before), symbol)| (symbol == '#' && before.is_whitespace()).then_some(at));
    let value = comment.and_then(|at| value.get(..at)).unwrap_or(value);
    Zeroizing::new(value.trim().to_owned())
}

/// A value in quotes, which may span lines, and the text behind its last line. In single quotes everything is literal;
/// in double quotes `\n`, `\r`, `\t`, `\"` and `\\` are escapes, and every other backslash is itself.
fn quoted(text: &str, quote: char) -> Result<(Zeroizing<String>, &str), &'static str> {
    // Room for all of it, so that no copy is left behind by growing.
    let mut value = Zeroizing::new(String::with_capacity(text.len()));
    let mut symbols = text.char_indices().peekable();
    while let Some((at, symbol)) = symbols.next() {
        if symbol == quote {
            let rest = text.get(at + symbol.len_utf8()..).unwrap_or_default();
            let (tail, behind) = split_line(rest);
            let tail = tail.trim();
            let complete = tail.is_empty() || tail.starts_with('#');
            return if complete { Ok((value, behind)) } else { Err("only a comment after the closing quote") };
        }
        let escaped = (symbol == '\\' && quote == '"').then(|| symbols.peek().and_then(|(_, next)| unescape(*next)));
        match escaped.flatten() {
            Some(meant) => {
                symbols.next();
                value.push(meant);
            }
            None => value.push(symbol),
        }
    }
    Err("a closing quote")
}

fn unescape(symbol: char) -> Option<char> {
    Some(match symbol {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '"' | '\\' => symbol,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_a_line_has_one_meaning() {
        for (text, expected) in [
            ("A=b", Ok("b")),
            ("A=", Ok("")),
            ("export A=b", Ok("b")),
            ("  A = b  ", Ok("b")),
            ("A=b\r\n", Ok("b")),
            ("A=b\r", Ok("b")),
            ("B=c\rA=b\r", Ok("b")),
            ("B='c'\rA=b", Ok("b")),
            ("# c\rA=b", Ok("b")),
            ("A=\"two\rlines\"", Ok("two\rlines")),
            ("\u{feff}A=b", Ok("b")),
            ("# first\n\nA=b", Ok("b")),
            ("A=b # comment", Ok("b")),
            ("A=b#no-comment", Ok("b#no-comment")),
            ("A= # comment", Ok("")),
            ("A=#b", Ok("#b")),
            ("A=a=b==", Ok("a=b==")),
            ("A=$HOME ${B} $(c)", Ok("$HOME ${B} $(c)")),
            ("A=a\\nb", Ok("a\\nb")),
            ("A=it's", Ok("it's")),
            ("A='b # c' # d", Ok("b # c")),
            ("A='a\\nb$C'", Ok("a\\nb$C")),
            ("A=\"a\\nb\\t\\\"\\\\\\$\"", Ok("a\nb\t\"\\\\$")),
            ("A=\"two\nlines\"", Ok("two\nlines")),
            ("A=\"  spaces  \"", Ok("  spaces  ")),
            ("A=0012345", Ok("0012345")),
            ("A=[1,2]", Ok("[1,2]")),
            ("A=ünïcödé", Ok("ünïcödé")),
            ("A=1\nA=2", Ok("2")),
            ("export\tA=b", Ok("b")),
            ("exported=1\nA=b", Ok("b")),
            ("!A", Err("NAME=value")),
            ("A b=c", Err("a name of letters, digits and underscores before the =")),
            ("1A=c", Err("a name of letters, digits and underscores before the =")),
            ("=c", Err("a name of letters, digits and underscores before the =")),
            ("A='b", Err("a closing quote")),
            ("A=\"b\" c", Err("only a comment after the closing quote")),
        ] {
            let Dotenv { entries, mistakes, .. } = parse(text);
            let expected_mistake =
                expected.err().map(|expected| Mistake::Malformed { line: 1, expected }).into_iter().collect::<Vec<_>>();
            assert_eq!(mistakes, expected_mistake, "{text:?}");
            let value = entries.last().map(|entry| entry.value.as_str());
            assert_eq!(value, expected.ok(), "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_through_values_that_span_several() {
        let Dotenv { entries, mistakes, .. } = parse("A='one\ntwo'\nB=c\nno thing\nC=d");
        let lines: Vec<_> = entries.iter().map(|entry| (entry.name.as_str(), entry.line)).collect();
        assert_eq!(lines, [("A", 1), ("B", 3), ("C", 5)]);
        assert_eq!(mistakes, [Mistake::Malformed { line: 4, expected: "NAME=value" }]);
    }

    #[test]
    fn a_line_for_another_program_is_passed_over() {
        for (text, name) in [
            ("discovery.type=single-node", "discovery.type"),
            ("X-Client-Id=abc", "X-Client-Id"),
            ("COMPOSE_PROJECT_NAME", "COMPOSE_PROJECT_NAME"),
            ("export PATH", "PATH"),
            ("OPTION_A: 1", "OPTION_A"),
            ("OPTION_A: a=b", "OPTION_A"),
        ] {
            let Dotenv { entries, foreign, mistakes, .. } = parse(text);
            assert_eq!((entries.len(), mistakes.len()), (0, 0), "{text}");
            assert_eq!(foreign, [Foreign { name: name.to_owned(), line: 1 }], "{text}");
        }
    }

    #[test]
    fn a_line_ends_with_each_of_the_three_line_breaks() {
        for text in ["A=1\nB=2\n\nC=3", "A=1\r\nB=2\r\n\r\nC=3", "A=1\rB=2\r\rC=3", "A='1'\rB=2 # c\r\nD\nC=3"] {
            let Dotenv { entries, .. } = parse(text);
            let found: Vec<_> = entries.iter().map(|entry| (&*entry.name, entry.value.as_str(), entry.line)).collect();
            assert_eq!(found, [("A", "1", 1), ("B", "2", 2), ("C", "3", 4)], "{text:?}");
        }
    }
}
