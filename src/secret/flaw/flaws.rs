//! The flaws of one secret, in order, and without those that another explains.

use super::{Flaw, Place};

/// The flaws of one secret, the most telling first.
///
/// A value that must be replaced as a whole, such as a placeholder, is not called weak as well.
/// The choice is made once all checks have answered, so their order decides nothing, and at
/// least one flaw remains if there was any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flaws {
    by_rank: [Option<Flaw>; RANKS],
}

impl Flaws {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The flaws, the most telling first.
    pub fn iter(&self) -> impl Iterator<Item = Flaw> + use<> {
        self.by_rank.into_iter().flatten()
    }

    /// The most telling flaw.
    #[must_use]
    pub fn first(&self) -> Option<Flaw> {
        self.iter().next()
    }

    fn has(&self, mut kind: impl FnMut(Flaw) -> bool) -> bool {
        self.iter().any(&mut kind)
    }

    fn keep(&mut self, mut kind: impl FnMut(Flaw) -> bool) {
        for slot in &mut self.by_rank {
            *slot = slot.filter(|flaw| kind(*flaw));
        }
    }

    fn without_the_explained(mut self) -> Self {
        if self.has(|flaw| matches!(flaw, Flaw::TooLong { .. })) {
            self.keep(|flaw| matches!(flaw, Flaw::TooLong { .. }));
        }
        if let Some(identity) = self.iter().find(|flaw| is_identity(*flaw)) {
            self.keep(|flaw| flaw == identity || matches!(flaw, Flaw::Blemish { .. }));
        }
        if self.has(|flaw| matches!(flaw, Flaw::TooShort { .. } | Flaw::NotText)) {
            self.keep(|flaw| !is_weakness(flaw));
        }
        let repeated = self.iter().any(|flaw| self.says_the_same(flaw));
        if repeated {
            self.keep(|flaw| !matches!(flaw, Flaw::FewBits { .. }));
        } else if self.has(|flaw| matches!(flaw, Flaw::FewBits { .. })) {
            self.keep(|flaw| !matches!(flaw, Flaw::Predictable { .. }));
        }
        self
    }

    /// Whether words or sequences, not the alphabet, are what makes the key weak.
    fn says_the_same(&self, flaw: Flaw) -> bool {
        let Flaw::Predictable { bits, .. } = flaw else {
            return false;
        };
        self.has(|other| matches!(other, Flaw::FewBits { bits: nominal, .. } if bits < nominal / 2))
    }
}

impl FromIterator<Flaw> for Flaws {
    fn from_iter<I: IntoIterator<Item = Flaw>>(flaws: I) -> Self {
        let mut all = Self::default();
        for flaw in flaws {
            if let Some(slot) = all.by_rank.get_mut(rank(flaw)) {
                *slot = Some(flaw);
            }
        }
        all.without_the_explained()
    }
}

impl IntoIterator for Flaws {
    type Item = Flaw;
    type IntoIter = std::iter::Flatten<std::array::IntoIter<Option<Flaw>, RANKS>>;

    fn into_iter(self) -> Self::IntoIter {
        self.by_rank.into_iter().flatten()
    }
}

const RANKS: usize = 15;

/// How much a flaw tells: what the value is comes before what is on it, and that before how
/// strong it is.
fn rank(flaw: Flaw) -> usize {
    match flaw {
        Flaw::Published { .. } => 0,
        Flaw::Pem => 1,
        Flaw::Json => 2,
        Flaw::Token => 3,
        Flaw::Reference(_) => 4,
        Flaw::Template => 5,
        Flaw::Placeholder => 6,
        Flaw::Uuid => 7,
        Flaw::NotText => 8,
        Flaw::Blemish { place: Place::Inside, .. } => 10,
        Flaw::Blemish { .. } => 9,
        Flaw::TooLong { .. } => 11,
        Flaw::TooShort { .. } => 12,
        Flaw::Predictable { .. } => 13,
        Flaw::FewBits { .. } => 14,
    }
}

/// Flaws that say what the value is instead of a secret.
fn is_identity(flaw: Flaw) -> bool {
    rank(flaw) < 8
}

fn is_weakness(flaw: Flaw) -> bool {
    matches!(flaw, Flaw::Predictable { .. } | Flaw::FewBits { .. })
}
