//! The habits of two hands: which keys each strikes, and how they alternate.

use zeroize::Zeroizing;

use super::kinds::{DIGITS, KEYS, SIGNS, key};

/// The letters of each row by hand, and how often they are struck relative to the home row.
const ROWS: [([&[u8]; 2], f32); 3] =
    [([b"asdfg", b"hjkl"], 1.0), ([b"qwert", b"yuiop"], 0.26), ([b"zxcvb", b"nm"], 0.12)];

/// The initial counts of a letter and a digit.
const LETTER: f32 = 1.4;
const DIGIT: f32 = 1.2;

/// The initial counts of signs: those above digits, others that are easy to reach, and the rest.
const SIGN: [(&[u8], f32); 2] = [(b"!@#$%^&*", 0.7), (b" ;,./-_'()+=", 0.25)];
const OTHER_SIGN: f32 = 0.07;

/// How often each key was struck, and how often the hands alternated. Wiped, because it reveals the text.
#[derive(Clone)]
pub(super) struct Habits {
    keys: Zeroizing<[f32; KEYS]>,
    /// The counts by hand and row.
    rows: Zeroizing<[[f32; 3]; 2]>,
    /// The weight of all letters of a hand.
    weight: [f32; 2],
    /// How often the hand stayed the same, and how often it changed.
    turns: [f32; 2],
    hand: Option<usize>,
}

impl Habits {
    pub(super) fn new() -> Self {
        Self {
            keys: Zeroizing::new(KNOWN),
            rows: Zeroizing::new([[0.0; 3]; 2]),
            weight: [6.0; 2],
            turns: [6.0, 6.5],
            hand: None,
        }
    }

    /// Returns the probability of a key among those of its kind, and counts the key.
    pub(super) fn share(&mut self, key: usize) -> f32 {
        let Some(struck) = self.keys.get(key).copied() else { return 0.0 };
        let share = match PLACES.get(key).copied().flatten() {
            Some((hand, row)) => self.turn(hand) * self.letter(struck, hand, row),
            None => {
                let kind = if key < SIGNS { DIGITS..SIGNS } else { SIGNS..KEYS };
                struck / self.keys.get(kind).unwrap_or_default().iter().sum::<f32>()
            }
        };
        if let Some(struck) = self.keys.get_mut(key) {
            *struck += 1.0;
        }
        share
    }

    /// Returns the probability of a hand after the last one.
    fn turn(&mut self, hand: usize) -> f32 {
        let Some(last) = self.hand.replace(hand) else { return 0.5 };
        let turn = usize::from(last != hand);
        let share = self.turns[turn] / self.turns.iter().sum::<f32>();
        self.turns[turn] += 1.0;
        share
    }

    /// Returns the probability of a letter among those of its hand, according to how often it and its row were struck.
    ///
    /// Each key has its own weight, which is exponentially distributed around that of its row. The expected weight after some
    /// strokes is proportional to the factor here.
    fn letter(&mut self, struck: f32, hand: usize, row: usize) -> f32 {
        let (Some(rows), Some(weight)) = (self.rows.get_mut(hand), self.weight.get_mut(hand)) else { return 0.0 };
        let strokes: f32 = rows.iter().sum();
        let factors = ROWS.map(|(_, factor)| factor / (1.0 + strokes * factor / *weight));
        let of_row = |row: usize| factors[row] * (ROWS[row].0[hand].len() as f32 * LETTER + rows[row]);
        *weight = of_row(0) + of_row(1) + of_row(2);
        rows[row] += 1.0;
        factors[row] * struck / *weight
    }
}

/// The initial counts of all keys.
const KNOWN: [f32; KEYS] = {
    let mut known = [OTHER_SIGN; KEYS];
    let mut at = 0;
    while at < SIGNS {
        known[at] = if at < DIGITS { LETTER } else { DIGIT };
        at += 1;
    }
    let mut group = 0;
    while group < SIGN.len() {
        let mut at = 0;
        while at < SIGN[group].0.len() {
            known[key(SIGN[group].0[at])] = SIGN[group].1;
            at += 1;
        }
        group += 1;
    }
    known
};

/// The hand and row of each letter.
static PLACES: [Option<(usize, usize)>; KEYS] = {
    let mut places = [None; KEYS];
    let mut row = 0;
    while row < ROWS.len() {
        let mut hand = 0;
        while hand < 2 {
            let letters = ROWS[row].0[hand];
            let mut at = 0;
            while at < letters.len() {
                places[key(letters[at])] = Some((hand, row));
                at += 1;
            }
            hand += 1;
        }
        row += 1;
    }
    places
};

#[cfg(test)]
mod tests {
    use super::{DIGITS, PLACES};

    #[test]
    fn every_letter_has_a_hand_and_a_row_and_nothing_else_has() {
        assert!(PLACES.iter().enumerate().all(|(key, place)| place.is_some() == (key < DIGITS)));
    }
}
