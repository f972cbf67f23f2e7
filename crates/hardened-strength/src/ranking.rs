//! The order of flaws, and which of them explain others.

use crate::{Flaw, Position};

/// Sorts the flaws, the most telling one first, and drops those that it explains.
///
/// A value that must be replaced as a whole, such as a placeholder, is not also called weak. The order of the checks does not
/// matter. At least one flaw remains if there was any.
pub(crate) fn ranked(mut flaws: Vec<Flaw>) -> Vec<Flaw> {
    flaws.sort_by_key(|flaw| rank(*flaw));
    let has = |kind: fn(Flaw) -> bool| flaws.iter().any(|flaw| kind(*flaw));
    let (long, unreadable) = (has(is_too_long), has(|flaw| matches!(flaw, Flaw::TooShort { .. } | Flaw::NotText)));
    let identity = flaws.iter().copied().find(|flaw| is_identity(*flaw));
    if long {
        flaws.retain(|flaw| is_too_long(*flaw));
    } else if let Some(identity) = identity {
        flaws.retain(|flaw| *flaw == identity || matches!(flaw, Flaw::Blemish { .. }));
    } else if unreadable {
        flaws.retain(|flaw| !is_weakness(*flaw));
    } else {
        keep_one_weakness(&mut flaws);
    }
    // Two checks may find the same flaw.
    flaws.dedup();
    flaws
}

/// Keeps the main reason for a weakness: words and sequences if they take more than half of the bits, else the alphabet.
fn keep_one_weakness(flaws: &mut Vec<Flaw>) {
    let bits_by_length = flaws.iter().find_map(|flaw| match flaw {
        Flaw::FewBits { bits, .. } => Some(*bits),
        _ => None,
    });
    let is_weak = flaws.iter().any(|flaw| matches!(flaw, Flaw::Predictable { .. } | Flaw::FewBits { .. }));
    flaws.retain(|flaw| !(is_weak && *flaw == Flaw::Human));
    let Some(bits_by_length) = bits_by_length else { return };
    let by_words =
        flaws.iter().any(|flaw| matches!(flaw, Flaw::Predictable { bits, .. } if *bits < bits_by_length / 2));
    flaws.retain(|flaw| match flaw {
        Flaw::FewBits { .. } => !by_words,
        Flaw::Predictable { .. } => by_words,
        _ => true,
    });
}

/// Returns the rank of a flaw: first what the value is, then stray characters, then how strong it is.
fn rank(flaw: Flaw) -> usize {
    match flaw {
        Flaw::Published { .. } => 0,
        Flaw::Pem => 1,
        Flaw::Json => 2,
        Flaw::Token => 3,
        Flaw::Reference(_) => 4,
        Flaw::Template => 5,
        Flaw::Placeholder => 6,
        Flaw::Assigned => 7,
        Flaw::Uuid => 7,
        Flaw::Hashed => 7,
        Flaw::EscapedLines => 11,
        Flaw::NotText => 8,
        Flaw::Blemish { position: Position::Inside, .. } => 10,
        Flaw::Blemish { .. } => 9,
        Flaw::TooLong { .. } => 11,
        Flaw::TooShort { .. } => 12,
        Flaw::Predictable { .. } => 13,
        Flaw::FewBits { .. } => 14,
        Flaw::Human => 15,
    }
}

/// Returns whether a flaw states what the value is instead of a secret.
fn is_identity(flaw: Flaw) -> bool {
    rank(flaw) < 8
}

fn is_too_long(flaw: Flaw) -> bool {
    matches!(flaw, Flaw::TooLong { .. })
}

fn is_weakness(flaw: Flaw) -> bool {
    matches!(flaw, Flaw::Predictable { .. } | Flaw::FewBits { .. } | Flaw::Human)
}
