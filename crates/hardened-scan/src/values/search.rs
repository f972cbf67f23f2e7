//! The search of a text for all values.

use super::{
    broken::{self, Scratch},
    form::Reading,
    index::{Hit, Index},
    needles::Needle,
    secret::Value,
};

/// A search for values. It contains every form of every value, and is wiped when dropped.
pub(crate) struct Search {
    index: Index,
}

impl Search {
    /// Creates a search for these values.
    pub(crate) fn new(values: &[Value]) -> Self {
        Self { index: Index::new(values) }
    }

    /// Returns the needle of a hit.
    pub(crate) fn needle(&self, hit: Hit) -> Option<&Needle> {
        self.index.needle(hit)
    }

    /// Returns the maximum length of text that an occurrence can span, in bytes.
    pub(crate) fn reach(&self) -> usize {
        self.index.longest.max(self.index.longest_read * 16).max(1 << 12)
    }

    /// Finds every occurrence of the values, sorted by position.
    pub(crate) fn text(&self, text: &[u8], scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        self.index.whole(text, |start, needle| hits.push(Hit { start, needle, reading: Reading::Raw }));
        broken::find(&self.index, text, scratch, hits);
        hits.sort_unstable();
    }
}
