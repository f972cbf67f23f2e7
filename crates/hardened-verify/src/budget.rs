//! How many requests may be sent, for each family and in total.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

use crate::check::Family;

/// The default maximum of requests in a run.
pub(crate) const MOST_REQUESTS: u32 = 160;

/// The requests that may still be sent.
#[derive(Debug)]
pub(crate) struct Budget {
    left: BTreeMap<Family, AtomicU32>,
    sent: BTreeMap<Family, AtomicU32>,
    /// How many requests of the family `isolation` are reserved for the cleanup.
    kept: AtomicU32,
}

impl Budget {
    /// Scales the default shares to a total; a deep run gets more. The share of the family `reach` is not scaled, because the
    /// other families depend on the path that it finds.
    pub(crate) fn of(most: u32, deep: bool) -> Self {
        let first = Family::Reach.budget();
        let (rest, whole) = (u64::from(most.saturating_sub(first)), u64::from(MOST_REQUESTS - first));
        let own = |family: &Family| u64::from(family.budget() + if deep { further(*family) } else { 0 });
        let share = |family: &Family| match family {
            Family::Reach => u64::from(first.min(most)),
            family => own(family) * rest / whole,
        };
        let left = Family::ALL.iter().map(|family| {
            let share = u32::try_from(share(family)).unwrap_or(u32::MAX);
            (*family, AtomicU32::new(share))
        });
        let sent = Family::ALL.iter().map(|family| (*family, AtomicU32::new(0)));
        Self { left: left.collect(), sent: sent.collect(), kept: AtomicU32::new(0) }
    }

    /// Reserves requests for the cleanup.
    pub(crate) fn keep(self, requests: u32) -> Self {
        self.keep_more(requests);
        self
    }

    /// Reserves further requests for the cleanup.
    pub(crate) fn keep_more(&self, requests: u32) {
        self.kept.fetch_add(requests, Relaxed);
    }

    /// Gives all requests that are left to the cleanup, after every family has ended.
    pub(crate) fn lend_all(&self) {
        for family in Family::ALL.iter().filter(|family| **family != Family::Isolation) {
            self.lend(*family, Family::Isolation, u32::MAX);
        }
    }

    /// Moves up to `most` requests from the share of one family to that of another, and returns how many it moved.
    pub(crate) fn lend(&self, from: Family, to: Family, most: u32) -> u32 {
        let (Some(from), Some(to)) = (self.left.get(&from), self.left.get(&to)) else { return 0 };
        let before = from.fetch_update(Relaxed, Relaxed, |left| Some(left.saturating_sub(most))).unwrap_or(0);
        let lent = before.min(most);
        let _ = to.fetch_update(Relaxed, Relaxed, |left| Some(left.saturating_add(lent)));
        lent
    }

    /// Takes one request; returns `false` if none is left.
    pub(crate) fn take(&self, family: Family) -> bool {
        self.take_above(family, self.kept_of(family))
    }

    /// Takes one request for the cleanup; returns `false` if none is left.
    pub(crate) fn take_kept(&self) -> bool {
        self.take_above(Family::Isolation, 0)
    }

    fn take_above(&self, family: Family, kept: u32) -> bool {
        let Some(left) = self.left.get(&family) else { return false };
        let less = |left: u32| left.checked_sub(1).filter(|less| *less >= kept);
        let taken = left.fetch_update(Relaxed, Relaxed, less).is_ok();
        if taken && let Some(sent) = self.sent.get(&family) {
            sent.fetch_add(1, Relaxed);
        }
        taken
    }

    /// Returns how many requests a family has left.
    pub(crate) fn left(&self, family: Family) -> u32 {
        self.left.get(&family).map_or(0, |left| left.load(Relaxed)).saturating_sub(self.kept_of(family))
    }

    fn kept_of(&self, family: Family) -> u32 {
        if family == Family::Isolation { self.kept.load(Relaxed) } else { 0 }
    }

    /// Returns how many requests each family has sent.
    pub(crate) fn sent(&self) -> BTreeMap<Family, u32> {
        self.sent.iter().map(|(family, sent)| (*family, sent.load(Relaxed))).filter(|(_, sent)| *sent > 0).collect()
    }
}

/// Returns how many requests a family may send in addition in a deep run.
const fn further(family: Family) -> u32 {
    match family {
        Family::Cors => 90,
        Family::Tokens => 30,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_the_families_are_the_whole() {
        assert_eq!(Family::ALL.iter().map(|family| family.budget()).sum::<u32>(), MOST_REQUESTS);
    }

    #[test]
    fn the_shares_are_no_more_than_the_total_and_the_first_family_has_its_own() {
        for (most, first) in [(0, 0), (3, 3), (7, 7), (40, 7), (160, 7), (1600, 7)] {
            let budget = Budget::of(most, false);
            let all: u32 = Family::ALL.iter().map(|family| budget.left(*family)).sum();
            assert!(all <= most && budget.left(Family::Reach) == first, "{most}: {budget:?}");
        }
    }

    #[test]
    fn a_family_sends_no_more_than_its_share() {
        let budget = Budget::of(MOST_REQUESTS, false);
        let taken = (0..1000).filter(|_| budget.take(Family::Docs)).count();
        assert_eq!(taken as u32, Family::Docs.budget());
        assert_eq!(budget.sent(), [(Family::Docs, Family::Docs.budget())].into());
    }

    #[test]
    fn what_is_kept_is_there_when_the_rest_is_spent() {
        let budget = Budget::of(MOST_REQUESTS, false).keep(8);
        let own = (0..1000).filter(|_| budget.take(Family::Isolation)).count();
        assert_eq!((own as u32, budget.left(Family::Isolation)), (Family::Isolation.budget() - 8, 0));
        assert_eq!((0..1000).filter(|_| budget.take_kept()).count(), 8);
        assert_eq!(budget.sent(), [(Family::Isolation, Family::Isolation.budget())].into());
    }

    #[test]
    fn what_is_lent_is_not_there_twice() {
        let budget = Budget::of(MOST_REQUESTS, false);
        assert_eq!(budget.lend(Family::Docs, Family::Isolation, 5), 5);
        assert_eq!(budget.lend(Family::Docs, Family::Isolation, 1000), Family::Docs.budget() - 5);
        let taken = |family| (0..1000).filter(|_| budget.take(family)).count() as u32;
        assert_eq!(taken(Family::Docs), 0);
        assert_eq!(taken(Family::Isolation), Family::Isolation.budget() + Family::Docs.budget());
    }
}
