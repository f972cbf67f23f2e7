//! The ledger of what a run writes on the target, in memory and in a journal on the disk, so that all of it can be removed.

mod entry;
mod journal;
mod line;

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use hardened_core::verification::Left;

pub(crate) use self::entry::{Account, Entry, Item, State, Write};
pub use self::journal::Journal;
use self::{journal::Writer, line::Line};
use crate::credentials::User;

/// The record of everything that a run writes.
#[derive(Default)]
pub(crate) struct Ledger {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    entries: Vec<Entry>,
    /// The path and the first line of the journal, which is created with the first entry.
    planned: Option<(PathBuf, Line)>,
    writer: Option<Writer>,
}

impl Ledger {
    /// Creates a ledger that also keeps a journal.
    pub(crate) fn with_journal(path: PathBuf, target: &str, profile: &str) -> Self {
        let first = Line::Begin { target: target.to_owned(), profile: profile.to_owned() };
        Self { inner: Mutex::new(Inner { planned: Some((path, first)), ..Inner::default() }) }
    }

    /// Creates a ledger of what an earlier run left.
    pub(crate) fn resume(journal: &Journal) -> Self {
        Self { inner: Mutex::new(Inner { entries: journal.entries().to_vec(), ..Inner::default() }) }
    }

    /// Records a coming write, before the request is sent. Returns the number of the entry.
    ///
    /// # Errors
    ///
    /// When the journal cannot be written: the request must then not be sent.
    pub(crate) fn begin(&self, user: User, write: Write) -> Result<usize, String> {
        let mut inner = self.lock();
        let number = inner.entries.len();
        let entry = Entry { user, write, is_made: false, is_confirmed: false, state: State::Open };
        inner.write(&Line::Write { number, user, write: Box::new(entry.write.clone()) })?;
        inner.entries.push(entry);
        Ok(number)
    }

    /// Records a further text that an item may contain, before it is sent.
    ///
    /// # Errors
    ///
    /// The same as for [`begin`](Self::begin).
    pub(crate) fn also(&self, number: usize, canary: &str) -> Result<(), String> {
        let mut inner = self.lock();
        inner.write(&Line::Also { number, canary: canary.to_owned() })?;
        if let Some(Entry { write: Write::Item(item), .. }) = inner.entries.get_mut(number) {
            item.canaries.push(canary.to_owned());
        }
        Ok(())
    }

    /// Records that it was made, with this identifier.
    pub(crate) fn made(&self, number: usize, id: Option<&str>) {
        let mut inner = self.lock();
        // An error is harmless: the journal has the entry, and the item is found by its canary without this line.
        let _ = inner.write(&Line::Made { number, id: id.map(str::to_owned) });
        if let Some(entry) = inner.entries.get_mut(number) {
            entry.is_made = true;
            if let (Write::Item(item), Some(id)) = (&mut entry.write, id) {
                item.id = Some(id.to_owned());
            }
        }
    }

    /// Records that its user has read it by its identifier.
    pub(crate) fn confirmed(&self, number: usize) {
        if let Some(entry) = self.lock().entries.get_mut(number) {
            entry.is_confirmed = true;
        }
    }

    /// Records that it is no longer on the target, or never was.
    pub(crate) fn gone(&self, number: usize) {
        self.settle(number, State::Gone);
    }

    pub(crate) fn settle(&self, number: usize, state: State) {
        let mut inner = self.lock();
        if state == State::Gone {
            let _ = inner.write(&Line::Gone { number });
        }
        if let Some(entry) = inner.entries.get_mut(number) {
            entry.state = state;
        }
    }

    /// Returns what may still be on the target, the newest first.
    pub(crate) fn open(&self) -> Vec<(usize, Entry)> {
        let inner = self.lock();
        let open = inner
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| matches!(entry.state, State::Open | State::Waiting(_)));
        open.map(|(number, entry)| (number, entry.clone())).rev().collect()
    }

    /// Returns the state of an entry.
    pub(crate) fn state(&self, number: usize) -> Option<State> {
        self.lock().entries.get(number).map(|entry| entry.state.clone())
    }

    /// Returns what could not be removed, and why.
    pub(crate) fn left(&self) -> Vec<Left> {
        let inner = self.lock();
        let left = inner.entries.iter().filter_map(|entry| {
            let reason = match &entry.state {
                State::Gone => return None,
                State::Left(reason) | State::Waiting(reason) => reason.clone(),
                State::Open => "it was not looked for".to_owned(),
            };
            Some(Left { path: entry.path(), reason, removable: entry.is_removable(), made: entry.was_told() })
        });
        left.collect()
    }

    /// Deletes the journal if nothing is left that it could help to remove. Otherwise returns its path.
    pub(crate) fn finish(&self) -> Option<PathBuf> {
        let mut inner = self.lock();
        let is_useful = inner.entries.iter().any(|entry| entry.state != State::Gone && entry.is_removable());
        let writer = inner.writer.take()?;
        drop(inner);
        if is_useful {
            return Some(writer.path().to_owned());
        }
        writer.remove();
        None
    }

    /// Locks the state. A poisoned lock is fine, because a panic cannot leave the state half changed.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn write(&mut self, line: &Line) -> Result<(), String> {
        if let Some((path, first)) = self.planned.take() {
            let made = Writer::create(&path, &first);
            if made.is_err() {
                self.planned = Some((path, first));
            }
            self.writer = Some(made?);
        }
        self.writer.as_mut().map_or(Ok(()), |writer| writer.write(line))
    }
}

impl Item {
    /// Returns the path of the item, if its identifier is known.
    pub(crate) fn path(&self) -> Option<String> {
        self.id.as_ref().map(|id| self.read.path_of(id))
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::profile::Removal;

    fn account(removal: Option<Removal>) -> Write {
        Write::Account(Account {
            path: "/sign-up".to_owned(),
            random: "abc".to_owned(),
            email: "abc@example.com".to_owned(),
            username: "abc".to_owned(),
            password: None,
            removal,
        })
    }

    #[test]
    fn a_journal_is_kept_only_for_what_it_could_help_to_remove() {
        let removal = Removal { method: Method::DELETE, path: "/me".to_owned() };
        for (name, removal, is_kept) in [("never", None, false), ("removable", Some(removal), true)] {
            let path = std::env::temp_dir().join(format!("hardened-journal-{name}-{}", std::process::id()));
            let ledger = Ledger::with_journal(path.clone(), "https://api.example.com", "hardened.verify.toml");
            ledger.begin(User::A, account(removal)).unwrap();
            assert_eq!(ledger.finish().is_some(), is_kept, "{name}");
            assert_eq!(path.exists(), is_kept, "{name}");
            assert_eq!(ledger.left().len(), 1, "{name}: the report names it");
            let _ = std::fs::remove_file(path);
        }
    }
}
