//! Which part of a file is what: flat keys, sections for tiers, sections for services.

use figment::Profile;

use super::{
    declared::{self, SECTIONS},
    layer::{Layer, Origin},
    merged,
    tree::{Entry, Node},
    walk::Walk,
};
use crate::{Tier, finding::Name};

/// The section that every service reads.
const SHARED: &str = "shared";

/// Sorts the whole file of one service.
pub(super) fn whole(walk: &mut Walk<'_>, entries: &[Entry<'_>]) {
    let flat = entries.iter().filter(|entry| profile_of(entry).is_none());
    walk.section(&Profile::Default, flat);
    for entry in entries {
        if let (Some(profile), Node::Table(section)) = (profile_of(entry), &entry.value) {
            walk.section(&profile, section);
        }
    }
}

/// The profile of a section. A key that is no table is a flat key, whatever its name.
fn profile_of(entry: &Entry<'_>) -> Option<Profile> {
    let is_default = entry.key == "default";
    let tier = Tier::ALL.into_iter().find(|tier| tier.name() == entry.key);
    let profile = if is_default { Some(Profile::Default) } else { tier.map(merged::profile) };
    profile.filter(|_| matches!(entry.value, Node::Table(_)))
}

/// Sorts the parts of one service in a file that several share; returns the layer of `[shared]` and its own.
pub(super) fn of_service<'w>(
    mut walk: Walk<'w>,
    entries: &[Entry<'_>],
    own: &'static str,
    origin: Origin,
) -> [Layer; 2] {
    let named = |name: &str| {
        entries.iter().find_map(move |entry| match &entry.value {
            Node::Table(section) if entry.key == name => Some(section.as_slice()),
            _ => None,
        })
    };
    whole(&mut walk, named(SHARED).unwrap_or_default());
    let shared = std::mem::replace(&mut walk.layer, walk.texts.layer(origin));
    if own != SHARED {
        whole(&mut walk, named(own).unwrap_or_default());
    }
    let is_ours = |entry: &&Entry<'_>| matches!(entry.value, Node::Table(_)) && [SHARED, own].contains(&entry.key);
    let absent: Vec<_> = [SHARED, own].into_iter().filter(|name| named(name).is_none()).collect();
    for entry in entries.iter().filter(|entry| !is_ours(entry)) {
        foreign(&mut walk, entry, &absent);
    }
    [shared, walk.layer]
}

/// A key at the top of a shared file that is not ours: a section of another service is no finding, but for secrets.
fn foreign(walk: &mut Walk<'_>, entry: &Entry<'_>, absent: &[&'static str]) {
    walk.secrets(std::slice::from_ref(entry));
    let resembles = |name: &&&str| declared::resemble(name, entry.key);
    match &entry.value {
        Node::Table(_) if SECTIONS.contains(&entry.key) => {
            let fact = "a top-level tier section applies to no service; put it inside a service's section";
            walk.unknown_section(fact, None, entry);
        }
        Node::Table(_) => {
            if let Some(meant) = absent.iter().find(resembles) {
                walk.misspelling(Some(Name::declared(meant)), "treated as the section of another service", entry);
            }
        }
        _ => walk.unknown_key("outside every section, so it applies to no service", None, entry),
    }
}
