//! The prices of the steps in a parse.

use super::cost::{Cost, bits};
use super::spelling::Style;

/// In the hub, where anything can follow.
pub(super) mod hub {
    use super::{Cost, bits};
    pub(crate) const CHARACTER: Cost = bits(0.27);
    pub(crate) const LETTERS: Cost = bits(4.6);
    pub(crate) const DIGITS: Cost = bits(5.0);
    pub(crate) const WORD: Cost = bits(4.33);
    pub(crate) const REPEAT: Cost = bits(6.0);
    pub(crate) const RAMP: Cost = bits(6.0);
    pub(crate) const DATE: Cost = bits(7.0);
    pub(crate) const WALK: Cost = bits(8.0);
    #[cfg(test)]
    pub(crate) const ALL: &[Cost] = &[CHARACTER, LETTERS, DIGITS, WORD, REPEAT, RAMP, DATE, WALK];
}

/// Within letters that are not a word of the list.
pub(super) mod letters {
    use super::{Cost, bits};
    pub(crate) const STAY: Cost = bits(0.33);
    pub(crate) const SAME_CASE: Cost = bits(0.16);
    pub(crate) const OTHER_CASE: Cost = bits(3.33);
    pub(crate) const WORD: Cost = bits(4.33);
    pub(crate) const LEAVE: Cost = bits(2.74);
    #[cfg(test)]
    pub(crate) const ALL: &[Cost] = &[STAY, WORD, LEAVE];
}

/// Within digits.
pub(super) mod digits {
    use super::{Cost, bits};
    pub(crate) const STAY: Cost = bits(0.52);
    pub(crate) const WORD: Cost = bits(3.65);
    pub(crate) const JOINT: Cost = bits(3.33);
    pub(crate) const DATE: Cost = bits(5.65);
    pub(crate) const LEAVE: Cost = bits(3.33);
    #[cfg(test)]
    pub(crate) const ALL: &[Cost] = &[STAY, WORD, JOINT, DATE, LEAVE];
}

/// After a word, in a text that has had joints or not.
pub(super) mod word {
    use super::{Cost, bits};
    /// The prices of what can follow a word.
    #[derive(Clone, Copy)]
    pub(crate) struct Ways {
        pub(crate) word: Cost,
        pub(crate) joint: Cost,
        pub(crate) digits: Cost,
    }
    pub(crate) const PLAIN: Ways = Ways { word: bits(1.13), joint: bits(1.74), digits: bits(3.33) };
    pub(crate) const JOINTED: Ways = Ways { word: bits(3.33), joint: bits(0.52), digits: bits(3.65) };
    pub(crate) const LEAVE: Cost = bits(3.1);
    #[cfg(test)]
    pub(crate) const ALL: [[Cost; 4]; 2] =
        [[PLAIN.word, PLAIN.joint, PLAIN.digits, LEAVE], [JOINTED.word, JOINTED.joint, JOINTED.digits, LEAVE]];
}

/// After a joint, such as `-`.
pub(super) mod joint {
    use super::{Cost, bits};
    pub(crate) const WORD: Cost = bits(0.42);
    pub(crate) const DIGITS: Cost = bits(2.95);
    pub(crate) const LEAVE: Cost = bits(3.06);
    #[cfg(test)]
    pub(crate) const ALL: &[Cost] = &[WORD, DIGITS, LEAVE];
}

/// Within a repeat, a ramp or a walk.
pub(super) mod foretold {
    use super::{Cost, bits};
    pub(crate) const REPEAT_ON: Cost = bits(0.1);
    pub(crate) const REPEAT_LEAVE: Cost = bits(4.06);
    pub(crate) const RAMP_ON: Cost = bits(0.13);
    pub(crate) const RAMP_LEAVE: Cost = bits(3.65);
    pub(crate) const SAME_WAY: Cost = bits(0.52);
    /// One of seven other directions.
    pub(crate) const OTHER_WAY: Cost = bits(2.2 + 2.81);
    pub(crate) const WALK_LEAVE: Cost = bits(3.65);
    #[cfg(test)]
    pub(crate) const ALL: [&[Cost]; 3] = [
        &[REPEAT_ON, REPEAT_LEAVE],
        &[RAMP_ON, RAMP_LEAVE],
        &[SAME_WAY, OTHER_WAY, OTHER_WAY, OTHER_WAY, OTHER_WAY, OTHER_WAY, OTHER_WAY, OTHER_WAY, WALK_LEAVE],
    ];
}

/// The style of a word: the same as that of the previous word, another one, or that of the first word.
pub(super) const SAME_STYLE: Cost = bits(0.33);
/// One of the three others.
pub(super) const OTHER_STYLE: Cost = bits(3.92);
pub(super) const FIRST_STYLE: [Cost; Style::COUNT] = [bits(1.0), bits(1.74), bits(3.0), bits(3.75)];

/// The joints, and the price of one: the same as the previous joint, another one, or the first.
pub(super) const JOINTS: &[u8; 16] = b"-_ .,:;/+=!@#&*|";
pub(super) const SAME_JOINT: Cost = bits(0.33);
pub(super) const OTHER_JOINT: Cost = bits(2.33 + 4.0);
pub(super) const FIRST_JOINT: Cost = bits(4.0);

pub(super) const ONE_DIGIT: Cost = bits(3.33);
pub(super) const ONE_LETTER: Cost = bits(4.71);
pub(super) const ONE_CASE: Cost = bits(1.0);

pub(super) const ONE_WAY: Cost = bits(3.0);
/// The price of a ramp of one kind.
pub(super) const ONE_RAMP: Cost = hub::RAMP + bits(3.33);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_shares_out_one_probability() {
        let styles: &[Cost] = &[SAME_STYLE, OTHER_STYLE, OTHER_STYLE, OTHER_STYLE];
        let cases: &[Cost] = &[letters::SAME_CASE, letters::OTHER_CASE];
        let [plain, jointed] = &word::ALL;
        let states = [hub::ALL, letters::ALL, digits::ALL, plain, jointed, joint::ALL];
        for prices in states.into_iter().chain(foretold::ALL).chain([styles, cases, &FIRST_STYLE]) {
            let sum: f64 = prices.iter().map(|price| (-f64::from(*price) / 64.0).exp2()).sum();
            assert!(sum <= 1.0, "{prices:?} add up to {sum}");
        }
    }
}
