//! The price of a text, in bits, as keys struck blindly: by two hands, on few keys of the home row, in recurring order.
//!
//! Nothing is known about a hand except its rows, so the probabilities are learned while the text is read. There are two codes:
//! the habits of the hands alone, and the habits together with the order of the keys.

mod habits;
mod kinds;
mod order;

use habits::Habits;
use kinds::{Cases, Kinds, key};
use order::{AfterOne, Pairs};

/// The initial weights of the habits, of the key after the last one, and of the key after the last two.
const WAYS: [f32; 3] = [0.1, 0.6, 0.3];

/// The part of these weights that is redistributed evenly after each key.
const SHARED: f32 = 0.3;

/// Returns the prices of an ASCII text: by habits, and by habits and order. Stops reading once both exceed the limit.
pub(super) fn prices(text: &[u8], limit: f32) -> [f32; 2] {
    let mut hands = Hands::before(text);
    let [mut by_habits, mut by_order] = [hands.kinds.price() + hands.cases.price(); 2];
    for at in 0..text.len() {
        let [habits, order] = hands.shares(text, at);
        by_habits -= habits.log2();
        by_order -= order.log2();
        if by_habits.min(by_order) > limit {
            break;
        }
    }
    [by_habits, by_order]
}

/// The state that is learned from a text.
#[derive(Clone)]
struct Hands {
    kinds: Kinds,
    cases: Cases,
    habits: Habits,
    after_one: AfterOne,
    pairs: Pairs,
    ways: [f32; 3],
}

impl Hands {
    fn before(text: &[u8]) -> Self {
        Self {
            kinds: Kinds::of(text),
            cases: Cases::of(text),
            habits: Habits::new(),
            after_one: AfterOne::new(),
            pairs: Pairs::new(),
            ways: WAYS,
        }
    }

    /// Returns the probabilities of the byte at a position, by habits and by order, and learns from it.
    fn shares(&mut self, text: &[u8], at: usize) -> [f32; 2] {
        let Some(byte) = text.get(at).copied() else { return [1.0; 2] };
        let key = key(byte);
        let by_habits = self.kinds.share(key) * self.habits.share(key);
        let after_one = self.after_one.share(key, by_habits);
        let shares = [by_habits, after_one, self.pairs.share(text, at, key, after_one)];
        let by_order: f32 = shares.iter().zip(self.ways).map(|(share, way)| share * way).sum();
        let learned = |way: usize| (1.0 - SHARED) * self.ways[way] * shares[way] / by_order;
        self.ways = std::array::from_fn(|way| learned(way) + SHARED / 3.0);
        let case = self.cases.share(byte);
        [by_habits * case, by_order * case]
    }
}

#[cfg(test)]
mod tests {
    use super::{super::TYPED, Hands, WAYS, prices};

    fn each(text: &str) -> f32 {
        let [by_habits, by_order] = prices(text.as_bytes(), f32::INFINITY);
        by_habits.min(by_order) / text.len() as f32
    }

    #[test]
    fn the_same_few_keys_cost_less_than_letters_drawn_at_random() {
        for text in ["asdfjklasdjfklasdjflkasdjfklasdf", "dfsjkhdfsjhkdfsjkhsdfkjhsdfkjhsdf"] {
            assert!(each(text) < 3.2, "{text}: {}", each(text));
        }
        assert!(each("wqzmxkvbrtjyphnglcdusoeifatkmwrz") > 4.5);
    }

    #[test]
    fn the_shares_of_all_that_can_follow_are_one_at_most() {
        assert!((WAYS.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        for start in ["", "a", "asd", "asdas", "kj3!k", "Qw89!!Qw8", "fd;sfd;s-_-_ -"] {
            let mut sums = [0.0_f64; 2];
            for byte in b' '..=b'~' {
                // Kinds and cases are priced in advance, so each of these texts has all of them.
                let text = [start.as_bytes(), &[byte], b"aA0!"].concat();
                let mut hands = Hands::before(&text);
                let shares = (0..=start.len()).map(|at| hands.shares(&text, at)).last().unwrap();
                sums = [0, 1].map(|code| sums[code] + f64::from(shares[code]));
            }
            assert!(sums.iter().all(|sum| *sum <= 1.0 + 1e-4), "{start}: {sums:?}");
        }
    }

    /// SplitMix64.
    fn next(state: &mut u64) -> f32 {
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = *state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// The price of a lower-case text that one of the codes generates, by that code.
    fn written(length: usize, code: usize, state: &mut u64) -> f64 {
        let mut text = vec![b'a'; length];
        let mut hands = Hands::before(&text);
        let mut bits = f64::from(hands.kinds.price() + hands.cases.price());
        for at in 0..length {
            let mut left = next(state);
            let mut chosen = None;
            for letter in b'a'..=b'z' {
                text[at] = letter;
                let mut after = hands.clone();
                let share = after.shares(&text, at)[code];
                chosen = Some((after, share));
                left -= share;
                if left <= 0.0 {
                    break;
                }
            }
            let (after, share) = chosen.unwrap();
            hands = after;
            bits -= f64::from(share).log2();
        }
        bits
    }

    /// The probability that random letters reach the threshold, by importance sampling as for words.
    #[test]
    fn a_key_of_random_letters_is_taken_for_mash_once_in_forty_million_at_most() {
        let mut state = 20_261_126;
        for (length, code) in [(32, 0), (32, 1), (40, 0), (40, 1)] {
            let nominal = length as f64 * 26_f64.log2();
            let samples = 200;
            let weights = (0..samples).map(|_| {
                let bits = written(length, code, &mut state);
                if nominal - bits >= f64::from(TYPED) { (bits - nominal).exp2() } else { 0.0 }
            });
            let chance = weights.sum::<f64>() / f64::from(samples);
            assert!(chance < 2.5e-8, "{length} {code}: {chance}");
        }
    }
}
