//! The letter pairs of words, for words that are not in the list.

use super::cost::{Cost, bits};

const COUNT: usize = 26;

/// The price of each letter after another, from the pairs in the word list.
pub(super) struct Letters {
    prices: [[Cost; COUNT]; COUNT],
}

impl Letters {
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut pairs = [[0_u32; COUNT]; COUNT];
        for word in words {
            for pair in word.as_bytes().windows(2) {
                if let [first, second] = pair
                    && let Some(count) = entry(&mut pairs, *first, *second)
                {
                    *count += 1;
                }
            }
        }
        Self { prices: pairs.map(prices) }
    }

    /// Returns the price of `second` after `first`, ignoring case.
    pub(super) fn after(&self, first: u8, second: u8) -> Option<Cost> {
        let row = self.prices.get(index(first)?)?;
        row.get(index(second)?).copied()
    }
}

/// Returns the prices for the counts of pairs. Unseen pairs get a small probability.
fn prices(counts: [u32; COUNT]) -> [Cost; COUNT] {
    let all = f64::from(counts.iter().sum::<u32>()) + 13.0;
    counts.map(|count| bits((all / (f64::from(count) + 0.5)).log2()))
}

fn entry(pairs: &mut [[u32; COUNT]; COUNT], first: u8, second: u8) -> Option<&mut u32> {
    pairs.get_mut(index(first)?)?.get_mut(index(second)?)
}

fn index(letter: u8) -> Option<usize> {
    let lower = letter.to_ascii_lowercase();
    lower.is_ascii_lowercase().then(|| usize::from(lower - b'a'))
}
