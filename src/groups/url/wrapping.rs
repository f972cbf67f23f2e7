//! Removes what people paste around a URL.

use super::Codes;
use crate::{Violation, message, rule};

/// The text that was removed around a URL.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Wrapping {
    whitespace: bool,
    quotes: bool,
    assignment: bool,
    command: bool,
}

impl Wrapping {
    /// Finds the URL in a text.
    pub(crate) fn strip<'t>(text: &'t str, codes: &Codes) -> (&'t str, Self) {
        let (mut inner, mut wrapping) = (text, Self::default());
        while let Some(stripped) = wrapping.strip_once(inner, codes) {
            inner = stripped;
        }
        (inner, wrapping)
    }

    /// Returns the rules that the removed text breaks.
    pub(crate) fn flaws(self, codes: &Codes) -> impl Iterator<Item = Violation> + use<> {
        let (wrapped, program) = (codes.wrapped, codes.program);
        let whitespace = || Violation::new(rule::SECRET_WHITESPACE, "white space at the start or end");
        let quotes = || Violation::new(rule::SECRET_QUOTED, "wrapped in quotes");
        let assignment = move || Violation::new(wrapped, "the value contains the variable's name and `=`");
        let command = move || Violation::new(wrapped, message!("the value contains the command `", program, "`"));
        // Quotes and blanks belong to the command or the assignment.
        let whole = self.assignment || self.command;
        [
            (self.whitespace && !whole).then(whitespace),
            (self.quotes && !whole).then(quotes),
            self.assignment.then(assignment),
            self.command.then(command),
        ]
        .into_iter()
        .flatten()
    }

    fn strip_once<'t>(&mut self, text: &'t str, codes: &Codes) -> Option<&'t str> {
        let trimmed = text.trim();
        if trimmed.len() < text.len() {
            self.whitespace = true;
            return Some(trimmed);
        }
        if let Some(inner) = unquoted(text) {
            self.quotes = true;
            return Some(inner);
        }
        if let Some(url) = text.strip_prefix(codes.program).filter(|rest| rest.starts_with(char::is_whitespace)) {
            self.command = true;
            return Some(url);
        }
        let value = assigned(text)?;
        self.assignment = true;
        Some(value)
    }
}

fn unquoted(text: &str) -> Option<&str> {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’')];
    PAIRS.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
}

/// Returns the text after `export NAME=`, `NAME=` or `NAME: `.
fn assigned(text: &str) -> Option<&str> {
    let text = text.strip_prefix("export ").map_or(text, str::trim_start);
    let end = text.find(|symbol: char| !symbol.is_ascii_uppercase() && !symbol.is_ascii_digit() && symbol != '_')?;
    let (name, rest) = text.split_at_checked(end)?;
    let value = rest.strip_prefix('=').or_else(|| rest.strip_prefix(": "))?;
    (name.len() >= 3).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_found_in_what_people_paste_around_it() {
        let url = "postgres://u:p@h/db";
        for (before, after, codes) in [
            ("", "", &[][..]),
            ("", "\n", &["secret-whitespace"]),
            (" ", "", &["secret-whitespace"]),
            ("\u{a0}", "\r\n", &["secret-whitespace"]),
            ("\"", "\"", &["secret-quoted"]),
            ("'", "'", &["secret-quoted"]),
            ("“", "”", &["secret-quoted"]),
            ("\"'", "'\"\n", &["secret-whitespace", "secret-quoted"]),
            ("psql '", "'", &["database-wrapped"]),
            ("psql ", "", &["database-wrapped"]),
            ("DATABASE_URL=", "", &["database-wrapped"]),
            ("export DATABASE_URL=\"", "\"", &["database-wrapped"]),
            ("DATABASE_URL: ", "", &["database-wrapped"]),
        ] {
            let text = format!("{before}{url}{after}");
            let (inner, wrapping) = Wrapping::strip(&text, &Codes::DATABASE);
            assert_eq!(inner, url, "{text:?}");
            let found: Vec<_> = wrapping.flaws(&Codes::DATABASE).map(|flaw| flaw.rule().code()).collect();
            assert_eq!(found, codes, "{text:?}");
        }
    }

    #[test]
    fn a_single_quote_is_no_pair() {
        for text in ["'", "\"", "'postgres://u:p@h/db", "POSTGRES://u:p@h/db", ""] {
            assert_eq!(Wrapping::strip(text, &Codes::DATABASE).0, text);
        }
    }
}
