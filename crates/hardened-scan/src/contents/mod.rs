//! The contents of files: text, or something that must be decoded first.

mod ar;
mod kind;
mod stream;
mod tar;
#[cfg(test)]
mod tests;
mod utf16;
mod zip;

pub(crate) use self::stream::Contents;
