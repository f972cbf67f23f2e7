//! A parser for `.env` files.
//!
//! `hardened` has its own parser because a value must keep its exact text and its line number. Other parsers expand `$`,
//! which one in ten strong passwords contains.

use zeroize::Zeroizing;

/// The file that holds environment variables.
pub const FILE: &str = ".env";

/// The file whose variables override those of [`FILE`].
pub const LOCAL_FILE: &str = ".env.local";

/// The configuration file that overrides the shared `hardened.toml`.
pub const LOCAL_TOML: &str = "hardened.local.toml";

/// The files that belong to one developer's machine, which git must ignore.
pub const OWN_FILES: [&str; 3] = [FILE, LOCAL_FILE, LOCAL_TOML];

/// The comment in an `.env.example` that follows the name of the tier variable.
pub const TIER_NOTE: &str =
    " is not set here: it decides whether this file is read. If it is not set, production's rules apply.";

/// Returns the variable that names the tier of a service, according to its `.env.example`.
#[must_use]
pub fn tier_variable(example: &str) -> Option<&str> {
    let names = example.lines().filter_map(|line| line.trim().strip_prefix('#')?.strip_suffix(TIER_NOTE));
    names.map(str::trim).find(|name| is_name(name))
}

/// A statement of a `.env` file: one line, or several if a quoted value spans them.
///
/// It does not implement `Debug`, because its text can hold a secret.
pub struct Statement<'a> {
    /// The number of its first line, from 1.
    pub line: u32,
    /// The text of the statement, with the line break at its end.
    pub text: &'a str,
    /// The meaning of the text.
    pub meaning: Meaning<'a>,
}

/// The meaning of a [`Statement`].
#[derive(PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning<'a> {
    /// A blank line or a comment.
    Nothing,
    /// `NAME=value`.
    Entry {
        /// The name of the variable.
        name: &'a str,
        /// The value without its quotes; wiped when dropped.
        value: Zeroizing<String>,
        /// Whether the value is in single quotes, so that every program reads it literally.
        is_literal: bool,
    },
    /// A line that may be meant for another program: a bare name, `NAME: value`, a name with a dot, or a shell command.
    Foreign {
        /// The text at the position of the name.
        name: &'a str,
        /// What this parser expects instead, as a noun phrase.
        expected: &'static str,
    },
    /// A line that no known program accepts.
    Malformed {
        /// What the parser expects, as a noun phrase.
        expected: &'static str,
    },
}

/// Returns an iterator over the statements of a `.env` file; skips a byte order mark.
///
/// A line ends with LF, CR LF, or CR alone, as old editors write it: reading two lines as one would append the second
/// variable to the first value. An unquoted value ends before a `#` that follows white space. Single quotes make everything
/// literal; in double quotes, `\n`, `\r`, `\t`, `\"` and `\\` are escapes. Variables are not expanded.
///
/// ```
/// use hardened_core::dotenv::{Meaning, statements};
///
/// let read = |text| match statements(text).next().map(|statement| statement.meaning) {
///     Some(Meaning::Entry { value, .. }) => value.to_string(),
///     _ => String::new(),
/// };
/// assert_eq!(read("PASSWORD=pa$$word # of the database\n"), "pa$$word");
/// ```
#[must_use]
pub fn statements(text: &str) -> Statements<'_> {
    Statements { rest: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1 }
}

/// An iterator over the statements of a file; see [`statements`].
pub struct Statements<'a> {
    rest: &'a str,
    line: u32,
}

impl<'a> Iterator for Statements<'a> {
    type Item = Statement<'a>;

    fn next(&mut self) -> Option<Statement<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (meaning, behind) = statement(self.rest);
        let text = self.rest.get(..self.rest.len() - behind.len()).unwrap_or_default();
        let line = self.line;
        self.line = line.saturating_add(u32::try_from(line_breaks(text)).unwrap_or(u32::MAX));
        self.rest = behind;
        Some(Statement { line, text, meaning })
    }
}

/// Splits off the first line, without its line break.
fn split_line(text: &str) -> (&str, &str) {
    let Some(end) = text.find(['\r', '\n']) else { return (text, "") };
    let (line, rest) = text.split_at(end);
    (line, rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default())
}

fn line_breaks(text: &str) -> usize {
    text.matches(['\r', '\n']).count() - text.matches("\r\n").count()
}

/// Parses the first statement; also returns the text after its last line.
fn statement(text: &str) -> (Meaning<'_>, &str) {
    let malformed = |expected| Meaning::Malformed { expected };
    let (first, behind) = split_line(text);
    let trimmed = first.trim();
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return (Meaning::Nothing, behind);
    }
    let Some((before, _)) = first.split_once('=') else {
        let name = without_export(trimmed).split(':').next().unwrap_or_default().trim();
        return (other(name, "NAME=value", false), behind);
    };
    let value = text.get(before.len() + 1..).unwrap_or_default();
    let name = without_export(before.trim());
    if !is_name(name) {
        // A colon before the first `=` suggests YAML: `NAME: a=b`.
        let name = name.split(':').next().unwrap_or_default().trim();
        let expected = "a name of letters, digits and underscores before the =";
        return (other(name, expected, true), behind);
    }
    let start = value.trim_start_matches([' ', '\t']);
    let entry = |value| Meaning::Entry { name, value, is_literal: start.starts_with('\'') };
    match start.chars().next() {
        Some(quote @ ('\'' | '"')) => match quoted(start.get(1..).unwrap_or_default(), quote) {
            Ok((value, behind)) => (entry(value), behind),
            Err(expected) => (malformed(expected), behind),
        },
        _ => (entry(unquoted(split_line(value).0)), behind),
    }
}

fn without_export(name: &str) -> &str {
    let behind = name.strip_prefix("export").filter(|behind| behind.starts_with([' ', '\t']));
    behind.unwrap_or(name).trim()
}

/// Words that begin a command in a file that is also read by a shell.
const COMMANDS: [&str; 15] = [
    "alias", "cd", "declare", "do", "done", "echo", "else", "eval", "fi", "if", "set", "source", "then", "ulimit",
    "unset",
];

/// Classifies a line that is not an entry. Another program may know a name with dots and hyphens (Java, HTTP), `names[]=a`,
/// `[section]` or `source file`.
///
/// Every other line is a mistake: the rest of an unquoted value, a merge conflict marker, a lookalike letter.
fn other<'a>(name: &'a str, expected: &'static str, is_assigned: bool) -> Meaning<'a> {
    let begins = name.starts_with(|symbol: char| symbol.is_ascii_alphabetic() || symbol == '_');
    let is_foreign = match name.split_once([' ', '\t']) {
        None if name.starts_with('[') && name.ends_with(']') => true,
        _ if is_assigned => begins && name.chars().all(|symbol| symbol == '\t' || (' '..='~').contains(&symbol)),
        Some((first, _)) => COMMANDS.contains(&first),
        None => {
            begins && name.chars().all(|symbol| symbol.is_ascii_alphanumeric() || matches!(symbol, '_' | '.' | '-'))
        }
    };
    if is_foreign { Meaning::Foreign { name, expected } } else { Meaning::Malformed { expected } }
}

fn is_name(name: &str) -> bool {
    let plain = |symbol: char| symbol.is_ascii_alphanumeric() || symbol == '_';
    name.chars().all(plain) && name.starts_with(|symbol: char| !symbol.is_ascii_digit())
}

/// Returns an unquoted value: trimmed, and without a comment, which is a `#` after white space and what follows it.
fn unquoted(value: &str) -> Zeroizing<String> {
    let comment = value
        .char_indices()
        .zip(value.chars().skip(1))
        .find_map(|((at, before), symbol)| (symbol == '#' && before.is_whitespace()).then_some(at));
    let value = comment.and_then(|at| value.get(..at)).unwrap_or(value);
    Zeroizing::new(value.trim().to_owned())
}

/// Parses a quoted value, which may span lines; also returns the text after its last line.
fn quoted(text: &str, quote: char) -> Result<(Zeroizing<String>, &str), &'static str> {
    // The full capacity, so that the string never grows and leaves an unwiped copy behind.
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

    /// Every entry, foreign or malformed statement, with its name and line.
    fn read(text: &str) -> Vec<(&str, String, u32)> {
        fn told(Statement { line, meaning, .. }: Statement<'_>) -> Option<(&str, String, u32)> {
            match meaning {
                Meaning::Nothing => None,
                Meaning::Entry { name, value, .. } => Some((name, value.to_string(), line)),
                Meaning::Foreign { name, .. } => Some(("foreign", name.to_owned(), line)),
                Meaning::Malformed { expected } => Some(("malformed", expected.to_owned(), line)),
            }
        }
        statements(text).filter_map(told).collect()
    }

    #[test]
    fn the_texts_of_all_statements_are_the_whole_text() {
        for text in ["", "A=b", "A='one\ntwo' # c\r\n\r# d\nB", "\u{feff}A=b\n\n"] {
            let texts: String = statements(text).map(|statement| statement.text).collect();
            assert_eq!(texts, text.trim_start_matches('\u{feff}'), "{text:?}");
        }
    }

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
            ("no thing", Err("NAME=value")),
            (">>>>>>> main", Err("NAME=value")),
            ("-----END PRIVATE KEY-----", Err("NAME=value")),
            ("1A=c", Err("a name of letters, digits and underscores before the =")),
            ("\u{200b}A", Err("NAME=value")),
            ("\u{410}=c", Err("a name of letters, digits and underscores before the =")),
            ("=======", Err("a name of letters, digits and underscores before the =")),
            ("=c", Err("a name of letters, digits and underscores before the =")),
            ("A='b", Err("a closing quote")),
            ("A=\"b\" c", Err("only a comment after the closing quote")),
        ] {
            let read = read(text);
            let mistakes: Vec<_> = read.iter().filter(|(what, ..)| *what == "malformed").collect();
            let expected_mistake: Vec<_> =
                expected.err().map(|expected| ("malformed", expected.to_owned(), 1)).into_iter().collect();
            assert_eq!(mistakes, expected_mistake.iter().collect::<Vec<_>>(), "{text:?}");
            let value = read.iter().rev().find(|(what, ..)| *what != "malformed").map(|(_, value, _)| value.as_str());
            assert_eq!(value, expected.ok(), "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_through_values_that_span_several() {
        let lines: Vec<_> =
            read("A='one\ntwo'\nB=c\nno thing\nC=d").into_iter().map(|(what, _, line)| (what, line)).collect();
        assert_eq!(lines, [("A", 1), ("B", 3), ("malformed", 4), ("C", 5)]);
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
            ("source .env.common", "source .env.common"),
            ("[section]", "[section]"),
            ("unset CDPATH", "unset CDPATH"),
            ("names[]=a", "names[]"),
            ("PATH+=:/opt", "PATH+"),
            ("alias run=start", "alias run"),
            ("A b=c", "A b"),
        ] {
            assert_eq!(read(text), [("foreign", name.to_owned(), 1)], "{text}");
        }
    }

    #[test]
    fn a_line_ends_with_each_of_the_three_line_breaks() {
        for text in ["A=1\nB=2\n\nC=3", "A=1\r\nB=2\r\n\r\nC=3", "A=1\rB=2\r\rC=3", "A='1'\rB=2 # c\r\nD\nC=3"] {
            let found: Vec<_> = read(text).into_iter().filter(|(what, ..)| *what != "foreign").collect();
            let expected = [("A", "1", 1), ("B", "2", 2), ("C", "3", 4)];
            assert_eq!(found, expected.map(|(name, value, line)| (name, value.to_owned(), line)), "{text:?}");
        }
    }
}
