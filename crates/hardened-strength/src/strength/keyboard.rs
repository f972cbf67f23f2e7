//! The positions of the keys on a keyboard.

/// The rows of a QWERTY keyboard, plain and shifted, key by key.
const ROWS: [(&[u8], &[u8]); 4] = [
    (b"`1234567890-=", b"~!@#$%^&*()_+"),
    (b" qwertyuiop[]\\", b" QWERTYUIOP{}|"),
    (b" asdfghjkl;'", b" ASDFGHJKL:\""),
    (b" zxcvbnm,./", b" ZXCVBNM<>?"),
];

/// The letters in reading order: a walk along a row continues in the next one.
const LETTERS: &[u8] = b"qwertyuiopasdfghjklzxcvbnm";

const UNKNOWN: u8 = u8::MAX;
const SHIFTED: u8 = 0x40;

/// The positions: row × 16 + column, with a bit for the shift key, so that equal steps are equal differences.
static PLACES: [u8; 256] = places();
static RANKS: [u8; 256] = ranks();

/// Returns whether three keys are in a line at equal distances.
pub(super) fn in_line(first: u8, second: u8, third: u8) -> bool {
    equal_steps(place(first), place(second), place(third))
}

/// Returns the direction from a key to a neighbour, one of eight; `None` if they are not neighbours.
pub(super) fn way(from: u8, to: u8) -> Option<u8> {
    let (from, to) = (place(from), place(to));
    let way = to.wrapping_sub(from);
    let neighbours = matches!(way, 1 | 15 | 16 | 17 | 239 | 240 | 241 | 255);
    (from != UNKNOWN && to != UNKNOWN && neighbours).then_some(way)
}

/// Returns whether three letters follow each other in reading order, at equal distances.
pub(super) fn in_reading_order(first: u8, second: u8, third: u8) -> bool {
    equal_steps(rank(first), rank(second), rank(third))
}

fn equal_steps(first: u8, second: u8, third: u8) -> bool {
    first != UNKNOWN
        && second != UNKNOWN
        && third != UNKNOWN
        && second.wrapping_sub(first) == third.wrapping_sub(second)
}

fn place(key: u8) -> u8 {
    PLACES[usize::from(key)]
}

fn rank(letter: u8) -> u8 {
    RANKS[usize::from(letter)]
}

const fn places() -> [u8; 256] {
    let mut places = [UNKNOWN; 256];
    let mut row = 0;
    while row < ROWS.len() {
        let (plain, shifted) = ROWS[row];
        let mut column = 0;
        while column < plain.len() {
            let place = (row * 16 + column) as u8;
            places[plain[column] as usize] = place;
            places[shifted[column] as usize] = place | SHIFTED;
            column += 1;
        }
        row += 1;
    }
    places[b' ' as usize] = UNKNOWN;
    places
}

const fn ranks() -> [u8; 256] {
    let mut ranks = [UNKNOWN; 256];
    let mut rank = 0;
    while rank < LETTERS.len() {
        ranks[LETTERS[rank] as usize] = rank as u8;
        ranks[LETTERS[rank].to_ascii_uppercase() as usize] = rank as u8 | SHIFTED;
        rank += 1;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::{in_line, in_reading_order, way};

    #[test]
    fn a_walk_goes_along_a_row_or_down_a_column() {
        for [first, second, third] in [b"qwe", b"ewq", b"qaz", b"zaq", b"1qa", b"QWE", b"!@#", b"135"] {
            assert!(in_line(*first, *second, *third));
        }
        for [first, second, third] in [b"qwq", b"qwa", b"qWe", b"q e", b"\0\0\0"] {
            assert!(!in_line(*first, *second, *third));
        }
    }

    #[test]
    fn a_neighbour_lies_in_one_of_eight_ways() {
        let around = b"qweadzxc".map(|key| way(b's', key));
        assert!(around.iter().all(Option::is_some));
        for (from, to) in [(b's', b's'), (b's', b'f'), (b's', b'E'), (b'p', b'a'), (b's', 0)] {
            assert_eq!(way(from, to), None);
        }
    }

    #[test]
    fn reading_order_goes_on_in_the_next_row() {
        assert!(in_reading_order(b'o', b'p', b'a'));
        assert!(in_reading_order(b'z', b'l', b'k'));
        assert!(!in_reading_order(b'o', b'p', b'A'));
    }
}
