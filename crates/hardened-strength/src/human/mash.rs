//! What a text costs, in bits, as keys struck blindly: few keys of the home row, again and again in like order.
//!
//! Nothing is known of a hand but the rows of its keyboard, so the shares are learned as the text is read: how often each
//! letter came before, and how often after the last one.

use zeroize::Zeroizing;

const LETTERS: usize = 26;

/// The shares of the letters before any was read: home row 0.62, upper 0.25, lower 0.13.
const ROWS: [(&[u8], f32); 3] = [(b"asdfghjkl", 0.62), (b"qwertyuiop", 0.25), (b"zxcvbnm", 0.13)];

/// How many letters read weigh as much as what is known of the rows, and what follows as much as what is known of letters.
const PRIOR: [f32; 2] = [9.0, 1.5];

/// How much of their weights the two ways to foretell a letter share anew after each.
const SHARED: f32 = 0.05;

/// How many of a kind were seen; wiped, because it tells about the text.
struct Seen {
    letters: Zeroizing<[u16; LETTERS]>,
    after_one: Zeroizing<[[u16; LETTERS]; LETTERS]>,
    others: Zeroizing<[u16; 128]>,
}

/// The price of a text in ASCII. The case of letters is free where it stays.
pub(super) fn price(text: &[u8]) -> f32 {
    let mut seen = Seen::new();
    let (mut bits, mut last, mut ways) = (0.0, None, [0.5; 2]);
    let others = text.iter().any(|byte| !byte.is_ascii_alphabetic());
    let mixed = text.iter().any(u8::is_ascii_lowercase) && text.iter().any(u8::is_ascii_uppercase);
    let (mut of_letters, mut of_others, mut upper) = (12.0_f32, 1.0_f32, false);
    for byte in text {
        let letter = byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'));
        if others {
            let kind = if letter.is_some() { of_letters } else { of_others };
            bits -= (kind / (of_letters + of_others)).log2();
            *(if letter.is_some() { &mut of_letters } else { &mut of_others }) += 1.0;
        }
        let Some(letter) = letter else {
            bits -= seen.other(*byte).log2();
            continue;
        };
        if mixed {
            bits -= (if byte.is_ascii_uppercase() == upper { 0.9_f32 } else { 0.1 }).log2();
            upper = byte.is_ascii_uppercase();
        }
        let shares = seen.letter(letter, last);
        let share: f32 = shares.iter().zip(ways).map(|(share, way)| share * way).sum();
        bits -= share.log2();
        ways = std::array::from_fn(|at| (1.0 - SHARED) * ways[at] * shares[at] / share + SHARED / 2.0);
        last = Some(letter);
    }
    bits
}

impl Seen {
    fn new() -> Self {
        Self {
            letters: Zeroizing::new([0; LETTERS]),
            after_one: Zeroizing::new([[0; LETTERS]; LETTERS]),
            others: Zeroizing::new([0; 128]),
        }
    }

    /// The share of a letter, by how often it came, and by how often after the last one; counts it.
    fn letter(&mut self, letter: usize, last: Option<usize>) -> [f32; 2] {
        let [all, one] = PRIOR;
        let first = share(&mut self.letters[..], letter, all, of_row(letter));
        let row = last.and_then(|last| self.after_one.get_mut(last));
        [first, row.map_or(first, |row| share(row, letter, one, first))]
    }

    /// The share of a character that is not a letter, among 68; counts it.
    fn other(&mut self, byte: u8) -> f32 {
        share(&mut self.others[..], usize::from(byte & 127), 2.0, 1.0 / 68.0)
    }
}

fn share(counts: &mut [u16], at: usize, prior: f32, known: f32) -> f32 {
    let all: u32 = counts.iter().map(|count| u32::from(*count)).sum();
    let Some(count) = counts.get_mut(at) else { return known };
    let share = (f32::from(*count) + prior * known) / (all as f32 + prior);
    *count = count.saturating_add(1);
    share
}

fn of_row(letter: usize) -> f32 {
    let byte = b'a' + letter as u8;
    let row = ROWS.iter().find(|(letters, _)| letters.contains(&byte));
    row.map_or(0.0, |(letters, share)| share / letters.len() as f32)
}

#[cfg(test)]
mod tests {
    use super::{LETTERS, ROWS, of_row, price};

    #[test]
    fn every_letter_has_a_share_and_together_they_are_one() {
        let sum: f32 = (0..LETTERS).map(of_row).sum();
        assert!((sum - 1.0).abs() < 1e-6 && (0..LETTERS).all(|letter| of_row(letter) > 0.0));
        assert_eq!(ROWS.iter().map(|(letters, _)| letters.len()).sum::<usize>(), LETTERS);
    }

    #[test]
    fn the_same_few_keys_cost_less_than_letters_drawn_at_random() {
        for text in ["asdfjklasdjfklasdjflkasdjfklasdf", "dfsjkhdfsjhkdfsjkhsdfkjhsdfkjhsdf"] {
            assert!(price(text.as_bytes()) / (text.len() as f32) < 3.2, "{text}");
        }
        assert!(price(b"wqzmxkvbrtjyphnglcdusoeifatkmwrz") / 32.0 > 4.5);
    }
}
