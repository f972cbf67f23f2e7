//! A table of fixed size for the rate limiter state of each key.

use std::sync::{Mutex, PoisonError};

use governor::{nanos::Nanos, state::StateStore};

/// The number of places in a set.
const WAYS: usize = 8;

/// The number of sets, a power of two.
const SETS: usize = 4_096;

/// The states of 32,768 keys, in about 600 KB: those that take longest to get all their attempts back.
///
/// A key belongs to one of 4,096 sets. When the set is full, a new key replaces the one that gets its attempts back
/// soonest. So an attacker with a million addresses does not make the table forget the clients that it holds back.
#[derive(Debug)]
pub(super) struct Table(Box<[Mutex<[State; WAYS]>]>);

#[derive(Debug, Clone, Copy, Default)]
struct State {
    tag: u64,
    /// The time when all attempts are back, in nanoseconds; 0 marks a free place.
    full_at: u64,
}

/// The hashes of a key, with hash keys that are random for each process: one selects the set, the other identifies the
/// key in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) set: u64,
    pub(super) tag: u64,
}

impl Table {
    pub(super) fn new() -> Self {
        Self(std::iter::repeat_with(Mutex::default).take(SETS).collect())
    }
}

impl StateStore for Table {
    type Key = Place;

    fn measure_and_replace<T, F, E>(&self, place: &Place, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let index = (place.set % SETS as u64) as usize;
        // Cannot fail: there are `SETS` sets.
        let Some(set) = self.0.get(index) else { return decide(None).map(|(outcome, _)| outcome) };
        let mut set = set.lock().unwrap_or_else(PoisonError::into_inner);
        let known = set.iter_mut().find(|state| state.full_at != 0 && state.tag == place.tag);
        let (outcome, next) = decide(known.as_ref().map(|state| state.full_at.into()))?;
        let full_at = next.as_u64().max(1);
        match known {
            Some(state) => state.full_at = full_at,
            None => {
                if let Some(oldest) = set.iter_mut().min_by_key(|state| state.full_at) {
                    *oldest = State { tag: place.tag, full_at };
                }
            }
        }
        Ok(outcome)
    }
}
