//! Compares two manifests, or two verifications, and says whether a change makes the service weaker.

mod change;
mod promises;
mod settings;
mod verdicts;

use hardened_core::manifest::Manifest;

pub use self::{
    change::{Change, Direction},
    verdicts::verdicts,
};

/// Returns every change from one manifest to another, the weaker ones first.
///
/// Of a secret, only whether it is set is shown, because a manifest does not contain its value.
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
