//! What is written on the target, and what became of it.

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

/// An item of a collection, and how it is found and removed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// Where it is made.
    pub(crate) collection: String,
    pub(crate) read: Call,
    pub(crate) list: Option<Call>,
    pub(crate) delete: Option<Call>,
    pub(crate) id_place: IdPlace,
    /// Whether it may belong to the other user.
    pub(crate) is_shared: bool,
    /// The texts that it holds, or may hold: one of them shows that it is ours.
    pub(crate) canaries: Vec<String>,
    /// As it is in a path: encoded.
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
    /// The one that was made for it; none where the profile names its source.
    pub(crate) password: Option<String>,
    pub(crate) removal: Option<Removal>,
}

/// One entry of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) user: User,
    pub(crate) write: Write,
    /// Whether the target said that it was made; otherwise it may have been.
    pub(crate) is_made: bool,
    /// Whether its own user read it under its identifier.
    pub(crate) is_confirmed: bool,
    pub(crate) state: State,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// It may be on the target.
    Open,
    /// It is not there any more, or never was.
    Gone,
    /// It could not be removed yet: why.
    Waiting(String),
    /// It could not be removed: why.
    Left(String),
}

impl Entry {
    /// Whether a way to remove it is known. Without one, an account stays, and the report names it.
    pub(crate) fn is_removable(&self) -> bool {
        match &self.write {
            Write::Item(_) => true,
            Write::Account(account) => account.removal.is_some(),
        }
    }

    /// Whether the target told that it is there: by its identifier, by showing it, or by taking the sign-up.
    pub(crate) fn was_told(&self) -> bool {
        match &self.write {
            Write::Item(item) => self.is_confirmed || (self.is_made && item.id.is_some()),
            Write::Account(_) => self.is_made,
        }
    }

    /// The path that a reader of the report looks at.
    pub(crate) fn path(&self) -> String {
        match &self.write {
            Write::Item(item) => item.path().unwrap_or_else(|| item.collection.clone()),
            Write::Account(account) => account.path.clone(),
        }
    }
}
