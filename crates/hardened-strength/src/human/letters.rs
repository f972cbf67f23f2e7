//! The letter sequences of words, for families of languages.

use std::sync::LazyLock;

/// The data made by `generate/letters.py`, which names its sources and their licences.
///
/// One byte contains the number of families. For each follow a bitmap of the contexts that have their own row, the row for the
/// first letter of a word, a row for each last letter, and the rows of the bitmap. A row has 4 bits for each symbol.
static DATA: &[u8] = include_bytes!("letters.bin");

/// The families. Built once; contains nothing of any key.
pub(super) static FAMILIES: LazyLock<Families> = LazyLock::new(|| Families(families()));

/// The maximum number of families, including that of any language.
pub(super) const MOST: usize = 12;

/// The weight of any language, relative to the families.
const ANY: f32 = 0.45;

/// A probability for each family. The last one is for any language.
pub(super) type Shares = [f32; MOST];

/// The families of languages. A language that is in none of them is approximated by their mean.
pub(super) struct Families(Vec<Family>);

/// The symbol before the first letter and after the last letter of a word.
pub(super) const EDGE: usize = 26;
const SYMBOLS: usize = EDGE + 1;
const CONTEXTS: usize = EDGE * SYMBOLS;
const BITMAP: usize = CONTEXTS.div_ceil(8);
const ROW: usize = SYMBOLS.div_ceil(2);

/// The probabilities of the 16 levels: 2^-0.5, 2^-1, …, 2^-8.
static SHARES: [f32; 16] = {
    let mut shares =
        [std::f32::consts::FRAC_1_SQRT_2, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let mut level = 2;
    while level < shares.len() {
        shares[level] = shares[level - 2] / 2.0;
        level += 1;
    }
    shares
};

/// A family of languages: the probabilities of the letters that can follow.
struct Family {
    rows: &'static [[u8; ROW]],
    /// The row of each context. If a context has none, this is the row of its last letter.
    index: Vec<u16>,
}

/// The probabilities of the symbols that can follow in one context. Their sum is at most one.
#[derive(Clone, Copy)]
struct Row<'a>(&'a [u8; ROW]);

impl Families {
    /// Returns the prior probability of each family. Their sum is one.
    pub(super) fn weights(&self) -> Shares {
        let each = (1.0 - ANY) / self.0.len().max(1) as f32;
        self.each(|_| each, |_| ANY)
    }

    /// Returns the probabilities of a letter at the start of a word.
    pub(super) fn first(&self, symbol: usize) -> Shares {
        self.each(|family| family.first().share(symbol), mean)
    }

    /// Returns the probabilities of some symbols: after the first letter of a word, and after the last two letters.
    pub(super) fn after<const N: usize>(&self, before: usize, last: usize, symbols: [usize; N]) -> [[Shares; 2]; N] {
        symbols.map(|symbol| {
            [EDGE, before].map(|before| self.each(|family| family.after(before, last).share(symbol), mean))
        })
    }

    fn each(&self, of: impl Fn(&Family) -> f32, of_any: impl Fn(&[f32]) -> f32) -> Shares {
        let mut shares = [0.0; MOST];
        let count = self.0.len();
        shares.iter_mut().zip(&self.0).for_each(|(share, family)| *share = of(family));
        let any = of_any(shares.get(..count).unwrap_or_default());
        if let Some(last) = shares.get_mut(count) {
            *last = any;
        }
        shares
    }
}

fn mean(shares: &[f32]) -> f32 {
    shares.iter().sum::<f32>() / shares.len().max(1) as f32
}

impl Family {
    /// Returns the row for a last letter and the symbol before it.
    fn after(&self, before: usize, last: usize) -> Row<'_> {
        let row = self.index.get(before * EDGE + last).copied().unwrap_or(0);
        self.row(usize::from(row))
    }

    /// Returns the row for the start of a word.
    fn first(&self) -> Row<'_> {
        self.row(0)
    }

    fn row(&self, at: usize) -> Row<'_> {
        Row(self.rows.get(at).unwrap_or(&[0xff; ROW]))
    }
}

impl Row<'_> {
    /// Returns the probability of a letter, or of [`EDGE`].
    fn share(self, symbol: usize) -> f32 {
        let pair = self.0.get(symbol / 2).copied().unwrap_or(0xff);
        let level = if symbol.is_multiple_of(2) { pair & 15 } else { pair >> 4 };
        SHARES[usize::from(level)]
    }
}

fn families() -> Vec<Family> {
    let Some((count, mut rest)) = DATA.split_first() else {
        return Vec::new();
    };
    let mut families = Vec::new();
    for _ in 0..usize::from(*count).min(MOST - 1) {
        let Some((bitmap, data)) = rest.split_at_checked(BITMAP) else { break };
        let (rows, _) = data.as_chunks::<ROW>();
        let mut next = SYMBOLS;
        let index = (0..CONTEXTS).map(|context| {
            let own = bitmap.get(context / 8).is_some_and(|byte| byte & 1 << (context % 8) != 0);
            next += usize::from(own);
            let row = if own { next - 1 } else { context % EDGE + 1 };
            u16::try_from(row).unwrap_or(0)
        });
        let index = index.collect();
        let Some(rows) = rows.get(..next) else { break };
        rest = data.get(next * ROW..).unwrap_or_default();
        families.push(Family { rows, index });
    }
    families
}

#[cfg(test)]
mod tests {
    use super::{DATA, EDGE, FAMILIES, SYMBOLS};

    #[test]
    fn the_tables_are_whole_and_small() {
        assert_eq!(FAMILIES.0.len(), usize::from(DATA[0]));
        assert!(DATA.len() <= 64 * 1024);
    }

    #[test]
    fn the_shares_of_each_row_are_one_at_most() {
        for family in &FAMILIES.0 {
            let rows = (0..SYMBOLS).flat_map(|before| (0..EDGE).map(move |last| family.after(before, last)));
            for row in rows.chain([family.first()]) {
                let sum: f32 = (0..SYMBOLS).map(|symbol| row.share(symbol)).sum();
                assert!(sum <= 1.0 + 1e-6, "{sum}");
            }
        }
    }

    #[test]
    fn a_letter_that_follows_often_has_the_larger_share() {
        let english = &FAMILIES.0[0];
        let letter = |letter: u8| usize::from(letter - b'a');
        let after = english.after(letter(b't'), letter(b'h'));
        assert!(after.share(letter(b'e')) > 0.2 && after.share(letter(b'q')) < 0.02);
    }
}
