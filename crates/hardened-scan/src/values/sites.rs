//! The positions of a text at which a value may be broken, or a list of bytes may begin.

use std::ops::Range;

/// The size of the blocks that are classified as text or not.
const BLOCK: usize = 4096;
/// The number of bytes that are examined together: one for each bit of a word.
const WORD: usize = 64;

/// Collects the ranges of a text that may be text, not machine code or compressed data.
pub(crate) fn texts(text: &[u8], parts: &mut Vec<Range<usize>>) {
    parts.clear();
    for (index, block) in text.chunks(BLOCK).enumerate().filter(|(_, block)| is_text(block)) {
        let start = index * BLOCK;
        match parts.last_mut() {
            Some(last) if last.end == start => last.end = start + block.len(),
            _ => parts.push(start..start + block.len()),
        }
    }
}

/// Calls `site` for each such position in a range, in order.
///
/// Written without branches for each byte, so that the compiler can use vector instructions.
pub(crate) fn each(text: &[u8], part: Range<usize>, mut site: impl FnMut(usize)) {
    for at in part.step_by(WORD) {
        let around = at.checked_sub(1).and_then(|before| text.get(before..)?.first_chunk());
        let mut places = around.map_or_else(|| places(&at_an_end(text, at)), places);
        while places != 0 {
            site(at + places.trailing_zeros() as usize);
            places &= places - 1;
        }
    }
}

/// Returns a word and the bytes around it at the end of the text.
fn at_an_end(text: &[u8], at: usize) -> [u8; WORD + 2] {
    let byte = |place: usize| text.get(place).copied();
    std::array::from_fn(|offset| (at + offset).checked_sub(1).and_then(byte).unwrap_or_default())
}

/// Returns whether a block may be text. Machine code and compressed data contain many control characters.
fn is_text(block: &[u8]) -> bool {
    /// The number of bytes after which the limit is checked.
    const STEP: usize = 8 * WORD;
    let most = block.len() / 16;
    let mut controls = 0;
    block.chunks(STEP).all(|step| {
        controls += step.chunks(WORD).map(controls_of).sum::<usize>();
        controls <= most
    })
}

/// Returns the number of control characters in a word.
fn controls_of(word: &[u8]) -> usize {
    usize::from(word.iter().map(|byte| u8::from(is_control(*byte))).sum::<u8>())
}

const fn is_control(byte: u8) -> bool {
    (byte < 32) & !is_in(byte, 9, 13)
}

/// Returns whether a value may be broken at a byte, or a list may begin there. The neighbouring bytes exclude most others: `=` is
/// in every line, but usually with a space after it.
const fn is_site(before: u8, byte: u8, next: u8) -> bool {
    let is_end = (next == b'\n') | (next == b'\r');
    // Quotes and bytes that begin an escape. `%`, `&` and `'` are consecutive.
    let is_mark = (byte == b'"') | is_in(byte, b'%', b'\'') | (byte == b'`') | (byte == b'\\');
    // A list does not begin in the middle of a word or number.
    let begins = (before <= b'-') | is_in(before, b':', b'@') | (before == b'[') | (before == b'`') | (before == b'{');
    is_mark | ((byte == b'\n') & !is_end) | ((byte == b'=') & (next != b' ')) | (is_in(byte, b'0', b'9') & begins)
}

const fn is_in(byte: u8, first: u8, last: u8) -> bool {
    byte.wrapping_sub(first) <= last - first
}

/// Returns a word with a bit for each byte that is a site.
fn places(around: &[u8; WORD + 2]) -> u64 {
    let mut is = [0_u8; WORD];
    let bytes = around.iter().zip(around.iter().skip(1)).zip(around.iter().skip(2));
    is.iter_mut().zip(bytes).for_each(|(is, ((before, byte), next))| *is = u8::from(is_site(*before, *byte, *next)));
    let (eights, _) = is.as_chunks::<8>();
    // Packs the lowest bits of eight bytes into one byte.
    let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |places, eight| places << 8 | bits(eight))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls `site` for the sites of everything that is text.
    fn each(text: &[u8], mut site: impl FnMut(usize)) {
        let mut parts = Vec::new();
        texts(text, &mut parts);
        parts.into_iter().for_each(|part| super::each(text, part, &mut site));
    }

    #[test]
    fn what_may_break_a_value_is_a_place_wherever_it_is() {
        for (text, expected) in [
            ("\nx", true),
            ("\n\n", false),
            ("\n\r", false),
            ("\"", true),
            ("' ", true),
            ("`x", true),
            ("\\n", true),
            ("=3D", true),
            ("=\r", true),
            ("= 3", false),
            ("%4", true),
            ("&amp;", true),
            ("&#", true),
            ("x1", false),
        ] {
            for before in 0..70 {
                for behind in ["", &"x".repeat(90)] {
                    let text = format!("{}{text}{behind}", "x".repeat(before));
                    let mut found = false;
                    each(text.as_bytes(), |at| found |= at == before);
                    assert_eq!(found, expected, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn a_number_is_a_place_where_it_begins() {
        for (before, expected) in [
            ("", true),
            (" ", true),
            ("\n", true),
            ("(", true),
            ("[", true),
            ("{", true),
            ("\"", true),
            ("=", true),
            (":", true),
            (",", true),
            ("-", true),
            (")", true),
            ("x", false),
            ("_", false),
            (".", false),
            ("1", false),
        ] {
            let mut found = false;
            each(format!("{before}1").as_bytes(), |at| found |= at == before.len());
            assert_eq!(found, expected, "{before}");
        }
    }

    #[test]
    fn blocks_of_control_characters_are_passed_over() {
        for (controls, expected) in [(0, true), (256, true), (257, false), (4096, false)] {
            let block = [vec![1; controls], vec![b'x'; BLOCK - controls]].concat();
            assert_eq!(is_text(&block), expected, "{controls}");
        }
        let mut found = 0;
        each(&[vec![0; BLOCK], vec![b'"'; 3]].concat(), |_| found += 1);
        assert_eq!(found, 3);
    }
}
