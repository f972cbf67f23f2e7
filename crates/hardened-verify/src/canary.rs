//! What one user writes and the other must not see: random letters that nothing else contains.

use crate::{answer::Answer, error::Error};

/// How every canary begins, so that anyone who finds one knows where it comes from.
const PREFIX: &str = "hardened";

/// The length of a canary.
pub(crate) const LENGTH: usize = 24;

/// Letters that are random, `count` of them.
pub(crate) fn letters(count: usize) -> Result<String, Error> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect())
}

/// A new canary. Lower case letters only: any text field takes them, and no encoding changes them.
pub(crate) fn new() -> Result<String, Error> {
    Ok(format!("{PREFIX}{}", letters(LENGTH - PREFIX.len())?))
}

/// Whether an answer holds it, in its headers or in its body, in either case.
pub(crate) fn is_in(answer: &Answer, canary: &str) -> bool {
    let in_headers = answer.headers.values().any(|value| contains(value.as_bytes(), canary));
    in_headers || contains(&answer.body, canary)
}

pub(crate) fn contains(bytes: &[u8], canary: &str) -> bool {
    bytes.windows(canary.len()).any(|window| window.eq_ignore_ascii_case(canary.as_bytes()))
}
