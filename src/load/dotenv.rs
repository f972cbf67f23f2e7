//! The file `.env`: read in Development and Test, never opened in Preview and Production.
//!
//! A parser of our own, for a value must keep its exact text and its line: the usual ones expand `$`, which a tenth of
//! strong passwords contain.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::secret_file;

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
    /// It is not UTF-8.
    NotText,
    /// A line is no `NAME=value`.
    Malformed {
        /// The line, from 1.
        line: u32,
        /// What is expected.
        expected: &'static str,
    },
}

/// The entries of one file, and every line that is none.
#[derive(Debug, Default)]
pub(super) struct Dotenv {
    pub(super) path: PathBuf,
    pub(super) entries: Vec<Entry>,
    pub(super) mistakes: Vec<Mistake>,
}

impl Dotenv {
    /// Reads a file.
    pub(super) fn read(path: PathBuf) -> Self {
        match content(&path) {
            Ok(text) => {
                let (entries, mistakes) = parse(&text);
                Self { path, entries, mistakes }
            }
            Err(mistake) => Self { path, entries: Vec::new(), mistakes: vec![mistake] },
        }
    }

    /// The last entry with a name, as a shell that reads the file would have it.
    pub(super) fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.name == name)
    }
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
    std::str::from_utf8(&bytes).map(|text| Zeroizing::new(text.to_owned())).map_err(|_| Mistake::NotText)
}

/// All entries, and all lines that are none.
fn parse(text: &str) -> (Vec<Entry>, Vec<Mistake>) {
    let (mut entries, mut mistakes) = (Vec::new(), Vec::new());
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut line = 1;
    while !rest.is_empty() {
        let (result, behind) = statement(rest, line);
        match result {
            Ok(Some(entry)) => entries.push(entry),
            Ok(None) => {}
            Err(expected) => mistakes.push(Mistake::Malformed { line, expected }),
        }
        let consumed = rest.len() - behind.len();
        let breaks = rest.get(..consumed).map_or(0, line_breaks);
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        rest = behind;
    }
    (entries, mistakes)
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

type Statement = Result<Option<Entry>, &'static str>;

/// One statement, and the text behind its line.
fn statement(text: &str, line: u32) -> (Statement, &str) {
    let (first, behind) = split_line(text);
    let trimmed = first.trim();
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return (Ok(None), behind);
    }
    let Some((name, _)) = first.split_once('=') else {
        return (Err("NAME=value"), behind);
    };
    let value = text.get(name.len() + 1..).unwrap_or_default();
    let name = name.trim();
    let name = name.strip_prefix("export ").unwrap_or(name).trim();
    if !is_name(name) {
        return (Err("a name of letters, digits and underscores before the ="), behind);
    }
    let entry = |value| Some(Entry { name: name.to_owned(), value, line });
    let start = value.trim_start_matches([' ', '\t']);
    match start.chars().next() {
        Some(quote @ ('\'' | '"')) => match quoted(start.get(1..).unwrap_or_default(), quote) {
            Ok((value, behind)) => (Ok(entry(value)), behind),
            Err(expected) => (Err(expected), behind),
        },
        _ => (Ok(entry(unquoted(split_line(value).0))), behind),
    }
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
            return if complete { Ok((value, behind)) } else { Err("nothing but a comment behind the closing quote") };
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
            ("A", Err("NAME=value")),
            ("A b=c", Err("a name of letters, digits and underscores before the =")),
            ("1A=c", Err("a name of letters, digits and underscores before the =")),
            ("=c", Err("a name of letters, digits and underscores before the =")),
            ("A='b", Err("a closing quote")),
            ("A=\"b\" c", Err("nothing but a comment behind the closing quote")),
        ] {
            let (entries, mistakes) = parse(text);
            let expected_mistake =
                expected.err().map(|expected| Mistake::Malformed { line: 1, expected }).into_iter().collect::<Vec<_>>();
            assert_eq!(mistakes, expected_mistake, "{text:?}");
            let value = entries.last().map(|entry| entry.value.as_str());
            assert_eq!(value, expected.ok(), "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_through_values_that_span_several() {
        let (entries, mistakes) = parse("A='one\ntwo'\nB=c\nnothing\nC=d");
        let lines: Vec<_> = entries.iter().map(|entry| (entry.name.as_str(), entry.line)).collect();
        assert_eq!(lines, [("A", 1), ("B", 3), ("C", 5)]);
        assert_eq!(mistakes, [Mistake::Malformed { line: 4, expected: "NAME=value" }]);
    }

    #[test]
    fn a_line_ends_with_each_of_the_three_line_breaks() {
        for text in ["A=1\nB=2\n\nC=3", "A=1\r\nB=2\r\n\r\nC=3", "A=1\rB=2\r\rC=3", "A='1'\rB=2 # c\r\nC\nC=3"] {
            let (entries, _) = parse(text);
            let found: Vec<_> = entries.iter().map(|entry| (&*entry.name, entry.value.as_str(), entry.line)).collect();
            assert_eq!(found, [("A", "1", 1), ("B", "2", 2), ("C", "3", 4)], "{text:?}");
        }
    }
}
