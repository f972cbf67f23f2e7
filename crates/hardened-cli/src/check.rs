//! Judging a key that somebody typed, piped or mounted.

use std::io::{self, Read};

use hardened::{Rejection, key_flaws, message, rule};
use zeroize::Zeroizing;

/// The longest key that the library accepts.
pub(crate) const MAX_KEY_BYTES: usize = 4096;
/// The most that is read: what the library reads from a mounted file.
const MAX_INPUT_BYTES: usize = 64 * 1024;

/// Reads a key and finds all that is wrong with it. One line break at its end, LF or CRLF, is dropped, as from a
/// mounted file.
pub(crate) fn input(input: impl Read, required: usize) -> io::Result<Vec<Rejection>> {
    // Room for all of it and one byte more, so that no copy is left behind by growing.
    let limit = MAX_INPUT_BYTES + "\r\n".len();
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit + 1));
    input.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    let key = bytes.strip_suffix(b"\n").map_or(&bytes[..], |line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(if key.len() > MAX_INPUT_BYTES {
        let fact = message!("more than ", MAX_INPUT_BYTES, " bytes; must be at most ", MAX_KEY_BYTES);
        vec![Rejection::new(rule::SECRET_TOO_LONG, fact)]
    } else {
        flaws(key, required)
    })
}

/// All that is wrong with a key.
fn flaws(key: &[u8], required: usize) -> Vec<Rejection> {
    if key.is_empty() {
        let fact = message!("a key of at least ", required, " bytes");
        return vec![Rejection::new(rule::SECRET_MISSING, fact).remedy("generate one with `hardened secret`")];
    }
    key_flaws(key, required)
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
            let rejections = input(text.as_bytes(), required).unwrap();
            let has = |rule| rejections.iter().any(|rejection| rejection.rule() == rule);
            assert!(expected.map_or(rejections.is_empty(), has), "{case}: {rejections:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let rejections = input(&[0xff; 40][..], 32).unwrap();
        assert_eq!(rejections.iter().map(Rejection::rule).collect::<Vec<_>>(), [rule::SECRET_NOT_TEXT]);
    }
}
