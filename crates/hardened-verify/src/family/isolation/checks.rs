//! The checks of the family `isolation`.

use crate::{judge::checks, rule};

checks! { Isolation;
    /// A user cannot read an item of the other user.
    READ: Negative "isolation-read" rule::isolation::LIVE_ISOLATION_READ;
    /// The list of a user has no item of the other user.
    LIST: Negative "isolation-list" rule::isolation::LIVE_ISOLATION_LIST;
    /// A search by a user finds no item of the other user.
    SEARCH: Negative "isolation-search" rule::isolation::LIVE_ISOLATION_SEARCH;
    /// A user cannot read what is below an item of the other user.
    NESTED: Negative "isolation-nested" rule::isolation::LIVE_ISOLATION_NESTED;
    /// An item cannot be read without a credential.
    ANONYMOUS: Negative "isolation-anonymous" rule::isolation::LIVE_ISOLATION_ANONYMOUS;
    /// A user cannot change an item of the other user.
    UPDATE: Negative "isolation-update" rule::isolation::LIVE_ISOLATION_UPDATE;
    /// A user cannot remove an item of the other user.
    DELETE: Negative "isolation-delete" rule::isolation::LIVE_ISOLATION_DELETE;
    /// A user cannot create an item in the name of the other user.
    OWNER: Negative "isolation-owner" rule::isolation::LIVE_ISOLATION_OWNER;
    /// A user cannot tell an item of the other user from one that does not exist.
    EXISTENCE: Negative "isolation-existence" rule::isolation::LIVE_ISOLATION_EXISTENCE;
}
