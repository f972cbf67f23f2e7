//! Reports what is wrong with a `.env` file, and which parts of it do not count.

use std::path::Path;

use hardened_core::{journal::Journal, upwards};

use super::file::{DotenvFile, Entry, Foreign, Mistake};
use crate::{
    Violation,
    finding::{Message, Name},
    message,
    report::Provenance,
    rule,
    source::known_names::KnownNames,
};

/// The number of lines that a note names.
const MAX_LINES: usize = 10;

/// Reports everything about a file, before any value is taken from it.
pub(super) fn report(file: &mut DotenvFile, known: &KnownNames, journal: &mut Journal) {
    let (mistakes, foreign) = (std::mem::take(&mut file.mistakes), std::mem::take(&mut file.foreign));
    let mut reporter = Reporter { file, known, journal };
    mistakes.into_iter().for_each(|mistake| reporter.mistake(mistake));
    reporter.foreign(foreign);
    reporter.literal();
    reporter.tier();
}

/// Reports that a `.env` was not read. After a refusal it may be the cause, so one further up is reported too.
pub(in crate::source) fn report_unread(directory: &Path, journal: &mut Journal) {
    let (exists, fact) = if journal.is_refusal() {
        let exists = upwards::find(directory, ".env").is_some();
        (exists, "found in the working directory or above it; it is never opened in preview or production")
    } else {
        let exists = directory.join(".env").exists();
        (exists, "found in the working directory; it is never opened in preview or production")
    };
    if exists {
        journal.report(Name::declared(".env").into(), Violation::new(rule::DOTENV_IGNORED, fact));
    }
}

struct Reporter<'r> {
    file: &'r DotenvFile,
    known: &'r KnownNames,
    journal: &'r mut Journal,
}

impl Reporter<'_> {
    fn mistake(&mut self, mistake: Mistake) {
        let (fact, line) = match mistake {
            Mistake::Unreadable => (Message::from("cannot be opened, or is not a regular file"), None),
            Mistake::TooLarge => (Message::from("longer than 1 MiB"), None),
            Mistake::NotText(encoding) => {
                (message!("not UTF-8 text but ", encoding, "; none of its values is used"), None)
            }
            Mistake::Malformed { line, expected } => (message!("line ", line, ": expected ", expected), Some(line)),
        };
        let violation = Violation::new(rule::DOTENV_MALFORMED, fact);
        let violation = match mistake {
            Mistake::NotText(_) => violation.remedy("save the file as UTF-8"),
            Mistake::Unreadable => violation.remedy("make it a regular file that you can read, or remove it"),
            Mistake::TooLarge => violation.remedy("keep only NAME=value lines in the file"),
            Mistake::Malformed { .. } => violation,
        };
        self.line(violation, line);
    }

    /// Reports lines that belong to no setting in one note, except those that contain the name of a setting.
    fn foreign(&mut self, foreign: Vec<Foreign>) {
        let is_ours = |line: &Foreign| line.words().any(|word| self.known.contains(word));
        let (ours, others): (Vec<_>, Vec<_>) = foreign.into_iter().partition(is_ours);
        for Foreign { line, expected, .. } in ours {
            self.mistake(Mistake::Malformed { line, expected });
        }
        let unknown =
            self.file.entries.iter().filter(|entry| !self.known.contains(&entry.name)).map(|entry| entry.line);
        let mut lines: Vec<u32> = others.iter().map(|line| line.line).chain(unknown).collect();
        lines.sort_unstable();
        if let Some(first) = lines.first().copied() {
            let noun = if lines.len() == 1 { " line belongs" } else { " lines belong" };
            let fact = message!(lines.len(), noun, " to no setting of this service: ").then(named(&lines));
            self.line(Violation::new(rule::DOTENV_FOREIGN, fact), Some(first));
        }
    }

    /// Reports values of settings in which another program would replace a reference.
    fn literal(&mut self) {
        let has_reference = |entry: &&Entry| {
            entry.value.find("${").is_some_and(|at| entry.value.get(at..).is_some_and(|rest| rest.contains('}')))
        };
        let lines: Vec<u32> = self
            .file
            .entries
            .iter()
            .filter(|entry| !entry.is_literal && self.known.contains(&entry.name))
            .filter(has_reference)
            .map(|entry| entry.line)
            .collect();
        if let Some(first) = lines.first().copied() {
            let fact = message!("${…} is read literally and not replaced: line ").then(named(&lines));
            self.line(Violation::new(rule::DOTENV_LITERAL, fact), Some(first));
        }
    }

    /// Reports a tier that is set here, where it does not count.
    fn tier(&mut self) {
        let is_tier = |entry: &&Entry| self.known.is_tier_variable(&entry.name);
        if let Some(line) = self.file.entries.iter().find(is_tier).map(|entry| entry.line) {
            let fact = "names the tier, which has no effect here";
            self.line(Violation::new(rule::DOTENV_TIER, fact), Some(line));
        }
    }

    fn line(&mut self, violation: Violation, line: Option<u32>) {
        let provenance =
            line.map(|line| Provenance::Line { path: self.file.path.as_path().into(), line, column: None });
        self.journal.report_from(Name::declared(".env").into(), violation, provenance);
    }
}

/// Lists the first few line numbers.
fn named(lines: &[u32]) -> Message {
    let shown = Message::new().list(", ", lines.iter().copied().take(MAX_LINES));
    if lines.len() > MAX_LINES { shown.with(", …") } else { shown }
}
