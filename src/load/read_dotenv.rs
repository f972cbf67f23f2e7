//! What `.env` and `.env.local` have to tell before a value is taken from them.

use std::{collections::HashSet, path::PathBuf};

use hardened_core::upwards;

use super::{
    dotenv::{Dotenv, Entry, Foreign, Mistake},
    session::Session,
};
use crate::{
    Tier, Violation,
    finding::{Message, Name},
    message,
    report::Provenance,
    rule,
};

/// How many lines a note names.
const MAX_LINES: usize = 10;

impl Session {
    /// Reads `.env` in Development and Test, and in Development `.env.local` over it.
    pub(super) fn read_dotenv(&mut self) {
        if self.tier().is_hardened() {
            return;
        }
        let Some(directory) = &self.directory else { return };
        let local = (self.tier() == Tier::Development).then(|| upwards::find(directory, ".env.local")).flatten();
        let paths: Vec<PathBuf> = local.into_iter().chain(upwards::find(directory, ".env")).collect();
        let declared = self.declared_names();
        for path in paths {
            let mut file = Dotenv::read(path);
            let foreign = std::mem::take(&mut file.foreign);
            for mistake in std::mem::take(&mut file.mistakes) {
                self.report_mistake(mistake, &file);
            }
            self.report_foreign(foreign, &file, &declared);
            self.report_literal(&file, &declared);
            self.report_tier(&file);
            self.sources.dotenv.push(file);
        }
    }

    /// The variables of every setting, and their twins.
    fn declared_names(&self) -> HashSet<String> {
        let settings = self.sources.schema.settings();
        let names = settings.iter().flat_map(|setting| setting.variables()).map(Name::as_str);
        names
            .chain(self.sources.known.iter().copied())
            .flat_map(|name| [name.to_owned(), format!("{name}_FILE")])
            .collect()
    }

    fn report_mistake(&mut self, mistake: Mistake, file: &Dotenv) {
        let (fact, line) = match mistake {
            Mistake::Unreadable => (Message::from("cannot be opened, or is not a regular file"), None),
            Mistake::TooLarge => (Message::from("longer than 1 MiB"), None),
            Mistake::NotText(encoding) => {
                (message!("not UTF-8 text but ", encoding, "; none of its values counts"), None)
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
        self.report_line(violation, file, line);
    }

    /// Lines that belong to no setting: one note for all, unless such a line has the name of a setting.
    fn report_foreign(&mut self, foreign: Vec<Foreign>, file: &Dotenv, declared: &HashSet<String>) {
        let (ours, others): (Vec<_>, Vec<_>) = foreign.into_iter().partition(|line| line.has_one_of(declared));
        for Foreign { line, expected, .. } in ours {
            self.report_mistake(Mistake::Malformed { line, expected }, file);
        }
        let unknown = file.entries.iter().filter(|entry| !declared.contains(&entry.name)).map(|entry| entry.line);
        let mut lines: Vec<u32> = others.iter().map(|line| line.line).chain(unknown).collect();
        lines.sort_unstable();
        if let Some(first) = lines.first().copied() {
            let noun = if lines.len() == 1 { " line belongs" } else { " lines belong" };
            let fact = message!(lines.len(), noun, " to no setting of this service: ").then(named(&lines));
            self.report_line(Violation::new(rule::DOTENV_FOREIGN, fact), file, Some(first));
        }
    }

    /// Values of settings that another program would complete.
    fn report_literal(&mut self, file: &Dotenv, declared: &HashSet<String>) {
        let has_reference = |entry: &&Entry| {
            entry.value.find("${").is_some_and(|at| entry.value.get(at..).is_some_and(|rest| rest.contains('}')))
        };
        let lines: Vec<u32> = file
            .entries
            .iter()
            .filter(|entry| declared.contains(&entry.name))
            .filter(has_reference)
            .map(|entry| entry.line)
            .collect();
        if let Some(first) = lines.first().copied() {
            let fact = message!("${…} is read literally and not replaced: line ").then(named(&lines));
            self.report_line(Violation::new(rule::DOTENV_LITERAL, fact), file, Some(first));
        }
    }

    /// A tier that is set where it cannot count.
    fn report_tier(&mut self, file: &Dotenv) {
        let is_tier = |entry: &&Entry| self.sources.tier_variables.contains(&entry.name.as_str());
        if let Some(line) = file.entries.iter().find(is_tier).map(|entry| entry.line) {
            let fact = "names the tier, which does not count here";
            self.report_line(Violation::new(rule::DOTENV_TIER, fact), file, Some(line));
        }
    }

    fn report_line(&mut self, violation: Violation, file: &Dotenv, line: Option<u32>) {
        let provenance = line.map(|line| Provenance::Line { path: file.path.clone(), line, column: None });
        // Whether it is an error shows in the report.
        let _ = self.judge(Name::declared(".env").into(), violation, provenance);
    }
}

/// The first few lines by their numbers.
fn named(lines: &[u32]) -> Message {
    let shown = Message::new().list(", ", lines.iter().copied().take(MAX_LINES));
    if lines.len() > MAX_LINES { shown.with(", …") } else { shown }
}
