//! The price of a text, in bits, for an attacker who describes it as words of some language.
//!
//! This is a hidden Markov model: a text is words, joined or separated by signs, spelled in one [`Style`]; the letters of a word
//! follow each other as in one family of languages. The ends of words and the family are hidden, so the probabilities of all
//! ways to read the text are added (the forward algorithm). In each state, the probabilities of what can follow add up to at
//! most one, and so do those of all texts of one length. The price is therefore a code.

use super::{
    letters::{EDGE, FAMILIES, Families, MOST, Shares},
    style::{After, Case, Place, SIGNS, Style, letters_like, share_of_other},
};

/// The part of each family's probability that all families share at the start of a word, because names and foreign words are
/// everywhere.
const SHARED: f32 = 0.25;

/// The probability that a sign is the same as the one before.
const SAME_SIGN: f32 = 0.9;

/// The probabilities of all ways to have read a text, by state. Their sum is one; the rest is in `bits`.
#[derive(Clone)]
struct Reading {
    style: Style,
    families: &'static Families,
    /// At the first letter of a word.
    fresh: Shares,
    /// At a later letter of a word.
    inside: Shares,
    /// After a sign or a number, or at the start.
    outside: Shares,
    last: usize,
    before: usize,
    case: Case,
    after: After,
    sign: Option<u8>,
    bits: f32,
}

/// Returns the price of a text in the cheapest style; `None` as soon as it is above the limit.
pub(super) fn price(text: &[u8], limit: f32) -> Option<f32> {
    Style::fitting(text).filter_map(|style| price_in(text, style, limit)).min_by(f32::total_cmp)
}

fn price_in(text: &[u8], style: Style, limit: f32) -> Option<f32> {
    let mut reading = Reading::start(style);
    let limit = limit - style.price();
    for byte in text {
        reading.read(*byte);
        if reading.bits > limit {
            return None;
        }
    }
    Some(style.price() + reading.bits)
}

impl Reading {
    fn start(style: Style) -> Self {
        let nothing = [0.0; MOST];
        Self {
            style,
            families: &FAMILIES,
            fresh: nothing,
            inside: nothing,
            outside: FAMILIES.weights(),
            last: EDGE,
            before: EDGE,
            case: Case::Lower,
            after: After::Sign,
            sign: None,
            bits: 0.0,
        }
    }

    fn read(&mut self, byte: u8) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => self.letter(byte),
            _ if SIGNS.contains(&byte) => self.sign(byte),
            _ => self.number_or_other(byte),
        }
        self.style.learn(byte);
        self.settle();
    }

    /// Returns whether the last character is a letter of a word, or something that stands for one.
    fn is_in_word(&self) -> bool {
        self.last != EDGE
    }

    /// Returns the probability of staying within words or ending one, after a letter.
    fn words(&self) -> f32 {
        1.0 - self.style.digit(After::Letter) - self.style.other()
    }

    fn letter(&mut self, byte: u8) {
        let (letter, upper) = (byte.to_ascii_lowercase(), byte.is_ascii_uppercase());
        let style = self.style;
        let cases = [Place::Inside(self.case), Place::Joined, Place::First].map(|place| style.case(upper, place));
        let (fresh, inside) = self.word(letter, cases, style.plain(letter));
        (self.fresh, self.inside, self.outside) = (fresh, inside, [0.0; MOST]);
        self.case = match (upper, self.case, self.is_in_word()) {
            (false, ..) => Case::Lower,
            (true, Case::Capital | Case::Upper, true) => Case::Upper,
            (true, ..) => Case::Capital,
        };
        self.go_on(letter);
        self.after = After::Letter;
    }

    /// Returns the probabilities of a letter that begins a word, and of one that continues it.
    fn word(&self, letter: u8, cases: [f32; 3], written: f32) -> (Shares, Shares) {
        let symbol = usize::from(letter.wrapping_sub(b'a'));
        let [inside_case, joined_case, first_case] = cases;
        let first = self.style.letter(self.after_word()) * first_case;
        let mut begun = self.outside.map(|outside| outside * first);
        let mut inside = [0.0; MOST];
        if self.is_in_word() {
            let [next, end] = self.continued([symbol, EDGE]);
            let (on, joined) = (self.words() * inside_case * written, self.words() * self.style.joined() * joined_case);
            inside = next.map(|next| next * on);
            begun.iter_mut().zip(end).for_each(|(begun, end)| *begun += end * joined);
        }
        let all: f32 = begun.iter().sum();
        let own = self.families.weights();
        let first = self.families.first(symbol);
        let fresh = |at: usize| ((1.0 - SHARED) * begun[at] + SHARED * all * own[at]) * first[at] * written;
        (std::array::from_fn(fresh), inside)
    }

    /// Returns the probabilities of some symbols after the last letters.
    fn continued<const N: usize>(&self, symbols: [usize; N]) -> [Shares; N] {
        let after = self.families.after(self.before, self.last, symbols);
        after.map(|[short, long]| std::array::from_fn(|at| self.fresh[at] * short[at] + self.inside[at] * long[at]))
    }

    /// Returns the last character for the readings that are outside words.
    fn after_word(&self) -> After {
        if self.after == After::Letter { After::Digit } else { self.after }
    }

    fn go_on(&mut self, letter: u8) {
        self.before = self.last;
        self.last = usize::from(letter.wrapping_sub(b'a'));
    }

    fn sign(&mut self, byte: u8) {
        let which = match self.sign.replace(byte) {
            Some(last) if last == byte => SAME_SIGN,
            Some(_) => (1.0 - SAME_SIGN) / 3.0,
            None => 0.25,
        };
        let (joined, words) = (1.0 - self.style.joined(), self.words());
        let beside = self.style.sign(self.after_word());
        let [ended] = if self.is_in_word() { self.continued([EDGE]) } else { [[0.0; MOST]] };
        for (outside, ended) in self.outside.iter_mut().zip(ended) {
            *outside = (*outside * beside + words * ended * joined) * which;
        }
        self.leave_word(After::Sign);
    }

    fn number_or_other(&mut self, byte: u8) {
        let (from_letter, from_outside, after) = if byte.is_ascii_digit() {
            (self.style.digit(After::Letter) / 10.0, self.style.digit(self.after_word()) / 10.0, After::Digit)
        } else {
            let share = self.style.other() * share_of_other(byte);
            (share, share, After::Sign)
        };
        let literal: Shares = std::array::from_fn(|at| {
            (self.fresh[at] + self.inside[at]) * from_letter + self.outside[at] * from_outside
        });
        match self.disguised(byte) {
            Some((letter, fresh, inside)) => {
                (self.fresh, self.inside, self.outside) = (fresh, inside, literal);
                self.go_on(letter);
                self.after = after;
            }
            None => {
                self.outside = literal;
                self.leave_word(after);
            }
        }
    }

    /// Returns the likeliest letter that a digit or sign stands for, with its probabilities.
    fn disguised(&self, byte: u8) -> Option<(u8, Shares, Shares)> {
        let letters = if self.style.look_alikes { letters_like(byte) } else { &[] };
        let readings = letters.iter().map(|letter| {
            let (fresh, inside) = self.word(*letter, [1.0; 3], self.style.disguised(*letter, byte));
            (*letter, fresh, inside)
        });
        let total = |(_, fresh, inside): &(u8, Shares, Shares)| fresh.iter().chain(inside).sum::<f32>();
        readings.max_by(|one, other| total(one).total_cmp(&total(other)))
    }

    fn leave_word(&mut self, after: After) {
        (self.fresh, self.inside) = ([0.0; MOST], [0.0; MOST]);
        (self.last, self.before, self.after) = (EDGE, EDGE, after);
    }

    /// Normalises the probabilities to a sum of one, and adds the loss to `bits`.
    fn settle(&mut self) {
        let all = || self.fresh.iter().chain(&self.inside).chain(&self.outside);
        let sum: f32 = all().sum();
        // A text that no reading allows costs more than any margin.
        self.bits += if sum > 0.0 { -sum.log2() } else { f32::INFINITY };
        let factor = if sum > 0.0 { sum.recip() } else { 0.0 };
        for share in self.fresh.iter_mut().chain(&mut self.inside).chain(&mut self.outside) {
            *share *= factor;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{WORDS, word_margin},
        Reading, Style, price,
    };

    fn each(text: &str) -> f32 {
        price(text.as_bytes(), f32::INFINITY).unwrap_or(0.0) / text.len() as f32
    }

    #[test]
    fn words_cost_less_than_letters_drawn_at_random() {
        for text in ["pleasereplacethisvalue", "bitte-vor-dem-einsatz", "thisIsOurVeryLongKey", "P4ssw0rdOfTheS3rv3r"] {
            assert!(each(text) < 4.8, "{text}: {}", each(text));
        }
        for text in ["qzjxkvbqwmzrtkxjpwqz", "q7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu"] {
            assert!(each(text) > 5.5, "{text}: {}", each(text));
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

    /// A text that the model generates in a style that fits an alphabet, and the bits of choosing it.
    fn written(alphabet: &[u8], length: usize, style: Style, state: &mut u64) -> (Vec<u8>, f64) {
        let (mut reading, mut text, mut chosen) = (Reading::start(style), Vec::new(), 0.0);
        for _ in 0..length {
            let next = alphabet.iter().map(|byte| {
                let mut next = reading.clone();
                next.read(*byte);
                (f64::from(reading.bits - next.bits).exp2(), *byte, next)
            });
            let mut next: Vec<_> = next.collect();
            let all: f64 = next.iter().map(|(share, ..)| share).sum();
            let mut at = f64::from(self::next(state)) * all;
            let found = next.iter().position(|(share, ..)| {
                at -= share;
                at <= 0.0
            });
            let (share, byte, read) = next.swap_remove(found.unwrap_or(0));
            chosen -= (share / all).log2();
            text.push(byte);
            reading = read;
        }
        (text, chosen)
    }

    /// The probability that a text drawn at random from an alphabet is refused, by importance sampling: texts are drawn from the
    /// model, which makes refused ones common, and weighted by how much rarer they are by chance.
    fn chance(alphabet: &[u8], length: usize, samples: usize) -> f64 {
        let nominal = length as f64 * (alphabet.len() as f64).log2();
        let style = Style::fitting(alphabet).last().unwrap();
        let mut state = 20_261_126;
        let weights = (0..samples).map(|_| {
            let (text, chosen) = written(alphabet, length, style, &mut state);
            if word_margin(&text) >= WORDS { (chosen - nominal).exp2() } else { 0.0 }
        });
        weights.sum::<f64>() / samples as f64
    }

    #[test]
    fn a_key_of_random_letters_is_refused_once_in_a_hundred_million_at_most() {
        let letters: Vec<u8> = (b'a'..=b'z').collect();
        let with_digits: Vec<u8> = (b'a'..=b'z').chain(b'0'..=b'9').collect();
        for (name, alphabet) in [("letters", letters), ("letters and digits", with_digits)] {
            for length in [32, 40, 64] {
                let chance = chance(&alphabet, length, 200);
                assert!(chance < 1e-8, "{length} {name}: {chance}");
            }
        }
    }
}
