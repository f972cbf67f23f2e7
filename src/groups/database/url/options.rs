//! The options of a session: `-c name=value`, `--name=value`, and Neon's `endpoint=…`.

use zeroize::Zeroizing;

use crate::{Violation, rule};

/// An option's name and its value.
pub(crate) type SessionOption = (String, String);

/// Parses the options. White space separates them; a backslash escapes white space.
///
/// # Errors
///
/// `database-malformed`.
pub(super) fn read(text: &str) -> Result<Vec<SessionOption>, Violation> {
    let malformed = || {
        let fact = "options must be -c name=value or --name=value, separated by spaces";
        Violation::new(rule::DATABASE_MALFORMED, fact)
            .remedy("write options=-c%20name%3Dvalue, or remove it from the URL")
    };
    let mut options = Vec::new();
    let mut words = words(text).into_iter();
    while let Some(word) = words.next() {
        let word = match word.as_str() {
            "-c" => words.next().ok_or_else(malformed)?,
            _ => word,
        };
        let bare = word.strip_prefix("--").or_else(|| word.strip_prefix("-c")).unwrap_or(&word);
        let (name, value) = bare.split_once('=').ok_or_else(malformed)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        if name.is_empty() || name.starts_with('-') || !name.bytes().all(plain) {
            return Err(malformed());
        }
        // The command line accepts dashes in a name where the server has underscores.
        options.push((name.replace('-', "_"), value.to_owned()));
    }
    Ok(options)
}

/// Splits a command line into words. A `+` counts as a space, because forms encode spaces in this way and no name
/// contains one.
fn words(text: &str) -> Vec<Zeroizing<String>> {
    let mut words = Vec::new();
    let mut word = Zeroizing::new(String::new());
    let mut symbols = text.chars();
    while let Some(symbol) = symbols.next() {
        if symbol == '+' || symbol.is_whitespace() {
            words.push(std::mem::take(&mut word));
        } else if symbol == '\\' {
            word.extend(symbols.next());
        } else {
            word.push(symbol);
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_option_is_read() {
        for (text, options) in [
            ("", &[][..]),
            ("-c statement_timeout=5s", &[("statement_timeout", "5s")]),
            ("-cgeqo=off --search-path=shop", &[("geqo", "off"), ("search_path", "shop")]),
            ("--cluster=happy-koala-3", &[("cluster", "happy-koala-3")]),
            ("endpoint=ep-cool-1", &[("endpoint", "ep-cool-1")]),
            ("-c+search_path=shop", &[("search_path", "shop")]),
            (r"-c application_name=a\ b\\c", &[("application_name", r"a b\c")]),
        ] {
            let expected: Vec<_> =
                options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            assert_eq!(read(text), Ok(expected), "{text}");
        }
        for text in ["-c", "geqo", "-d 5", "--=x", "-c a;b=c"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
