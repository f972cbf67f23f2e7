//! The command `hardened audit diff`, which shows what changed between two releases.

use std::io::{self, Write};

use hardened_audit::{
    diff::{self, Change, Direction},
    files,
};
use hardened_core::{document::DocumentError, manifest::Manifest, verification::Verification};
use serde_json::{Value, json};

use super::arguments::{DiffArguments, DiffFormat};
use crate::outcome::{Outcome, complain};

/// Runs the command.
pub(super) fn run(arguments: &DiffArguments) -> io::Result<Outcome> {
    let changes = match changes(arguments) {
        Ok(changes) => changes,
        Err(reason) => {
            complain(&reason);
            return Ok(Outcome::Misused);
        }
    };
    let text = match arguments.format {
        DiffFormat::Text => diff::text(&changes),
        DiffFormat::Json => format!("{:#}\n", json!({ "version": 1, "changes": changes })),
        DiffFormat::Markdown => markdown(&changes),
    };
    write!(io::stdout().lock(), "{text}")?;
    let is_weaker = changes.iter().any(|change| change.direction == Direction::Weaker);
    Ok(if is_weaker { Outcome::Refused } else { Outcome::Done })
}

/// A document that can be compared.
enum Document {
    Manifest(Box<Manifest>),
    Verification(Box<Verification>),
}

impl Document {
    /// Parses a document. Only a verification has outcomes.
    fn parse(text: &str) -> Result<Self, DocumentError> {
        if serde_json::from_str::<Value>(text).is_ok_and(|document| document.get("outcomes").is_some()) {
            Verification::parse(text).map(Box::new).map(Self::Verification)
        } else {
            Manifest::parse(text).map(Box::new).map(Self::Manifest)
        }
    }
}

fn changes(arguments: &DiffArguments) -> Result<Vec<Change>, String> {
    let read = |path| files::document(path, Document::parse);
    match (read(&arguments.old)?, read(&arguments.new)?) {
        (Document::Manifest(old), Document::Manifest(new)) => Ok(diff::changes(&old, &new)),
        (Document::Verification(old), Document::Verification(new)) => Ok(diff::verdicts(&old, &new)),
        _ => Err("a manifest and a verification cannot be compared: name two of one kind".to_owned()),
    }
}

fn markdown(changes: &[Change]) -> String {
    let weaker = changes.iter().filter(|change| change.direction == Direction::Weaker).count();
    let head = match weaker {
        0 => "Nothing becomes weaker.".to_owned(),
        count => format!("**{count} of {} changes make the service weaker.**", changes.len()),
    };
    format!("### What this release changes\n\n{head}\n\n```text\n{}```\n", diff::text(changes).replace("```", "'''"))
}
