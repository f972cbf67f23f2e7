//! Checks of `.env` and `.env.example` files themselves.

use std::{collections::BTreeSet, path::Path};

use hardened_core::{
    dotenv::{Meaning, statements},
    finding::Name,
};

use super::kind;
use crate::{
    finding::Finding,
    judge::name,
    place::Place,
    rule::sources::{SCAN_DOTENV_TRACKED, SCAN_EXAMPLE_STEP},
};

/// Words in the name of a `.env` file that is meant to be shared.
const SHARED: &[&str] = &[
    "example",
    "sample",
    "template",
    "dist",
    "defaults",
    "default",
    "tmpl",
    "schema",
    "test",
    "testing",
    "ci",
    "development",
    "dev",
];

/// Returns whether the name of a file is that of an example for a `.env` file.
#[must_use]
pub fn is_example(path: &Path) -> bool {
    let name = file_name(path);
    kind::is_dotenv(&name)
        && name.split(['.', '-', '_']).any(|part| matches!(part, "example" | "sample" | "template" | "dist"))
}

/// Returns the finding that git tracks a `.env` file with the values of one machine. Returns `None` for other files, and for
/// those that are meant to be shared, such as `.env.example` and `.env.test`.
#[must_use]
pub fn tracked(path: &Path) -> Option<Finding> {
    let name = file_name(path);
    let is_own = name == ".env" || name.starts_with(".env.");
    let is_shared = name.split('.').skip(2).any(|part| SHARED.contains(&part)) && !name.ends_with(".local");
    (is_own && kind::is_dotenv(&name) && !is_shared)
        .then(|| Finding::new(SCAN_DOTENV_TRACKED, Name::declared(".env"), Place::file(path), "git tracks this file"))
}

/// Compares an `.env.example` with the names of the variables that a service reads. Names in commented lines count as
/// present.
#[must_use]
pub fn out_of_step(place: &Place, text: &str, names: &[&str]) -> Vec<Finding> {
    let mut written = BTreeSet::new();
    let mut unknown = Vec::new();
    let is_unknown = |name: &str| !names.contains(&name);
    for statement in statements(text) {
        match statement.meaning {
            Meaning::Entry { name, .. } => {
                let is_new = written.insert(name.to_owned());
                unknown.extend((is_new && is_unknown(name)).then(|| (name.to_owned(), statement.line)));
            }
            Meaning::Nothing => written.extend(commented(statement.text).map(str::to_owned)),
            _ => {}
        }
    }
    let missing = names.iter().filter(|name| !written.contains(**name));
    let missing = missing.map(|it| {
        Finding::new(
            SCAN_EXAMPLE_STEP,
            name::shown(it),
            place.clone(),
            "the service reads this variable, but the file does not name it",
        )
    });
    let unknown = unknown.iter().map(|(it, line)| {
        Finding::new(
            SCAN_EXAMPLE_STEP,
            name::shown(it),
            place.clone().at(*line, 1),
            "the file names this variable, but the service does not read it",
        )
        .with_remedy("remove the line, or correct the name")
    });
    missing.chain(unknown).collect()
}

/// Returns the name in a commented assignment: `# NAME=value`.
fn commented(line: &str) -> Option<&str> {
    let (name, _) = line.trim().trim_start_matches('#').trim_start().split_once('=')?;
    let name = name.trim_end();
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(name)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}
