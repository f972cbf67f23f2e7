//! What changed between two manifests, and whether it makes the service weaker.

mod promises;
mod settings;

use hardened_core::{
    document::described::{objects, words},
    manifest::Manifest,
};

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

/// Returns every change from one manifest to another, the weaker ones first.
///
/// A secret shows only as set or not set: a manifest does not have its value.
#[must_use]
pub fn changes(old: &Manifest, new: &Manifest) -> Vec<Change> {
    let mut changes = Vec::new();
    settings::tier(old, new, &mut changes);
    promises::all(&old.promises, &new.promises, &mut changes);
    settings::settings(old, new, &mut changes);
    settings::waivers(old, new, &mut changes);
    settings::rules(old, new, &mut changes);
    settings::routes(old, new, &mut changes);
    changes.sort_by_key(|change| change.direction);
    changes
}

/// Returns the changes as text: one line for each, `weaker     promises.cors.origins: + https://b.example.com`.
#[must_use]
pub fn text(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "nothing changed\n".to_owned();
    }
    changes.iter().map(line).collect()
}

fn line(change: &Change) -> String {
    let what = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (None, Some(after)) => format!("+ {after}"),
        (Some(before), None) => format!("- {before}"),
        (None, None) => "changed".to_owned(),
    };
    format!("{:<10} {}: {what}\n", change.direction.name(), change.what)
}

/// Adds a change for every item of one list that the other does not have.
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

/// Adds a change where two values differ.
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

/// Adds a change where a limit differs: a higher one, or none any more, allows more.
pub(crate) fn limits(what: &str, old: Option<u64>, new: Option<u64>, changes: &mut Vec<Change>) {
    let direction =
        if new.unwrap_or(u64::MAX) > old.unwrap_or(u64::MAX) { Direction::Weaker } else { Direction::Stronger };
    values(what, old.map(|it| it.to_string()), new.map(|it| it.to_string()), direction, changes);
}
