//! Converts byte positions to lines and columns.

/// The size of a block whose characters are counted in advance, so that a position costs at most two blocks, however
/// long its line is.
const BLOCK: usize = 1024;

/// The lines of a text.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The start of each line.
    starts: Vec<usize>,
    /// The number of characters before each block of the text.
    before_block: Vec<usize>,
    #[cfg(test)]
    counted: std::cell::Cell<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut before_block = vec![0];
        let mut total = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            total += characters(block);
            before_block.push(total);
        }
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
            before_block,
            #[cfg(test)]
            counted: std::cell::Cell::default(),
        }
    }

    /// Returns the line of a position, counted from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// Returns the line and the column of a position, both counted from 1; the column counts characters.
    pub(super) fn place(&self, at: usize) -> (u32, u32) {
        let line = self.line(at);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(0);
        let mark = usize::from(start == 0 && at > 0 && self.text.starts_with('\u{feff}'));
        let column = if at > self.text.len() { 0 } else { self.between(start, at).saturating_sub(mark) };
        (number(line), number(column + 1))
    }

    /// Returns the number of bytes counted for positions so far.
    #[cfg(test)]
    pub(super) fn counted(&self) -> usize {
        self.counted.get()
    }

    /// Returns the number of characters between two positions.
    fn between(&self, start: usize, end: usize) -> usize {
        if end - start <= BLOCK { self.count(start, end) } else { self.before(end) - self.before(start) }
    }

    /// Returns the number of characters before a position.
    fn before(&self, at: usize) -> usize {
        let block = at / BLOCK;
        self.before_block.get(block).map_or(0, |before| before + self.count(block * BLOCK, at))
    }

    fn count(&self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes().get(start..end).unwrap_or_default();
        #[cfg(test)]
        self.counted.set(self.counted.get() + bytes.len());
        characters(bytes)
    }
}

/// Returns the number of characters that start in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_line_and_a_column_in_characters() {
        let text = "\u{feff}a = 1\r\né = 2\n\nb";
        for (what, expected) in [("a", (1, 1)), ("1", (1, 5)), ("é", (2, 1)), ("2", (2, 5)), ("b", (4, 1))] {
            assert_eq!(Lines::of(text).place(text.find(what).unwrap()), expected, "{what}");
        }
        assert_eq!(Lines::of(text).place(text.len()), (4, 2));
        assert_eq!(Lines::of("").place(0), (1, 1));
        assert_eq!(Lines::of("").place(9), (1, 1));
    }

    #[test]
    fn a_place_far_along_a_line_is_found_by_counting_two_blocks_at_most() {
        for at in [0, BLOCK - 1, BLOCK, BLOCK + 1, 100 * BLOCK, 100 * BLOCK + 7] {
            let text = format!("a\n{}", "é".repeat(200 * BLOCK));
            let lines = Lines::of(&text);
            assert_eq!(lines.place(2 + 2 * at), (2, u32::try_from(at + 1).unwrap()), "{at}");
            assert!(lines.counted() <= 2 * BLOCK, "{at}");
        }
        let end = "a".repeat(2 * BLOCK);
        assert_eq!(Lines::of(&end).place(end.len()), (1, u32::try_from(2 * BLOCK + 1).unwrap()));
    }
}
