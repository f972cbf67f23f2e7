//! The entries of the ledger: what is written on the target, and its state.

use crate::{
    calls::Call,
    credentials::User,
    profile::{IdPlace, Removal},
};

/// Something that is written on the target.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Write {
    Item(Item),
    Account(Account),
}

/// An item of a collection, and how to find and remove it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// The path that creates it.
    pub(crate) collection: String,
    pub(crate) read: Call,
    pub(crate) list: Option<Call>,
    pub(crate) delete: Option<Call>,
    pub(crate) id_place: IdPlace,
    /// Whether it may belong to the other user.
    pub(crate) is_shared: bool,
    /// The texts that it contains or may contain. One of them shows that the item is ours.
    pub(crate) canaries: Vec<String>,
    /// The identifier, percent-encoded.
    pub(crate) id: Option<String>,
}

/// A throw-away account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    /// The path of the sign-up.
    pub(crate) path: String,
    pub(crate) random: String,
    pub(crate) email: String,
    pub(crate) username: String,
    /// The password that the run made up; `None` if the profile names a source.
    pub(crate) password: Option<String>,
    pub(crate) removal: Option<Removal>,
}

/// One entry of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) user: User,
    pub(crate) write: Write,
    /// Whether the target confirmed the creation; otherwise it may have happened.
    pub(crate) is_made: bool,
    /// Whether its user has read it by its identifier.
    pub(crate) is_confirmed: bool,
    pub(crate) state: State,
}

/// The state of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// It may be on the target.
    Open,
    /// It is no longer on the target, or never was.
    Gone,
    /// It could not be removed yet, for this reason.
    Waiting(String),
    /// It could not be removed, for this reason.
    Left(String),
}

impl Entry {
    /// Returns whether the run knows how to remove it. An account that cannot be removed stays, and the report names it.
    pub(crate) fn is_removable(&self) -> bool {
        match &self.write {
            Write::Item(_) => true,
            Write::Account(account) => account.removal.is_some(),
        }
    }

    /// Returns whether the target confirmed that it exists: with its identifier, by showing it, or by accepting the sign-up.
    pub(crate) fn was_told(&self) -> bool {
        match &self.write {
            Write::Item(item) => self.is_confirmed || (self.is_made && item.id.is_some()),
            Write::Account(_) => self.is_made,
        }
    }

    /// Returns the path that the report names.
    pub(crate) fn path(&self) -> String {
        match &self.write {
            Write::Item(item) => item.path().unwrap_or_else(|| item.collection.clone()),
            Write::Account(account) => account.path.clone(),
        }
    }
}
