//! Reading `hardened.toml`.

use std::{cell::OnceCell, path::Path};

use super::{
    layer::{Layer, Origin, Texts},
    lines::Lines,
    parse::Parsed,
    sections, text,
    walk::Walk,
};
use hardened_core::finding::Subject;

use crate::{Violation, finding::Name, load::session::Session, report::Provenance, rule, schema::Declared};

/// The name of the file.
pub(super) const NAME: &str = "hardened.toml";

/// The layers of a file; none when it cannot be read as a whole: then nothing of it counts.
pub(super) fn read(
    session: &mut Session,
    declared: &OnceCell<Vec<Declared>>,
    texts: &mut Texts,
    path: &Path,
    section: Option<&'static str>,
) -> Option<Vec<Layer>> {
    match text::read(path) {
        Ok(text) => {
            let lines = Lines::of(&text);
            let parsed = Parsed::from(&text, &lines);
            for mistake in &parsed.mistakes {
                let place = line(path, &lines, mistake.at);
                tell(session, Violation::new(rule::SOURCE_MALFORMED, mistake.fact), Some(place));
            }
            let layer = texts.layer(Origin::File(path.to_owned()));
            sort(Walk { session, declared, texts, layer, lines: Some(&lines), section }, &parsed, path)
        }
        Err(unread) => {
            let lines = Lines::of(&unread.valid);
            let has_place = unread.violation.rule() == rule::SOURCE_MALFORMED;
            let place = has_place.then(|| line(path, &lines, unread.valid.len()));
            tell(session, unread.violation, place);
            let layer = texts.layer(Origin::File(path.to_owned()));
            let mut walk = Walk { session, declared, texts, layer, lines: Some(&lines), section };
            walk.secrets(&Parsed::from(&unread.valid, &lines).entries());
            None
        }
    }
}

fn sort(mut walk: Walk<'_>, parsed: &Parsed<'_>, path: &Path) -> Option<Vec<Layer>> {
    let entries = parsed.entries();
    if !parsed.mistakes.is_empty() {
        // What a broken file seems to say is not told: a piece of a secret could stand where a key should.
        walk.secrets(&entries);
        return None;
    }
    Some(match walk.section {
        Some(own) => sections::of_service(walk, &entries, own, Origin::File(path.to_owned())).into(),
        None => {
            sections::whole(&mut walk, &entries);
            vec![walk.layer]
        }
    })
}

fn line(path: &Path, lines: &Lines<'_>, at: usize) -> Provenance {
    let (line, column) = lines.place(at);
    Provenance::Line { path: path.to_owned(), line, column: Some(column) }
}

fn tell(session: &mut Session, violation: Violation, provenance: Option<Provenance>) {
    let subject = Subject { name: Name::declared(NAME), field: String::new() };
    // No rule about a file that cannot be read can be waived, and the report has it.
    let _ = session.judge(subject, violation, provenance);
}
