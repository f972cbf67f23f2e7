//! What is in a file: text, or something that has to be opened first.

mod ar;
mod kind;
mod stream;
mod tar;
#[cfg(test)]
mod tests;
mod utf16;
mod zip;

pub(crate) use self::stream::Contents;
