//! Checks a key that was typed, piped or mounted.

use std::io::{self, Read};

use hardened::{Violation, message, rule, secret::key_flaws};
use hardened_strength::hashed_word;
use zeroize::Zeroizing;

/// The maximum length of a key that the library accepts, in bytes.
pub(crate) const MAX_KEY_BYTES: usize = 4096;
/// The maximum number of bytes that are read, which is also the library's limit for mounted files.
const MAX_INPUT_BYTES: usize = 64 * 1024;

/// Reads a key and returns all its flaws. Drops one line break at its end (LF or CRLF), as the library does for mounted files.
pub(crate) fn input(input: impl Read, required: usize) -> io::Result<Vec<Violation>> {
    // The full capacity and one byte more, so that the buffer never grows and leaves an unwiped copy behind.
    let limit = MAX_INPUT_BYTES + "\r\n".len();
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit + 1));
    input.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    let key = bytes.strip_suffix(b"\n").map_or(&bytes[..], |line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(if key.len() > MAX_INPUT_BYTES {
        let fact = message!("more than ", MAX_INPUT_BYTES, " bytes; must be at most ", MAX_KEY_BYTES);
        vec![Violation::new(rule::SECRET_TOO_LONG, fact)]
    } else {
        flaws(key, required)
    })
}

/// Returns all flaws of a key.
fn flaws(key: &[u8], required: usize) -> Vec<Violation> {
    if key.is_empty() {
        let fact = message!("a key of at least ", required, " bytes");
        return vec![Violation::new(rule::SECRET_MISSING, fact).remedy("generate one with `hardened secret`")];
    }
    let mut flaws = key_flaws(key, required);
    if flaws.is_empty() && hashed_word(key, passwords()).is_some() {
        let fact = "the hash of one of the 10,000 commonest passwords; a hash adds no strength";
        flaws.push(Violation::new(rule::SECRET_PREDICTABLE, fact));
    } else if flaws.is_empty() && hashed_word(key, dates().iter().map(String::as_str)).is_some() {
        flaws.push(Violation::new(rule::SECRET_PREDICTABLE, "the hash of a date; a hash adds no strength"));
    }
    flaws
}

/// Returns the dates from 1930 to 2035 as eight digits: with the year, the day or the month first.
fn dates() -> Vec<String> {
    let all =
        (1930..=2035).flat_map(|year| (1..=12).flat_map(move |month| (1..=31).map(move |day| (year, month, day))));
    let spelled = all.flat_map(|(year, month, day)| {
        [format!("{year}{month:02}{day:02}"), format!("{day:02}{month:02}{year}"), format!("{month:02}{day:02}{year}")]
    });
    spelled.collect()
}

/// Returns the commonest passwords. The service itself knows the hashes of fewer words, so that its start does not take long.
fn passwords() -> impl Iterator<Item = &'static str> {
    include_str!("passwords.txt").lines().filter(|line| !line.starts_with("# "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRONG: &str = "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

    #[test]
    fn each_length_and_line_break_has_one_verdict() {
        let long = STRONG.repeat(2000);
        for (case, text, required, expected) in [
            ("strong", STRONG.to_owned(), 32, None),
            ("line feed", format!("{}\n", &STRONG[..32]), 32, None),
            ("carriage return", format!("{}\r\n", &STRONG[..32]), 32, None),
            ("one too few", STRONG[..31].to_owned(), 32, Some(rule::SECRET_TOO_SHORT)),
            ("break counted once", format!("{}\n", &STRONG[..31]), 32, Some(rule::SECRET_TOO_SHORT)),
            ("exact for HS384", format!("{STRONG}{}", &STRONG[..5]), 48, None),
            ("too short for HS384", format!("{STRONG}{}", &STRONG[..4]), 48, Some(rule::SECRET_TOO_SHORT)),
            ("too long", long[..4097].to_owned(), 32, Some(rule::SECRET_TOO_LONG)),
            ("limit of input", long[..65_536].to_owned(), 32, Some(rule::SECRET_TOO_LONG)),
            ("over the limit", long[..65_539].to_owned(), 32, Some(rule::SECRET_TOO_LONG)),
            ("empty", String::new(), 32, Some(rule::SECRET_MISSING)),
            ("only a line break", "\n".to_owned(), 32, Some(rule::SECRET_MISSING)),
        ] {
            let violations = input(text.as_bytes(), required).unwrap();
            let has = |rule| violations.iter().any(|violation| violation.rule() == rule);
            assert!(expected.map_or(violations.is_empty(), has), "{case}: {violations:?}");
        }
    }

    #[test]
    fn hashes_of_each_of_the_commonest_passwords_are_refused() {
        use sha2::{Digest, Sha256, Sha512};
        let hex = |digest: &[u8]| digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let list: Vec<&str> = passwords().collect();
        assert_eq!(list.len(), 10_000);
        for word in list.iter().step_by(97).chain(list.last()) {
            for key in [hex(&Sha256::digest(word)), hex(&Sha512::digest(word))] {
                assert!(!input(key.as_bytes(), 32).unwrap().is_empty(), "{word}");
            }
        }
    }

    #[test]
    fn hashes_of_dates_are_refused() {
        for key in [
            // SHA-256 of 19991231, in hexadecimal and in base64.
            "fa820cbac67771fbd20f7d6bf90ebb5c3b6ebc39e7ceff2459d34a5536db2a45",
            "+oIMusZ3cfvSD31r+Q67XDtuvDnnzv8kWdNKVTbbKkU=",
        ] {
            let found: Vec<_> = input(key.as_bytes(), 32).unwrap().iter().map(Violation::rule).collect();
            assert_eq!(found, [rule::SECRET_PREDICTABLE], "{key}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let violations = input(&[0xff; 40][..], 32).unwrap();
        assert_eq!(violations.iter().map(Violation::rule).collect::<Vec<_>>(), [rule::SECRET_NOT_TEXT]);
    }
}
