//! Reads `hardened.toml`: its text and its sections.

use std::{io::ErrorKind, path::Path};

use zeroize::Zeroizing;

use super::{
    declared::{self, SECTIONS},
    layer::{LayerSource, Run},
    lines::Lines,
    parse::Parsed,
    settings::Section,
    tree::{Entry, Node},
    walk::Walk,
};
use crate::{
    Tier, Violation,
    finding::{Name, Part},
    message,
    report::Provenance,
    rule,
    source::bounded_file,
};

/// The name of the file.
pub(super) const NAME: &str = "hardened.toml";

/// The maximum size of the file, in bytes.
const MAX_BYTES: usize = 1024 * 1024;

/// The section that every service reads.
const SHARED: &str = "shared";

/// Reads the file. Returns `false` if it cannot be read completely: then none of its values is used.
pub(super) fn read(run: &mut Run<'_>, path: &Path) -> bool {
    let (text, refused) = match text(path) {
        Ok(text) => (text, None),
        Err(unread) => (unread.valid, Some(unread.violation)),
    };
    let lines = Lines::of(&text);
    if let Some(violation) = refused {
        let has_place = violation.rule() == rule::SOURCE_MALFORMED;
        report(run, path, violation, has_place.then(|| place(path, &lines, text.len())));
        Walk::of_file(run, path, &lines).secrets(&Parsed::from(&text, &lines).entries());
        return false;
    }
    let parsed = Parsed::from(&text, &lines);
    for mistake in &parsed.mistakes {
        let place = place(path, &lines, mistake.at);
        report(run, path, Violation::new(rule::SOURCE_MALFORMED, mistake.fact), Some(place));
    }
    let entries = parsed.entries();
    if !parsed.mistakes.is_empty() {
        // The apparent contents of a broken file are not reported: a part of a secret could be in place of a key.
        Walk::of_file(run, path, &lines).secrets(&entries);
        return false;
    }
    match run.section {
        Some(own) => of_service(run, path, &lines, &entries, own),
        None => whole(&mut Walk::of_file(run, path, &lines), &entries),
    }
    true
}

fn place(path: &Path, lines: &Lines<'_>, at: usize) -> Provenance {
    LayerSource::File(path.into()).provenance(lines.place(at))
}

fn report(run: &mut Run<'_>, path: &Path, violation: Violation, provenance: Option<Provenance>) {
    // The rules about a file that cannot be read cannot be waived.
    run.journal.report_from(LayerSource::File(path.into()).name().into(), violation, provenance);
}

/// Processes the whole file of one service.
fn whole(walk: &mut Walk<'_, '_>, entries: &[Entry<'_>]) {
    let tier = walk.tier();
    let section_of = |entry: &Entry<'_>| {
        let named = Tier::ALL.into_iter().find(|named| named.name() == entry.key);
        let section = named.map(|named| Section::of_tier(named, tier));
        let section = if entry.key == "default" { Some(Section::Default) } else { section };
        // A key that is not a table is an ordinary key, even if it has the name of a section.
        section.filter(|_| matches!(entry.value, Node::Table(_)))
    };
    walk.section(Section::Default, entries, entries.iter().filter(|entry| section_of(entry).is_none()));
    for entry in entries {
        if let (Some(section), Node::Table(entries)) = (section_of(entry), &entry.value) {
            walk.section(section, entries, entries);
        }
    }
}

/// Processes one service's sections in a file that several services share: `[shared]`, and its own section, which
/// overrides it.
fn of_service(run: &mut Run<'_>, path: &Path, lines: &Lines<'_>, entries: &[Entry<'_>], own: &'static str) {
    let named = |name: &str| {
        entries.iter().find_map(move |entry| match &entry.value {
            Node::Table(section) if entry.key == name => Some(section.as_slice()),
            _ => None,
        })
    };
    whole(&mut Walk::of_file(run, path, lines), named(SHARED).unwrap_or_default());
    let mut walk = Walk::of_file(run, path, lines);
    if own != SHARED {
        whole(&mut walk, named(own).unwrap_or_default());
    }
    let is_ours = |entry: &&Entry<'_>| matches!(entry.value, Node::Table(_)) && [SHARED, own].contains(&entry.key);
    let absent: Vec<_> = [SHARED, own].into_iter().filter(|name| named(name).is_none()).collect();
    for entry in entries.iter().filter(|entry| !is_ours(entry)) {
        of_another(&mut walk, entry, &absent);
    }
}

/// Processes a top-level key of a shared file that is not ours: another service's section is only searched for secrets.
fn of_another(walk: &mut Walk<'_, '_>, entry: &Entry<'_>, absent: &[&'static str]) {
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

/// The reason why a file could not be read, with the valid text before the error.
struct Unread {
    violation: Violation,
    valid: Zeroizing<String>,
}

impl From<Violation> for Unread {
    fn from(violation: Violation) -> Self {
        Self { violation, valid: Zeroizing::default() }
    }
}

/// Reads the text of a file that exists.
///
/// # Errors
///
/// `source-unreadable` (no permission, not a regular file, a cycle of links), `source-too-large`, and
/// `source-malformed` for text that is not UTF-8, with the valid text before that.
fn text(path: &Path) -> Result<Zeroizing<String>, Unread> {
    let unreadable = |fact| Violation::new(rule::SOURCE_UNREADABLE, message!(Part::existing_path(path), fact));
    let not_read = |error: std::io::Error| match error.kind() {
        ErrorKind::PermissionDenied => unreadable(" cannot be read by this process (permission denied)"),
        ErrorKind::NotFound => unreadable(" is a broken link"),
        _ => unreadable(" cannot be opened"),
    };
    let mut file = bounded_file::open(path).map_err(not_read)?;
    let metadata = file.metadata().map_err(not_read)?;
    if !metadata.is_file() {
        return Err(unreadable(" is not a regular file").into());
    }
    let Some(bytes) = bounded_file::content(&mut file, &metadata, MAX_BYTES).map_err(not_read)? else {
        let fact = message!(Part::existing_path(path), " has more than ", MAX_BYTES, " bytes");
        return Err(Violation::new(rule::SOURCE_TOO_LARGE, fact).into());
    };
    decoded(bytes)
}

/// Converts the bytes to text without copying them.
fn decoded(mut bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>, Unread> {
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = Zeroizing::new(error.into_bytes());
            let valid = bytes.get(..valid).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            Err(Unread {
                violation: Violation::new(rule::SOURCE_MALFORMED, "not UTF-8 text"),
                valid: Zeroizing::new(valid.to_owned()),
            })
        }
    }
}
