//! From a place in bytes to a line and a column.

/// The lines of a text.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The line and the column of a place, both from 1; the column counts characters.
    pub(super) fn place(&self, at: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(0);
        let column = self.text.get(start..at).map_or(0, |before| before.trim_start_matches('\u{feff}').chars().count());
        (number(line), number(column + 1))
    }
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
}
