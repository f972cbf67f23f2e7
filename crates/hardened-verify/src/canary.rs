//! Canaries: random letters that one user writes, that nothing else contains, and that the other user must not see.

use crate::{answer::Answer, error::Error};

/// The prefix of every canary, so that anyone who finds one knows where it comes from.
const PREFIX: &str = "hardened";

/// The length of a canary.
pub(crate) const LENGTH: usize = 24;

/// Returns `count` random letters.
pub(crate) fn letters(count: usize) -> Result<String, Error> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect())
}

/// Creates a canary. It has only lower-case letters: any text field accepts them, and no encoding changes them.
pub(crate) fn new() -> Result<String, Error> {
    Ok(format!("{PREFIX}{}", letters(LENGTH - PREFIX.len())?))
}

/// Returns whether an answer contains the canary, in its headers or in its body, in lower or upper case.
pub(crate) fn is_in(answer: &Answer, canary: &str) -> bool {
    let in_headers = answer.headers.values().any(|value| contains(value.as_bytes(), canary));
    in_headers || contains(&answer.body, canary)
}

pub(crate) fn contains(bytes: &[u8], canary: &str) -> bool {
    bytes.windows(canary.len()).any(|window| window.eq_ignore_ascii_case(canary.as_bytes()))
}
