//! Compares two texts line by line.

/// The maximum number of cells in the table that finds the smallest difference.
const MAX_CELLS: usize = 4_000_000;

/// A line that only one of the two texts has, with its line number there, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// A line that only the old text has.
    Old(usize, &'a str),
    /// A line that only the new text has.
    New(usize, &'a str),
}

/// Returns the fewest lines that turn the old text into the new one, in the order of the texts. If the texts are too long
/// for that, every line between their first and their last difference counts as different.
pub(super) fn difference<'a>(old: &'a str, new: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = |(one, other): &(&&str, &&str)| one == other;
    let before = old.iter().zip(&new).take_while(same).count();
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let behind = behind.min(old.len().min(new.len()) - before);
    let middle = |lines: &[&'a str]| lines.get(before..lines.len() - behind).unwrap_or_default().to_vec();
    let (old, new) = (middle(&old), middle(&new));
    let common = if old.len().saturating_mul(new.len()) > MAX_CELLS { Vec::new() } else { common(&old, &new) };

    let (mut lines, mut from, mut to) = (Vec::new(), 0, 0);
    for (at_old, at_new) in common.into_iter().chain([(old.len(), new.len())]) {
        let gone = old.get(from..at_old).unwrap_or_default().iter().zip(from..);
        lines.extend(gone.map(|(text, at)| Line::Old(before + at + 1, text)));
        let come = new.get(to..at_new).unwrap_or_default().iter().zip(to..);
        lines.extend(come.map(|(text, at)| Line::New(before + at + 1, text)));
        (from, to) = (at_old + 1, at_new + 1);
    }
    lines
}

/// Returns the positions of the longest common subsequence.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    // For each position, the number of common lines from there on; one more row and column of zeros at the end.
    let width = new.len() + 1;
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    let at = |lengths: &[u32], row: usize, column: usize| lengths.get(row * width + column).copied().unwrap_or(0);
    for (row, line) in old.iter().enumerate().rev() {
        for (column, other) in new.iter().enumerate().rev() {
            let length = if line == other {
                at(&lengths, row + 1, column + 1) + 1
            } else {
                at(&lengths, row + 1, column).max(at(&lengths, row, column + 1))
            };
            if let Some(cell) = lengths.get_mut(row * width + column) {
                *cell = length;
            }
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while let (Some(line), Some(other)) = (old.get(row), new.get(column)) {
        if line == other {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if at(&lengths, row + 1, column) >= at(&lengths, row, column + 1) {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_lines_that_differ_are_found() {
        use Line::{New, Old};

        for (old, new, expected) in [
            ("", "", vec![]),
            ("a\nb\n", "a\nb\n", vec![]),
            ("a\r\nb\r\n", "a\nb\n", vec![]),
            ("a\nb\n", "a\nx\nb\n", vec![New(2, "x")]),
            ("a\nx\nb\n", "a\nb\n", vec![Old(2, "x")]),
            ("a\nb\nc\n", "a\nx\nc\n", vec![Old(2, "b"), New(2, "x")]),
            ("", "a\n", vec![New(1, "a")]),
            ("a\na\n", "a\n", vec![Old(2, "a")]),
            ("a\nb\nc\nd\n", "b\nd\nc\n", vec![Old(1, "a"), Old(3, "c"), New(3, "c")]),
        ] {
            assert_eq!(difference(old, new), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn applied_to_the_old_text_it_gives_the_new_one() {
        let words = ["a", "b", "c"];
        for seed in 0..3_u32.pow(7) {
            let line = |at: u32| words[(seed / 3_u32.pow(at) % 3) as usize];
            let (old, new): (Vec<_>, Vec<_>) = ((0..4).map(line).collect(), (4..7).map(line).collect());
            let (old, new) = (old.join("\n"), new.join("\n"));
            let mut lines: Vec<&str> = old.lines().collect();
            let found = difference(&old, &new);
            for line in found.iter().rev() {
                if let Line::Old(number, text) = line {
                    assert_eq!(lines.remove(number - 1), *text);
                }
            }
            for line in &found {
                if let Line::New(number, text) = line {
                    lines.insert(number - 1, text);
                }
            }
            assert_eq!(lines.join("\n"), new, "{old:?}");
        }
    }
}
