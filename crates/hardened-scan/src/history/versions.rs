//! Versions of the same file, which packs keep next to each other. Parts that two versions share are searched once.

use std::{
    io::{self, BufRead},
    ops::Range,
};

use zeroize::Zeroize;

use crate::contents::Contents;

/// The maximum size of a content that is kept. Larger ones are read piece by piece.
pub(super) const LARGEST: u64 = 8 << 20;
/// The number of bytes compared at once.
const PIECE: usize = 4096;

/// The content that was read last, and whether it is plain text without a value.
#[derive(Default)]
pub(super) struct Versions {
    text: Vec<u8>,
    is_clean: bool,
    /// The range in which it differs from the content before it.
    changed: Range<usize>,
    /// The differing bytes, while a content is being read.
    fresh: Vec<u8>,
}

impl Versions {
    /// Reads a content of this size. Bytes that it shares with the previous content are compared, not copied.
    pub(super) fn read(&mut self, content: &mut dyn BufRead, size: u64) -> io::Result<()> {
        let before = Before { text: &self.text, size: usize::try_from(size).unwrap_or(usize::MAX) };
        let start = before.common_start(content)?;
        self.fresh.clear();
        let mut at = start;
        loop {
            let piece = content.fill_buf()?;
            let length = piece.len();
            if length == 0 {
                break;
            }
            let same = same_end(piece, before.common_end(start, at..at + length));
            if same < length {
                self.fresh.extend_from_slice(before.common_end(start, start + self.fresh.len()..at));
                self.fresh.extend_from_slice(piece.get(..length - same).unwrap_or_default());
            }
            content.consume(length);
            at += length;
        }
        self.changed = start..start + self.fresh.len();
        let rest = before.place(start, self.changed.end)..before.place(start, at);
        let is_whole = at == before.size;
        self.text.truncate(rest.end);
        self.text.splice(start..rest.start, self.fresh.drain(..));
        if is_whole { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// Returns the content that was read.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Returns whether the content contains no value, because the previous one contains none and neither does the difference.
    pub(super) fn is_clean(&self, contents: &mut Contents<'_>) -> bool {
        self.is_clean && contents.is_plain(&self.text) && contents.has_nothing(self.changed(contents.reach()))
    }

    /// Records whether the content is plain text without a value.
    pub(super) fn searched(&mut self, is_clean: bool, contents: &Contents<'_>) {
        self.is_clean = is_clean && contents.is_plain(&self.text);
    }

    /// Returns the difference, with enough text around it to contain every value that overlaps it. It starts at the beginning of
    /// a line, because lists of bytes are read from there.
    fn changed(&self, reach: usize) -> &[u8] {
        let before = self.text.get(..self.changed.start.saturating_sub(reach)).unwrap_or_default();
        let line = memchr::memrchr(b'\n', before).unwrap_or(0);
        let end = self.text.len().min(self.changed.end + reach);
        self.text.get(line..end).unwrap_or_default()
    }
}

/// The previous content, and the size of the one that is being read.
struct Before<'b> {
    text: &'b [u8],
    size: usize,
}

impl Before<'_> {
    /// Reads while both contents are equal, and returns the number of equal bytes.
    fn common_start(&self, content: &mut dyn BufRead) -> io::Result<usize> {
        let mut start = 0;
        loop {
            let piece = content.fill_buf()?;
            let (length, same) = (piece.len(), same_start(piece, self.text.get(start..).unwrap_or_default()));
            content.consume(same);
            start += same;
            if same < length || length == 0 {
                return Ok(start);
            }
        }
    }

    /// Returns the position in this content for one in the new content, if both end alike after their common start.
    fn place(&self, start: usize, at: usize) -> usize {
        (self.text.len() + at).saturating_sub(self.size).clamp(start, self.text.len())
    }

    /// Returns the bytes of this content at positions of the new content, if both end alike.
    fn common_end(&self, start: usize, at: Range<usize>) -> &[u8] {
        self.text.get(self.place(start, at.start)..self.place(start, at.end)).unwrap_or_default()
    }
}

/// Returns the length of the common start of two contents.
fn same_start(one: &[u8], other: &[u8]) -> usize {
    let pieces = one.chunks(PIECE).zip(other.chunks(PIECE)).take_while(|(one, other)| one == other);
    let whole: usize = pieces.map(|(piece, _)| piece.len()).sum();
    let (one, other) = (one.get(whole..).unwrap_or_default(), other.get(whole..).unwrap_or_default());
    whole + one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// Returns the length of the common end of two contents.
fn same_end(one: &[u8], other: &[u8]) -> usize {
    let pieces = one.rchunks(PIECE).zip(other.rchunks(PIECE)).take_while(|(one, other)| one == other);
    let whole: usize = pieces.map(|(piece, _)| piece.len()).sum();
    let (one, other) = (one.get(..one.len() - whole), other.get(..other.len() - whole));
    let (one, other) = (one.unwrap_or_default().iter().rev(), other.unwrap_or_default().iter().rev());
    whole + one.zip(other).take_while(|(one, other)| one == other).count()
}

/// Wipes the contents, because they may contain values.
impl Drop for Versions {
    fn drop(&mut self) {
        [&mut self.text, &mut self.fresh].into_iter().for_each(Zeroize::zeroize);
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn what_is_changed_is_found_between_what_is_alike() {
        let line = |index: usize| format!("line number {index} of a text\n");
        let lines = |range: Range<usize>| range.map(line).collect::<String>();
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

    #[test]
    fn each_content_is_whole_in_whatever_pieces_it_comes() {
        let alphabet = ["a", "b", "ab", "\n", ""];
        let mut texts = vec![String::new(), "a".repeat(50), "b".repeat(50), "ab".repeat(20)];
        for (index, part) in alphabet.iter().enumerate() {
            for at in [0, 7, 20, 40] {
                texts.push(format!("{}{part}{}", &"ab".repeat(20)[..at], &"ab".repeat(20)[(at + index).min(40)..]));
            }
        }
        for pieces in [1, 3, 64] {
            let mut versions = Versions::default();
            for (before, next) in texts.iter().flat_map(|before| texts.iter().map(move |next| (before, next))) {
                for text in [before, next] {
                    let mut content = BufReader::with_capacity(pieces, text.as_bytes());
                    versions.read(&mut content, text.len() as u64).unwrap();
                    assert_eq!(versions.text(), text.as_bytes(), "{before:?} {next:?} {pieces}");
                }
                let (start, rest) = (&next[..versions.changed.start], &next[versions.changed.end..]);
                assert!(before.starts_with(start) && before.ends_with(rest), "{before:?} {next:?} {pieces}");
                assert!(start.len() + rest.len() <= before.len(), "{before:?} {next:?} {pieces}");
            }
        }
    }

    #[test]
    fn a_content_that_breaks_off_is_an_error() {
        let mut versions = Versions::default();
        versions.read(&mut &b"one two three"[..], 13).unwrap();
        assert!(versions.read(&mut &b"one tw"[..], 13).is_err());
        assert_eq!(versions.text(), b"one tw");
    }
}
