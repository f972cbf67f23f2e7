//! `hardened audit diff`: what changed between two releases.

use std::io::{self, Write};

use hardened_audit::{
    diff::{self, Change, Direction},
    files,
};
use hardened_core::manifest::Manifest;
use serde_json::json;

use super::arguments::{DiffArguments, DiffFormat};
use crate::outcome::{Outcome, complain};

/// Runs the command.
pub(super) fn run(arguments: &DiffArguments) -> io::Result<Outcome> {
    let read = |path| files::document(path, Manifest::parse);
    let (old, new) = match (read(&arguments.old), read(&arguments.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(reason), _) | (_, Err(reason)) => {
            complain(&reason);
            return Ok(Outcome::Misused);
        }
    };
    let changes = diff::changes(&old, &new);
    let text = match arguments.format {
        DiffFormat::Text => diff::text(&changes),
        DiffFormat::Json => format!("{:#}\n", json!({ "version": 1, "changes": changes })),
        DiffFormat::Markdown => markdown(&changes),
    };
    write!(io::stdout().lock(), "{text}")?;
    let is_weaker = changes.iter().any(|change| change.direction == Direction::Weaker);
    Ok(if is_weaker { Outcome::Refused } else { Outcome::Done })
}

fn markdown(changes: &[Change]) -> String {
    let weaker = changes.iter().filter(|change| change.direction == Direction::Weaker).count();
    let head = match weaker {
        0 => "Nothing becomes weaker.".to_owned(),
        count => format!("**{count} of {} changes make the service weaker.**", changes.len()),
    };
    format!("### What this release changes\n\n{head}\n\n```text\n{}```\n", diff::text(changes).replace("```", "'''"))
}
