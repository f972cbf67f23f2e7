//! How letters follow one another in words, in families of languages.

use std::sync::LazyLock;

/// Made by `generate/letters.py`, which names its sources and their licences.
///
/// One byte for the number of families; for each a bitmap of the contexts that have a row of their own, the row of a
/// word's first letter, a row after each letter, and the rows of the bitmap. A row has 4 bits for each symbol.
static DATA: &[u8] = include_bytes!("letters.bin");

/// The families. Built once; holds nothing of any key.
pub(super) static FAMILIES: LazyLock<Families> = LazyLock::new(|| Families(families()));

/// How many families there can be, with that of any language.
pub(super) const MOST: usize = 12;

/// The weight of any language among the families.
const ANY: f32 = 0.25;

/// A share for each family, the last of which is any language.
pub(super) type Shares = [f32; MOST];

/// Families of languages, and a language like all of them: what is in no family is closest to their mean.
pub(super) struct Families(Vec<Family>);

/// The symbol after the last letter of a word, and before its first one.
pub(super) const EDGE: usize = 26;
const SYMBOLS: usize = EDGE + 1;
const CONTEXTS: usize = EDGE * SYMBOLS;
const BITMAP: usize = CONTEXTS.div_ceil(8);
const ROW: usize = SYMBOLS.div_ceil(2);

/// The shares of the 16 levels: 2^-0.5, 2^-1, …, 2^-8.
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

/// One family: the shares of the letters that can follow.
struct Family {
    rows: &'static [[u8; ROW]],
    /// The row of each context; that of the last letter alone where the two have none.
    index: Vec<u16>,
}

/// The shares of what can follow in one context; together one at most.
#[derive(Clone, Copy)]
struct Row<'a>(&'a [u8; ROW]);

impl Families {
    /// How likely each is; together one.
    pub(super) fn weights(&self) -> Shares {
        let each = (1.0 - ANY) / self.0.len().max(1) as f32;
        self.each(|_| each, |_| ANY)
    }

    /// The shares of a letter as the first one of a word.
    pub(super) fn first(&self, symbol: usize) -> Shares {
        self.each(|family| family.first().share(symbol), mean)
    }

    /// The shares of some symbols, each after the last letter as the first one of a word, and after the last two letters.
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
    /// What can follow the last letter and the symbol before it.
    fn after(&self, before: usize, last: usize) -> Row<'_> {
        let row = self.index.get(before * EDGE + last).copied().unwrap_or(0);
        self.row(usize::from(row))
    }

    /// What a word can begin with.
    fn first(&self) -> Row<'_> {
        self.row(0)
    }

    fn row(&self, at: usize) -> Row<'_> {
        Row(self.rows.get(at).unwrap_or(&[0xff; ROW]))
    }
}

impl Row<'_> {
    /// The share of a letter, or of [`EDGE`].
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
