//! The journal: a file that records what a run is about to write, so that another run can remove it after a kill.

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{
    entry::{Account, Entry, State, Write},
    line::Line,
};
use crate::{
    bad_input::{BadInput, Mistake},
    credentials::User,
};

/// The maximum size of a journal.
const LONGEST: u64 = 1024 * 1024;

/// The record of what a killed run may have left on its target.
///
/// The file contains no token: users have the names that they have in the profile. For a throw-away account that the run
/// signed up itself, it contains the made-up password. Only the owner of the file can read it.
#[derive(Debug, Clone)]
pub struct Journal {
    path: PathBuf,
    target: String,
    profile: String,
    entries: Vec<Entry>,
}

impl Journal {
    /// Reads the file that [`Builder::journal`](crate::Builder::journal) names.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is not a journal.
    pub fn read(path: impl Into<PathBuf>) -> Result<Self, BadInput> {
        let path = path.into();
        let name = path.display().to_string();
        let wrong = |line, expected: &str| BadInput::new(vec![Mistake::new("malformed", &name, line, "", expected)]);
        let length = fs::metadata(&path).map_err(|_| wrong(None, "must be a file that can be read"))?.len();
        if length > LONGEST {
            return Err(wrong(None, "must be a journal, of at most 1 MiB"));
        }
        let text = fs::read_to_string(&path).map_err(|_| wrong(None, "must be a text file that can be read"))?;
        let mut journal = Self { path, target: String::new(), profile: String::new(), entries: Vec::new() };
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let parsed = serde_json::from_str(line).ok().and_then(|line| Line::of_json(&line));
            let is_taken = parsed.is_some_and(|line| journal.take(line, index));
            // A run that was killed while it wrote the last line, before it sent the request, leaves that line incomplete.
            if !is_taken && line.ends_with('\n') {
                return Err(wrong(Some(index + 1), "must be a line of a journal of this version"));
            }
        }
        if journal.target.is_empty() {
            Err(wrong(None, "must begin with the line that names the target"))
        } else {
            Ok(journal)
        }
    }

    /// Returns the base URL of the target.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns the path of the profile of the run; empty if there was none.
    #[must_use]
    pub fn profile(&self) -> &str {
        &self.profile
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the accounts that the run made.
    pub(crate) fn accounts(&self) -> Vec<(User, Account)> {
        let account = |entry: &Entry| match &entry.write {
            Write::Account(account) => Some((entry.user, account.clone())),
            Write::Item(_) => None,
        };
        self.entries.iter().filter_map(account).collect()
    }

    /// Removes the file.
    pub(crate) fn remove(&self) {
        let _ = fs::remove_file(&self.path);
    }

    /// Adds a line; returns `false` if it does not fit.
    fn take(&mut self, line: Line, index: usize) -> bool {
        match line {
            Line::Begin { target, profile } => {
                (self.target, self.profile) = (target, profile);
                return index == 0;
            }
            Line::Write { number, user, write } => {
                let entry = Entry { user, write: *write, is_made: false, is_confirmed: false, state: State::Open };
                self.entries.push(entry);
                return number + 1 == self.entries.len();
            }
            Line::Also { number, canary } => match self.entries.get_mut(number) {
                Some(Entry { write: Write::Item(item), .. }) => item.canaries.push(canary),
                _ => return false,
            },
            Line::Made { number, id } => {
                let Some(entry) = self.entries.get_mut(number) else { return false };
                entry.is_made = true;
                if let (Write::Item(item), Some(id)) = (&mut entry.write, id) {
                    item.id = Some(id);
                }
            }
            Line::Gone { number } => {
                let Some(entry) = self.entries.get_mut(number) else { return false };
                entry.state = State::Gone;
            }
        }
        true
    }
}

/// Writes a journal.
pub(super) struct Writer {
    file: File,
    path: PathBuf,
}

impl Writer {
    /// Creates the file, which only its owner can read. It must not exist, because it may be the journal of a killed run.
    pub(super) fn create(path: &Path, first: &Line) -> Result<Self, String> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let reason = |error: &std::io::Error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => "already exists: finish its run with --cleanup, or remove it",
            _ => "cannot be created",
        };
        let made = options.open(path).map_err(|error| format!("the journal {} {}", path.display(), reason(&error)));
        let mut writer = Self { file: made?, path: path.to_owned() };
        writer.write(first)?;
        // The directory entry must be on the disk as well.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(writer)
    }

    /// Writes one line. A line about a coming write is on the disk when this returns. Lines about finished writes are not
    /// synced, because the item is found without them.
    pub(super) fn write(&mut self, line: &Line) -> Result<(), String> {
        let text = format!("{}\n", line.to_json());
        let must_stay = !matches!(line, Line::Made { .. } | Line::Gone { .. });
        let written = self.file.write_all(text.as_bytes());
        let written = written.and_then(|()| if must_stay { self.file.sync_data() } else { Ok(()) });
        written.map_err(|_| format!("the journal {} cannot be written", self.path.display()))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn remove(self) {
        let _ = fs::remove_file(&self.path);
    }
}
