//! Converts UTF-16 to UTF-8.

use std::io::{self, Read};

/// A reader that converts UTF-16 to UTF-8. Malformed input becomes the replacement character.
pub(super) struct Utf16<'r> {
    source: &'r mut dyn Read,
    big_endian: bool,
    /// The decoded bytes that are not yet read.
    ready: Vec<u8>,
    taken: usize,
    /// Undecoded bytes: half a unit, or the first unit of a surrogate pair.
    rest: Vec<u8>,
}

const CHUNK: usize = 1 << 14;

impl<'r> Utf16<'r> {
    pub(super) fn new(source: &'r mut dyn Read, big_endian: bool) -> Self {
        Self { source, big_endian, ready: Vec::new(), taken: 0, rest: Vec::new() }
    }

    fn decode(&mut self) -> io::Result<()> {
        let mut bytes = std::mem::take(&mut self.rest);
        let begin = bytes.len();
        bytes.resize(begin + CHUNK, 0);
        let count = self.source.read(bytes.get_mut(begin..).unwrap_or_default())?;
        bytes.truncate(begin + count);
        let unit = |pair: &[u8; 2]| if self.big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) };
        let (pairs, _) = bytes.as_chunks::<2>();
        let is_half = |unit: u16| (0xd800..0xdc00).contains(&unit);
        let keeps_half = count > 0 && pairs.last().is_some_and(|pair| is_half(unit(pair)));
        let whole = pairs.len() - usize::from(keeps_half);
        let text: String = char::decode_utf16(pairs.iter().take(whole).map(unit))
            .map(|symbol| symbol.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        self.rest = bytes.get(whole * 2..).unwrap_or_default().to_vec();
        if count == 0 {
            self.rest.clear();
        }
        self.ready = text.into_bytes();
        self.taken = 0;
        // Only part of a character was read, and the source has not ended.
        if self.ready.is_empty() && count > 0 { self.decode() } else { Ok(()) }
    }
}

impl Read for Utf16<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.ready.len() {
            self.decode()?;
        }
        let ready = self.ready.get(self.taken..).unwrap_or_default();
        let count = ready.len().min(target.len());
        if let (Some(to), Some(from)) = (target.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        self.taken += count;
        Ok(count)
    }
}
