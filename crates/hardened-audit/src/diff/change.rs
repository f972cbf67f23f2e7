//! One change between two releases, and the comparison of values.

use hardened_core::document::described::{objects, words};

objects! {
    /// One change between two releases.
    Change {
        /// What changed, such as `promises.cors.origins`.
        what: String,
        /// Whether it makes the service weaker.
        direction: Direction,
        /// What it was. Absent: it is new, or it is a secret.
        before: Option<String>,
        /// What it is. Absent: it is gone, or it is a secret.
        after: Option<String>,
    }
}

words! {
    /// Whether a change makes the service weaker.
    Direction ("one of weaker, stronger, different") {
        /// More is allowed than before, or less is checked.
        Weaker = "weaker",
        /// Less is allowed than before, or more is checked.
        Stronger = "stronger",
        /// Neither can be said.
        Different = "different",
    }
}

impl Change {
    pub(crate) fn new(
        what: impl Into<String>,
        direction: Direction,
        before: Option<String>,
        after: Option<String>,
    ) -> Self {
        Self { what: what.into(), direction, before, after }
    }
}

/// Adds a change for every item that only one of the lists has.
pub(crate) fn lists(what: &str, old: &[String], new: &[String], more_is: Direction, changes: &mut Vec<Change>) {
    let less_is = match more_is {
        Direction::Weaker => Direction::Stronger,
        Direction::Stronger => Direction::Weaker,
        Direction::Different => Direction::Different,
    };
    let gone = old.iter().filter(|item| !new.contains(item));
    changes.extend(gone.map(|item| Change::new(what, less_is, Some(item.clone()), None)));
    let added = new.iter().filter(|item| !old.contains(item));
    changes.extend(added.map(|item| Change::new(what, more_is, None, Some(item.clone()))));
}

/// Adds a change if two values differ.
pub(crate) fn values(
    what: &str,
    old: Option<String>,
    new: Option<String>,
    direction: Direction,
    changes: &mut Vec<Change>,
) {
    if old != new {
        changes.push(Change::new(what, direction, old, new));
    }
}

/// Adds a change if a limit differs: a higher limit, or none, is weaker.
pub(crate) fn limits(what: &str, old: Option<u64>, new: Option<u64>, changes: &mut Vec<Change>) {
    let direction =
        if new.unwrap_or(u64::MAX) > old.unwrap_or(u64::MAX) { Direction::Weaker } else { Direction::Stronger };
    values(what, old.map(|it| it.to_string()), new.map(|it| it.to_string()), direction, changes);
}
