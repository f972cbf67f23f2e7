//! Texts with few different characters, or with one that prevails: `0110100…`, `lolololo`.

use zeroize::Zeroizing;

/// Returns the bits of a text whose bytes are guessed from how often each has occurred before.
///
/// A new byte costs a choice in the alphabet. A byte that has occurred `n` times among `all` costs log2(`all` ÷ `n`). Every
/// byte adds to the price, so a longer text is never cheaper.
pub(super) fn bits(text: &[u8], new_byte: f32) -> f32 {
    let mut times = Zeroizing::new([0_u16; 256]);
    let mut all = 1_u16;
    let mut bits = 0.0;
    for byte in text {
        let Some(times) = times.get_mut(usize::from(*byte)) else {
            continue;
        };
        bits += match *times {
            0 => f32::from(all).log2() + new_byte,
            seen => (f32::from(all) / f32::from(seen)).log2(),
        };
        *times = times.saturating_add(1);
        all = all.saturating_add(1);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::bits;

    #[test]
    fn two_symbols_are_worth_about_one_bit_each() {
        let text = b"0000011111000110100100011001011001100000110110010110111110011010";
        let bits = bits(text, 3.3);
        assert!((64.0..84.0).contains(&bits), "{bits}");
    }

    #[test]
    fn random_text_is_worth_more_than_its_alphabet_says() {
        let bits = bits(b"hHWkTZUHC4fs44lTtSo6tEPeyMXOGqRb", 5.95);
        assert!(bits > 190.0, "{bits}");
    }
}
