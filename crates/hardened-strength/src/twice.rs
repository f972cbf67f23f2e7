//! Detects a text that consists of copies: `Av&(b4&cAv&(b4&c`, with something short between them or a counter at their ends.

use zeroize::Zeroizing;

use crate::strength;

/// The bits that another copy adds: that there is one, its length, and the difference.
const PER_COPY: u32 = 8;

/// Returns the bits of the first copy and of the number of copies, if the text consists of copies.
pub(crate) fn bits(text: &[u8]) -> Option<u32> {
    let period = period(text);
    let copies = text.len().checked_div(period)?;
    // At most three characters separate two copies, and none follow the last one.
    let is_copies = copies >= 2 || period <= text.len().div_ceil(2) + 2 && period < text.len();
    let first = text.get(..period)?;
    is_copies.then(|| {
        let more = u32::try_from(copies.max(2)).unwrap_or(u32::MAX).min(64);
        strength::nominal_bits(first) + PER_COPY * more.ilog2().max(1)
    })
}

/// Returns the shortest period of the text. Digits count as equal, so that counters do not hide it. Uses the prefix function
/// of Knuth, Morris and Pratt, in linear time.
fn period(text: &[u8]) -> usize {
    let digits_alone = text.iter().all(u8::is_ascii_hexdigit);
    let same = |one: u8, other: u8| one == other || !digits_alone && one.is_ascii_digit() && other.is_ascii_digit();
    let mut borders = Zeroizing::new(vec![0_usize; text.len()]);
    for at in 1..text.len() {
        let mut length = borders[at - 1];
        while length > 0 && !same(text[at], text[length]) {
            length = borders[length - 1];
        }
        borders[at] = length + usize::from(same(text[at], text[length]));
    }
    text.len() - borders.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{bits, period};

    #[test]
    fn copies_are_found_whatever_is_between_them() {
        for text in [
            "Av&(b4&c>Re/PRg=Av&(b4&c>Re/PRg=",
            "Zk2LQx84nTbWv7RcZk2LQx84nTbWv7Rc",
            "Zk2LQx84nTbWv7Rc-Zk2LQx84nTbWv7Rc",
            "Zk2LQx84nTbWv7Rc--+Zk2LQx84nTbWv7Rc",
            "Zk2LQx84nTb1Zk2LQx84nTb2Zk2LQx84nTb3",
            "Zk2LQx84nTb#1-Zk2LQx84nTb#2-Zk2LQx84nTb#3",
        ] {
            assert!(bits(text.as_bytes()).is_some_and(|bits| bits < 128), "{text}: {:?}", bits(text.as_bytes()));
        }
    }

    #[test]
    fn a_text_that_is_no_copy_has_no_period() {
        for text in ["", "a", "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC", "Zk2LQx84nTbWv7Rc-Zk2LQx84nTbWv7Rd"] {
            assert_eq!(bits(text.as_bytes()), None, "{text}");
        }
        assert_eq!(period(b"abcabcab"), 3);
    }
}
