//! Versions of one file, which packs keep next to each other: what two have in common is searched once.

use std::io::{self, Read};

use zeroize::Zeroize;

use crate::contents::Contents;

/// Larger contents are read piece by piece.
pub(super) const LARGEST: u64 = 8 << 20;
/// How much is compared at once.
const PIECE: usize = 4096;

/// The content that was read last, and whether it is plain text without a value.
#[derive(Default)]
pub(super) struct Versions {
    last: Vec<u8>,
    next: Vec<u8>,
    is_clean: bool,
}

impl Versions {
    /// Reads a content of this size.
    pub(super) fn read(&mut self, content: &mut dyn Read, size: u64) -> io::Result<()> {
        std::mem::swap(&mut self.last, &mut self.next);
        self.next.clear();
        content.take(size).read_to_end(&mut self.next).map(drop)
    }

    /// The content that was read.
    pub(super) fn text(&self) -> &[u8] {
        &self.next
    }

    /// Whether the content holds no value because the one before holds none, and what is different holds none either.
    pub(super) fn is_clean(&self, contents: &mut Contents<'_>) -> bool {
        self.is_clean && contents.is_plain(&self.next) && contents.has_nothing(self.changed(contents.reach()))
    }

    /// Remembers whether the content is plain text without a value.
    pub(super) fn searched(&mut self, is_clean: bool, contents: &Contents<'_>) {
        self.is_clean = is_clean && contents.is_plain(&self.next);
    }

    /// What is different, with so much around it that every value is in it that has a part of it. It begins where a line
    /// does, because a list of bytes is read from the beginning of a line.
    fn changed(&self, reach: usize) -> &[u8] {
        let (last, next) = (&self.last, &self.next);
        let start = same_start(last, next);
        let shorter = last.len().min(next.len()) - start;
        let end = next.len() - same_end(last, next).min(shorter);
        let before = next.get(..start.saturating_sub(reach)).unwrap_or_default();
        let line = memchr::memrchr(b'\n', before).unwrap_or(0);
        next.get(line..next.len().min(end + reach)).unwrap_or_default()
    }
}

/// How many bytes two contents begin with alike.
fn same_start(one: &[u8], other: &[u8]) -> usize {
    let pieces = one.chunks(PIECE).zip(other.chunks(PIECE)).take_while(|(one, other)| one == other);
    let whole: usize = pieces.map(|(piece, _)| piece.len()).sum();
    let rest = one.iter().zip(other).skip(whole);
    whole + rest.take_while(|(one, other)| one == other).count()
}

/// How many bytes two contents end with alike.
fn same_end(one: &[u8], other: &[u8]) -> usize {
    let pieces = one.rchunks(PIECE).zip(other.rchunks(PIECE)).take_while(|(one, other)| one == other);
    let whole: usize = pieces.map(|(piece, _)| piece.len()).sum();
    let rest = one.iter().rev().zip(other.iter().rev()).skip(whole);
    whole + rest.take_while(|(one, other)| one == other).count()
}

/// The contents may hold values.
impl Drop for Versions {
    fn drop(&mut self) {
        [&mut self.last, &mut self.next].into_iter().for_each(Zeroize::zeroize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_changed_is_found_between_what_is_alike() {
        let line = |index: usize| format!("line number {index} of a text\n");
        let lines = |range: std::ops::Range<usize>| range.map(line).collect::<String>();
        let whole = lines(0..2000);
        for (next, expected) in [
            (whole.clone(), ""),
            (format!("{}new{}", lines(0..1000), lines(1000..2000)), "new"),
            (format!("new{whole}"), "new"),
            (format!("{whole}new"), "new"),
            (format!("{}{}", lines(0..900), lines(901..2000)), ""),
            (format!("{}{}", lines(0..900), lines(899..2000)), "line number 899"),
            (String::new(), ""),
            ("new".to_owned(), "new"),
        ] {
            let mut versions = Versions::default();
            for text in [&whole, &next] {
                let size = text.len() as u64;
                versions.read(&mut text.as_bytes(), size).unwrap();
                assert_eq!(versions.text(), text.as_bytes());
            }
            let changed = String::from_utf8_lossy(versions.changed(40)).into_owned();
            assert!(changed.contains(expected), "{changed}");
            assert!(changed.len() < 40 * 2 + 200, "{changed}");
        }
    }
}
