//! Compares two verifications.

use std::collections::{BTreeMap, BTreeSet};

use hardened_core::verification::{VerdictWord, Verification};

use super::{Change, Direction};

/// Returns every check whose verdict changed in a later verification, the weaker ones first. If a check has several cases,
/// the worst counts.
///
/// A check that passed and now has no clear verdict is weaker, because it is not known whether it still passes.
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

/// Ranks how bad a verdict is: skipped and inconclusive are between a pass and a failure.
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
