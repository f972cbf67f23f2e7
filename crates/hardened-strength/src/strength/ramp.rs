//! Sequences that continue as they began: `abc`, `97531`, `a1b2c3`, `qwerty`, `1qaz2wsx`, `aaaa`.

use super::keyboard;

/// The maximum distance between characters of one sequence: `1qaz2wsx` has four interleaved walks.
const PERIODS: usize = 4;

/// The distance for two columns of the keyboard, as in `!QAZ2wsx#EDC4rfv`.
const TWO_COLUMNS: usize = 8;

/// The number of kinds of sequences: by alphabet and by keyboard, each for every period; by the reading order of the
/// keyboard's letters; and by two columns.
pub(super) const KINDS: usize = 2 * PERIODS + 2;

/// Returns the kinds of sequences that predict the byte at `at` from those before it, as bits.
pub(super) fn foretold(text: &[u8], at: usize) -> u16 {
    let mut kinds = 0;
    for period in 1..=PERIODS {
        let Some((first, second, third)) = three(text, at, period) else {
            break;
        };
        kinds |= u16::from(next(first, second) == third) << (period - 1);
        kinds |= u16::from(keyboard::in_line(first, second, third)) << (PERIODS + period - 1);
    }
    if let Some((first, second, third)) = three(text, at, 1) {
        kinds |= u16::from(keyboard::in_reading_order(first, second, third)) << (2 * PERIODS);
    }
    if let Some((first, second, third)) = three(text, at, TWO_COLUMNS) {
        kinds |= u16::from(keyboard::in_line(first, second, third)) << (2 * PERIODS + 1);
    }
    kinds
}

fn three(text: &[u8], at: usize, period: usize) -> Option<(u8, u8, u8)> {
    let first = text.get(at.checked_sub(2 * period)?)?;
    let second = text.get(at - period)?;
    Some((*first, *second, *text.get(at)?))
}

/// Returns the character that continues two others: the same step again, wrapping around in their alphabet.
fn next(first: u8, second: u8) -> u8 {
    let next = second.wrapping_add(second.wrapping_sub(first));
    match alphabet(second) {
        Some((start, end)) if (start..=end).contains(&first) => {
            let size = end - start + 1;
            // Both are in the same alphabet, so the third is beyond its end by less than one round.
            match i16::from(second) * 2 - i16::from(first) {
                below if below < i16::from(start) => next.wrapping_add(size),
                above if above > i16::from(end) => next.wrapping_sub(size),
                _ => next,
            }
        }
        _ => next,
    }
}

/// Returns the first and last character of the alphabet that contains a character.
fn alphabet(character: u8) -> Option<(u8, u8)> {
    match character {
        b'0'..=b'9' => Some((b'0', b'9')),
        b'a'..=b'z' => Some((b'a', b'z')),
        b'A'..=b'Z' => Some((b'A', b'Z')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{KINDS, foretold, next};

    #[test]
    fn a_step_is_repeated_round_the_end_of_the_alphabet() {
        for (first, second, third) in [
            (b'a', b'b', b'c'),
            (b'y', b'z', b'a'),
            (b'b', b'a', b'z'),
            (b'9', b'7', b'5'),
            (b'8', b'9', b'0'),
            (b'X', b'X', b'X'),
            (0xfe, 0xff, 0x00),
            (0x00, 0x11, 0x22),
        ] {
            assert_eq!(next(first, second), third);
        }
    }

    #[test]
    fn interleaved_sequences_are_foretold() {
        for text in ["abc", "a1b2c", "1qa2ws3", "1qaz2wsx3", "qwe", "aaa"] {
            assert_ne!(foretold(text.as_bytes(), text.len() - 1), 0, "{text}");
        }
        for text in ["", "a", "ab", "abd", "8Kq2"] {
            let at = text.len().saturating_sub(1);
            assert_eq!(foretold(text.as_bytes(), at), 0, "{text}");
        }
        const { assert!(KINDS <= 16) };
    }
}
