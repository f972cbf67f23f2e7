//! The cheapest description of a text, as an attacker would guess it.
//!
//! In every state, the probabilities of the ways to continue add up to one, so the prices form a code, and a code cannot favour
//! many texts at once: of keys drawn from 2^B equally likely ones, a share of at most 2^(p - B) costs p bits or less. This is
//! why random keys are not refused by chance: 32 of 36 letters and digits have B = 165, and 2^(128 - 165) is one in 10^11,
//! whatever words they happen to contain.

use super::cost::{Cost, NEVER, one_of};
use super::dictionary::{DICTIONARY, LONGEST};
use super::prices::*;
use super::repeat::Repeats;
use super::spelling::Style;
use super::{date, keyboard, ramp};

/// The prices of having read the text up to one position, by the last element.
#[derive(Debug, Clone, Copy)]
struct Prices {
    hub: Cost,
    letters: Cost,
    digits: Cost,
    /// By style; so are the prices after a joint.
    word: [Cost; Style::COUNT],
    joint: [Cost; Style::COUNT],
    repeat: Cost,
    ramp: [Cost; ramp::KINDS],
    walk: Cost,
}

impl Prices {
    const NEVER: Self = Self {
        hub: NEVER,
        letters: NEVER,
        digits: NEVER,
        word: [NEVER; Style::COUNT],
        joint: [NEVER; Style::COUNT],
        repeat: NEVER,
        ramp: [NEVER; ramp::KINDS],
        walk: NEVER,
    };

    /// Lets every state return to the hub.
    fn settled(mut self) -> Self {
        let ways = [
            self.letters + letters::LEAVE,
            self.digits + digits::LEAVE,
            least(&self.word) + word::LEAVE,
            least(&self.joint) + joint::LEAVE,
            self.repeat + foretold::REPEAT_LEAVE,
            least(&self.ramp) + foretold::RAMP_LEAVE,
            self.walk + foretold::WALK_LEAVE,
        ];
        self.hub = self.hub.min(least(&ways));
        self
    }

    fn least(&self) -> Cost {
        let single = [self.hub, self.letters, self.digits, self.repeat, self.walk];
        least(&single).min(least(&self.word)).min(least(&self.joint)).min(least(&self.ramp))
    }

    /// Returns the price of beginning a word, by its style.
    fn before_word(&self, ways: word::Ways) -> [Cost; Style::COUNT] {
        let first = (self.hub + hub::WORD).min(self.letters + letters::WORD).min(self.digits + digits::WORD);
        let mut prices = FIRST_STYLE.map(|style| first + style);
        for (at, (after_word, after_joint)) in self.word.iter().zip(&self.joint).enumerate() {
            let before = (after_word + ways.word).min(after_joint + joint::WORD);
            for (style, price) in prices.iter_mut().enumerate() {
                let change = if style == at { SAME_STYLE } else { OTHER_STYLE };
                lower(price, before + change);
            }
        }
        prices
    }
}

/// The prices at the next few positions, as far as a word or date reaches.
struct Ahead([Prices; Ahead::SIZE]);

impl Ahead {
    const SIZE: usize = 16;

    fn at(&mut self, place: usize) -> &mut Prices {
        &mut self.0[place % Self::SIZE]
    }

    /// Returns the prices at a position, and frees its slot for a later one.
    fn take(&mut self, place: usize) -> Prices {
        std::mem::replace(self.at(place), Prices::NEVER)
    }
}

const _: () = assert!(LONGEST < Ahead::SIZE);

/// The state of a parse in addition to the prices.
struct Reader<'a> {
    text: &'a [u8],
    /// The price of a character chosen from the whole alphabet.
    character: Cost,
    multibyte: bool,
    repeats: Repeats,
    last_joint: Option<u8>,
    ahead: Ahead,
    /// The lowest price of a parse that continues beyond the text.
    beyond: Cost,
}

/// Returns the price of the cheapest parse, whose last word or date may continue beyond the text. Otherwise `Authenticatio`
/// would be a better key than `Authentication`.
pub(super) fn price(text: &[u8], alphabet: u32, multibyte: bool) -> Cost {
    let mut reader = Reader {
        text,
        character: one_of(alphabet),
        multibyte,
        repeats: Repeats::new(),
        last_joint: None,
        ahead: Ahead([Prices::NEVER; Ahead::SIZE]),
        beyond: NEVER,
    };
    reader.ahead.at(0).hub = 0;
    for (at, byte) in text.iter().enumerate() {
        let here = reader.ahead.take(at).settled();
        reader.read(&here, at, *byte);
    }
    reader.beyond.min(reader.ahead.take(text.len()).least())
}

impl Reader<'_> {
    fn ways(&self) -> word::Ways {
        if self.last_joint.is_some() { word::JOINTED } else { word::PLAIN }
    }

    fn read(&mut self, here: &Prices, at: usize, byte: u8) {
        self.character(here, at, byte);
        self.letter(here, at, byte);
        self.digit(here, at, byte);
        self.joint(here, at, byte);
        self.foretold(here, at);
        self.walk(here, at, byte);
        self.word(here, at);
        self.date(here, at);
    }

    fn character(&mut self, here: &Prices, at: usize, byte: u8) {
        let continues = self.multibyte && (0x80..0xC0).contains(&byte);
        let price = if continues { 0 } else { hub::CHARACTER + self.character };
        lower(&mut self.ahead.at(at + 1).hub, here.hub + price);
    }

    fn letter(&mut self, here: &Prices, at: usize, byte: u8) {
        if !byte.is_ascii_alphabetic() {
            return;
        }
        let mut price = here.hub + hub::LETTERS + ONE_CASE + ONE_LETTER;
        let before = at.checked_sub(1).and_then(|at| self.text.get(at));
        if let Some(before) = before
            && let Some(pair) = DICTIONARY.letters.after(*before, byte)
        {
            let same = before.is_ascii_lowercase() == byte.is_ascii_lowercase();
            let case = if same { letters::SAME_CASE } else { letters::OTHER_CASE };
            price = price.min(here.letters + letters::STAY + case + pair);
        }
        lower(&mut self.ahead.at(at + 1).letters, price);
    }

    fn digit(&mut self, here: &Prices, at: usize, byte: u8) {
        if byte.is_ascii_digit() {
            let price = (here.hub + hub::DIGITS)
                .min(here.digits + digits::STAY)
                .min(least(&here.word) + self.ways().digits)
                .min(least(&here.joint) + joint::DIGITS);
            lower(&mut self.ahead.at(at + 1).digits, price + ONE_DIGIT);
        }
    }

    fn joint(&mut self, here: &Prices, at: usize, byte: u8) {
        if !JOINTS.contains(&byte) {
            return;
        }
        let ways = self.ways();
        let choice = match self.last_joint.replace(byte) {
            Some(last) if last == byte => SAME_JOINT,
            Some(_) => OTHER_JOINT,
            None => FIRST_JOINT,
        };
        let next = self.ahead.at(at + 1);
        for (joint, word) in next.joint.iter_mut().zip(here.word) {
            lower(joint, word + ways.joint + choice);
        }
        // Most often, lower case follows a number.
        lower(&mut next.joint[0], here.digits + digits::JOINT + choice);
    }

    fn foretold(&mut self, here: &Prices, at: usize) {
        let repeat = self.repeats.foretold(self.text, at);
        let ramps = ramp::foretold(self.text, at);
        let next = self.ahead.at(at + 1);
        if repeat {
            let price = (here.hub + hub::REPEAT).min(here.repeat + foretold::REPEAT_ON);
            lower(&mut next.repeat, price);
        }
        if ramps == 0 {
            return;
        }
        for (kind, (ramp, before)) in next.ramp.iter_mut().zip(here.ramp).enumerate() {
            if ramps & (1 << kind) != 0 {
                lower(ramp, (here.hub + ONE_RAMP).min(before + foretold::RAMP_ON));
            }
        }
    }

    fn walk(&mut self, here: &Prices, at: usize, byte: u8) {
        let before = |steps: usize| at.checked_sub(steps).and_then(|at| self.text.get(at));
        let Some(last) = before(1) else {
            return;
        };
        let Some(way) = keyboard::way(*last, byte) else {
            return;
        };
        let same = before(2).is_some_and(|one| keyboard::way(*one, *last) == Some(way));
        let on = if same { foretold::SAME_WAY } else { foretold::OTHER_WAY };
        let price = (here.hub + hub::WALK + ONE_WAY).min(here.walk + on);
        lower(&mut self.ahead.at(at + 1).walk, price);
    }

    fn word(&mut self, here: &Prices, at: usize) {
        let before = here.before_word(self.ways());
        let rest = self.text.get(at..).unwrap_or_default();
        DICTIONARY.words_at(rest, |word| {
            let style = word.style.index();
            let price = before[style] + word.price;
            match word.length {
                Some(length) => lower(&mut self.ahead.at(at + length).word[style], price),
                None => lower(&mut self.beyond, price),
            }
        });
    }

    fn date(&mut self, here: &Prices, at: usize) {
        let rest = self.text.get(at..).unwrap_or_default();
        if !date::starts(rest) {
            return;
        }
        let price = (here.hub + hub::DATE).min(here.digits + digits::DATE) + one_of(date::CHOICES);
        if rest.len() < date::LENGTH {
            lower(&mut self.beyond, price);
        } else {
            lower(&mut self.ahead.at(at + date::LENGTH).digits, price);
        }
    }
}

fn least(prices: &[Cost]) -> Cost {
    prices.iter().copied().min().unwrap_or(NEVER)
}

fn lower(price: &mut Cost, to: Cost) {
    *price = to.min(*price);
}
