//! The search of one text for all values.

use memchr::memchr_iter;

use super::{
    broken::{self, Scratch},
    form::Reading,
    index::{Hit, Index},
    needles::Needle,
    secret::Value,
};

/// Finds values in texts. Its memory holds every form of every value, and is wiped when dropped.
pub(crate) struct Search {
    index: Index,
}

impl Search {
    /// Makes the needles of the values.
    pub(crate) fn new(values: &[Value]) -> Self {
        Self { index: Index::new(values) }
    }

    /// A needle.
    pub(crate) fn needle(&self, hit: Hit) -> Option<&Needle> {
        self.index.needle(hit)
    }

    /// How many bytes of the text behind a place can belong to a value that begins there.
    pub(crate) fn reach(&self) -> usize {
        self.index.longest.max(self.index.longest_read * 16).max(1 << 12)
    }

    /// Finds every occurrence.
    pub(crate) fn text(&self, text: &[u8], scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        self.index.whole(text, |start, needle| hits.push(Hit { start, needle, reading: Reading::Raw }));
        broken::find(&self.index, text, scratch, hits);
        hits.sort_unstable();
    }
}

/// The line and the column in bytes of a place, both from 1, where `lines` line breaks come before the text.
pub(crate) fn line_and_column(text: &[u8], at: usize, lines: u64) -> (u64, u64) {
    let before = text.get(..at).unwrap_or_default();
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    (lines + memchr_iter(b'\n', before).count() as u64 + 1, (at - line_start) as u64 + 1)
}
