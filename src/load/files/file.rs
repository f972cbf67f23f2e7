//! Reading `hardened.toml`.

use std::path::Path;

use super::{
    layer::{Layer, Origin},
    lines::Lines,
    parse::Parsed,
    sections, text,
    walk::Walk,
};
use crate::{
    Name, Rejection,
    load::{place::Subject, session::Session},
    provenance::Provenance,
    rule,
    schema::Declared,
};

/// The name of the file.
pub(super) const NAME: &str = "hardened.toml";

/// Adds the layers of a file. Returns false when it cannot be read as a whole: then nothing of it counts.
pub(super) fn read(
    session: &mut Session,
    declared: &[Declared],
    path: &Path,
    section: Option<&'static str>,
    layers: &mut Vec<Layer>,
) -> bool {
    match text::read(path) {
        Ok(text) => sort(session, declared, path, section, &text, layers),
        Err(unread) => {
            let lines = Lines::of(&unread.valid);
            let has_place = unread.rejection.rule == rule::SOURCE_MALFORMED;
            let place = has_place.then(|| line(path, &lines, unread.valid.len()));
            tell(session, unread.rejection, place);
            let parsed = Parsed::from(&unread.valid);
            walk(session, declared, path, &lines).secrets(&parsed.entries());
            false
        }
    }
}

fn sort(
    session: &mut Session,
    declared: &[Declared],
    path: &Path,
    section: Option<&'static str>,
    text: &str,
    layers: &mut Vec<Layer>,
) -> bool {
    let lines = Lines::of(text);
    let parsed = Parsed::from(text);
    for mistake in &parsed.mistakes {
        let place = line(path, &lines, mistake.at);
        tell(session, Rejection::new(rule::SOURCE_MALFORMED, mistake.fact), Some(place));
    }
    let entries = parsed.entries();
    let mut walk = walk(session, declared, path, &lines);
    if !parsed.mistakes.is_empty() {
        // What a broken file seems to say is not told: a piece of a secret could stand where a key should.
        walk.secrets(&entries);
        return false;
    }
    match section {
        Some(own) => layers.extend(sections::of_service(walk, &entries, own, Origin::File(path.to_owned()))),
        None => {
            sections::whole(&mut walk, &entries);
            layers.push(walk.layer);
        }
    }
    true
}

fn walk<'w>(session: &'w mut Session, declared: &'w [Declared], path: &Path, lines: &'w Lines<'w>) -> Walk<'w> {
    Walk { session, declared, layer: Layer::new(Origin::File(path.to_owned())), lines: Some(lines) }
}

fn line(path: &Path, lines: &Lines<'_>, at: usize) -> Provenance {
    let (line, column) = lines.place(at);
    Provenance::Line { path: path.to_owned(), line, column: Some(column) }
}

fn tell(session: &mut Session, rejection: Rejection, provenance: Option<Provenance>) {
    let subject = Subject { name: Name::declared(NAME), field: String::new() };
    // No rule about a file that cannot be read can be waived, and the report has it.
    let _ = session.judge(subject, rejection, provenance);
}
