//! The needles (all forms of all values), with tables of where a text may contain one.

use super::{
    form::Reading,
    needles::{self, Needle},
    secret::Value,
    table::{GRAM, Gram, Grams, Table},
    triples::Triples,
};

/// The maximum length of a needle that is searched for in pieces. Nobody breaks longer texts by hand.
const LONGEST_READ: usize = 2048;

/// Every form of every value, with tables of where a text may contain one. Wiped when dropped.
pub(crate) struct Index {
    needles: Vec<Needle>,
    /// The sequences that are looked up at every `stride` bytes of a text.
    strided: Table,
    stride: usize,
    /// The sequences that are looked up where a value may be broken.
    every: Grams,
    triples: Triples,
    roles: [Role; 256],
    ends: [bool; 256],
    /// The length of the longest needle.
    pub(crate) longest: usize,
    /// The length of the longest needle that may be broken.
    pub(crate) longest_read: usize,
}

/// The role of a byte where a value may be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The byte is in no needle that may be broken.
    Foreign,
    /// The byte is in some needle and has no other meaning.
    Own,
    /// The byte may have another meaning: an escape, or the end of a literal or of a line.
    Break { is_own: bool },
}

impl Role {
    /// Returns whether the byte is in some needle.
    pub(crate) const fn is_own(self) -> bool {
        matches!(self, Self::Own | Self::Break { is_own: true })
    }
}

/// An occurrence of a needle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// The position where it begins.
    pub(crate) start: usize,
    /// The index of the needle.
    pub(crate) needle: usize,
    /// How the text had to be read.
    pub(crate) reading: Reading,
}

impl Index {
    /// Creates an index of these values.
    pub(crate) fn new(values: &[Value]) -> Self {
        let needles = needles::of(values);
        let longest = needles.iter().map(|needle| needle.bytes.len()).max().unwrap_or_default();
        let lengths = needles.iter().filter(|needle| needle.is_text()).map(|needle| needle.bytes.len());
        let longest_read = lengths.filter(|length| *length <= LONGEST_READ).max().unwrap_or_default();
        let stride = stride(&needles);
        let (strided, every) = (Table::strided(&needles, stride), Grams::of(&needles));
        let (triples, roles) = (Triples::of(&needles), roles(&needles));
        let ends = std::array::from_fn(|byte| roles[byte].is_own() || b"\\ \t\r".contains(&(byte as u8)));
        Self { needles, strided, stride, every, triples, roles, ends, longest, longest_read }
    }

    /// Returns the needle of a hit.
    pub(crate) fn needle(&self, hit: Hit) -> Option<&Needle> {
        self.needles.get(hit.needle)
    }

    /// Returns the length of a needle.
    pub(crate) fn length(&self, needle: usize) -> usize {
        self.needles.get(needle).map_or(0, |needle| needle.bytes.len())
    }

    /// Returns whether a needle that may be broken possibly contains a sequence.
    pub(crate) fn may_have_gram(&self, gram: Gram) -> bool {
        self.every.may_have(gram)
    }

    /// Returns whether a needle that may be broken possibly contains three bytes in a row.
    pub(crate) fn may_have(&self, three: [u8; 3]) -> bool {
        self.triples.may_have(three)
    }

    /// Returns whether a piece of a value may end with a byte: one of a needle, or one that can precede a break.
    #[inline]
    pub(crate) fn may_end_with(&self, byte: u8) -> bool {
        self.ends[usize::from(byte)]
    }

    /// Returns the role of a byte where a value may be broken.
    #[inline]
    pub(crate) fn role(&self, byte: u8) -> Role {
        self.roles[usize::from(byte)]
    }

    /// Finds unbroken occurrences. Calls `found` with the position and the needle of each.
    pub(crate) fn whole(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut blocks = text.chunks_exact(self.stride);
        for (index, block) in blocks.by_ref().enumerate() {
            let gram = block.first_chunk().map(|eight| Gram::of_eight(*eight));
            if let Some(gram) = gram.filter(|gram| self.strided.may_have(*gram)) {
                self.verify(text, index * self.stride, gram, &mut found);
            }
        }
        let rest = blocks.remainder();
        if let Some(gram) = Gram::first_of(rest) {
            self.verify(text, text.len() - rest.len(), gram, &mut found);
        }
    }

    /// Compares the text with the needles that contain a sequence found at a position.
    #[cold]
    fn verify(&self, text: &[u8], at: usize, gram: Gram, found: &mut impl FnMut(usize, usize)) {
        for entry in self.strided.entries(gram) {
            let (needle, start) = (entry.needle as usize, at.checked_sub(entry.offset as usize));
            let Some((start, bytes)) = start.zip(self.needles.get(needle).map(|needle| &needle.bytes)) else {
                continue;
            };
            if text.get(start..).is_some_and(|rest| rest.starts_with(bytes)) {
                found(start, needle);
            }
        }
    }
}

/// Returns the distance between two lookups. Every occurrence of the shortest needle must contain one.
///
/// A larger distance makes larger tables, which take longer to build and do not fit into the processor's cache.
fn stride(needles: &[Needle]) -> usize {
    const LEAST: usize = super::form::SHORTEST - GRAM + 1;
    const MOST: usize = 32;
    /// The number of sequences up to which larger tables are worthwhile.
    const SEQUENCES: usize = 1 << 16;
    let bound = (SEQUENCES / needles.len().max(1)).clamp(LEAST, MOST);
    let shortest = needles.iter().map(|needle| needle.bytes.len()).min().unwrap_or_default();
    (shortest + 1).saturating_sub(GRAM).clamp(LEAST, bound)
}

fn roles(needles: &[Needle]) -> [Role; 256] {
    const BREAKS: &[u8] = b"\\%&\"'`\n\r\t";
    let mut roles = [Role::Foreign; 256];
    let bytes = needles.iter().filter(|needle| needle.is_text()).flat_map(|needle| needle.bytes.iter());
    bytes.for_each(|byte| roles[usize::from(*byte)] = Role::Own);
    for byte in BREAKS {
        let role = &mut roles[usize::from(*byte)];
        *role = Role::Break { is_own: role.is_own() };
    }
    roles
}
