//! What changed between two verifications.

use std::collections::{BTreeMap, BTreeSet};

use hardened_core::verification::{VerdictWord, Verification};

use super::{Change, Direction};

/// Returns every check that ended otherwise in a later verification, the weaker ones first. Of several cases of a check
/// the worst counts.
///
/// A check that passed and is not shown any more is weaker: nobody knows whether it still holds.
#[must_use]
pub fn verdicts(old: &Verification, new: &Verification) -> Vec<Change> {
    let (old, new) = (worst(old), worst(new));
    let checks: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let mut changes: Vec<Change> = checks
        .into_iter()
        .filter_map(|check| change(check, old.get(check).copied(), new.get(check).copied()))
        .collect();
    changes.sort_by_key(|change| change.direction);
    changes
}

fn change(check: &str, old: Option<VerdictWord>, new: Option<VerdictWord>) -> Option<Change> {
    if old == new {
        return None;
    }
    let (before, after) = (badness(old), badness(new));
    let direction = if after > before {
        Direction::Weaker
    } else if after < before {
        Direction::Stronger
    } else {
        Direction::Different
    };
    let name = |verdict: Option<VerdictWord>| verdict.map(|verdict| verdict.name().to_owned());
    Some(Change::new(format!("live.{check}"), direction, name(old), name(new)))
}

/// How bad the end of a check is: what was not asked, or not shown, is between a pass and a failure.
fn badness(verdict: Option<VerdictWord>) -> u8 {
    match verdict {
        Some(VerdictWord::Pass) => 0,
        Some(VerdictWord::Fail) => 2,
        _ => 1,
    }
}

fn worst(verification: &Verification) -> BTreeMap<&str, VerdictWord> {
    let mut worst = BTreeMap::new();
    for outcome in &verification.outcomes {
        let so_far = worst.entry(outcome.check.as_str()).or_insert(outcome.verdict);
        if badness(Some(outcome.verdict)) > badness(Some(*so_far)) {
            *so_far = outcome.verdict;
        }
    }
    worst
}
