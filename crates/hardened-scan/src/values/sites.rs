//! The places of a text at which a value may be broken, or a list of bytes may begin.

/// The blocks of a text that are judged to be text or not.
const BLOCK: usize = 4096;
/// How many bytes are looked at together: one for each bit of a word.
const WORD: usize = 64;

/// The places of everything that is text, in their order.
///
/// Written without branches for each byte, so that the compiler can use the processor's vector instructions.
pub(crate) fn each(text: &[u8], mut site: impl FnMut(usize)) {
    for (index, block) in text.chunks(BLOCK).enumerate().filter(|(_, block)| is_text(block)) {
        let start = index * BLOCK;
        for at in (start..start + block.len()).step_by(WORD) {
            let word = text.get(at..).unwrap_or_default();
            let mut places = match word.first_chunk() {
                Some(word) => places(word),
                // The end of the text, followed by something that does not belong to a site.
                None => places(&std::array::from_fn(|offset| word.get(offset).copied().unwrap_or_default())),
            };
            while places != 0 {
                site(at + places.trailing_zeros() as usize);
                places &= places - 1;
            }
        }
    }
}

/// Whether a block may be text: machine code and compressed data hold many control characters.
fn is_text(block: &[u8]) -> bool {
    let count = |bytes: &[u8]| usize::from(bytes.iter().map(|byte| u8::from(is_control(*byte))).sum::<u8>());
    let (words, rest) = block.as_chunks::<WORD>();
    words.iter().map(|word| count(word)).sum::<usize>() + count(rest) <= block.len() / 16
}

const fn is_control(byte: u8) -> bool {
    (byte < 32) & !is_in(byte, 9, 13)
}

/// Whether a value may be broken here, or a list may begin behind it. The byte behind it tells most others apart: `=` is
/// in every line, `=3D` is in few.
const fn is_site(byte: u8, next: u8) -> bool {
    let digit = is_in(next, b'0', b'9') | is_in(next | 32, b'a', b'f');
    let letter = is_in(next | 32, b'a', b'z');
    let end = (next == b'\n') | (next == b'\r');
    let space = (next == b' ') | (next == b'\t');
    let opens = (byte == b'(') | ((byte | 32) == b'{');
    ((byte == b'\n') & !end)
        | (byte == b'"')
        | (byte == b'\'')
        | (byte == b'`')
        | (byte == b'\\')
        | ((byte == b'=') & (digit | end))
        | ((byte == b'%') & digit)
        | ((byte == b'&') & (letter | (next == b'#')))
        | (opens & (digit | space | (next == b'-') | (next == b'(')))
}

const fn is_in(byte: u8, first: u8, last: u8) -> bool {
    byte.wrapping_sub(first) <= last - first
}

/// A bit for each byte but the last that is a site.
fn places(word: &[u8; WORD + 1]) -> u64 {
    let mut is = [0_u8; WORD];
    let pairs = word.iter().zip(word.iter().skip(1));
    is.iter_mut().zip(pairs).for_each(|(is, (byte, next))| *is = u8::from(is_site(*byte, *next)));
    let (eights, _) = is.as_chunks::<8>();
    // Moves the lowest bits of eight bytes next to each other.
    let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |places, eight| places << 8 | bits(eight))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("% ", false),
            ("&amp;", true),
            ("&#", true),
            ("& ", false),
            ("(1", true),
            ("[ 1", true),
            ("{-", true),
            ("((b", true),
            ("(fe", true),
            ("(self", false),
            ("{\n", false),
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
