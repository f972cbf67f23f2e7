//! The needles, and where a text may have one.

use super::{
    form::Reading,
    needles::{self, Needle},
    secret::Value,
    table::{GRAM, Gram, Grams, Table},
    triples::Triples,
};

/// Longer needles are searched for as they are only: nobody breaks a text of this length by hand.
const LONGEST_READ: usize = 2048;

/// Every form of every value, with the tables that tell where a text may have one. Wiped when dropped.
pub(crate) struct Index {
    needles: Vec<Needle>,
    /// What the text is asked for at every so many bytes.
    strided: Table,
    stride: usize,
    /// What is asked for where a value may be broken.
    every: Grams,
    triples: Triples,
    roles: [Role; 256],
    ends: [bool; 256],
    /// The length of the longest needle.
    pub(crate) longest: usize,
    /// The length of the longest one that may be broken.
    pub(crate) longest_read: usize,
}

/// What a byte is where a value may be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// No needle that may be broken has it.
    Foreign,
    /// Some needle has it, and it is read as it is.
    Own,
    /// It may have another meaning: an escape, the end of a literal or of a line.
    Break { is_own: bool },
}

impl Role {
    /// Whether some needle has the byte.
    pub(crate) const fn is_own(self) -> bool {
        matches!(self, Self::Own | Self::Break { is_own: true })
    }
}

/// One occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// Where it begins.
    pub(crate) start: usize,
    /// Which needle it is.
    pub(crate) needle: usize,
    /// How the text had to be read.
    pub(crate) reading: Reading,
}

impl Index {
    /// Makes the needles of the values.
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

    /// A needle.
    pub(crate) fn needle(&self, hit: Hit) -> Option<&Needle> {
        self.needles.get(hit.needle)
    }

    /// How long a needle is.
    pub(crate) fn length(&self, needle: usize) -> usize {
        self.needles.get(needle).map_or(0, |needle| needle.bytes.len())
    }

    /// Whether a sequence may be a part of a value that may be broken.
    pub(crate) fn may_have_gram(&self, gram: Gram) -> bool {
        self.every.may_have(gram)
    }

    /// Whether three bytes may be in a row in a value that may be broken.
    pub(crate) fn may_have(&self, three: [u8; 3]) -> bool {
        self.triples.may_have(three)
    }

    /// Whether a piece of a value may end with a byte: one of its own, or what may be between it and a break.
    #[inline]
    pub(crate) fn may_end_with(&self, byte: u8) -> bool {
        self.ends[usize::from(byte)]
    }

    /// What a byte may be where a value is broken.
    #[inline]
    pub(crate) fn role(&self, byte: u8) -> Role {
        self.roles[usize::from(byte)]
    }

    /// Finds occurrences of needles as they are: where each begins, and which one it is.
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

    /// Compares the needles that have a sequence at a place.
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

/// The distance of two places that the text is asked for: of the shortest needle, one sequence is at such a place.
///
/// A longer one makes larger tables, which take time to make and do not stay in the cache of the processor.
fn stride(needles: &[Needle]) -> usize {
    const LEAST: usize = super::form::SHORTEST - GRAM + 1;
    const MOST: usize = 32;
    /// How many sequences cost less than they save.
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
