//! Rules of the family `isolation`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::Insecure,
};

hardened_core::rules! {
    /// A user cannot read an item of another user.
    #[cwe(639)]
    LIVE_ISOLATION_READ: "live-isolation-read" Insecure [Refuse Refuse Refuse Refuse] Never isolation;
    /// The list of a user has no item of another user.
    #[cwe(862)]
    LIVE_ISOLATION_LIST: "live-isolation-list" Insecure [Refuse Refuse Refuse Refuse] Never isolation;
    /// A search by a user finds no item of another user.
    #[cwe(862)]
    LIVE_ISOLATION_SEARCH: "live-isolation-search" Insecure [Refuse Refuse Refuse Refuse] Never isolation;
    /// A user cannot read what is below an item of another user.
    #[cwe(639)]
    LIVE_ISOLATION_NESTED: "live-isolation-nested" Insecure [Refuse Refuse Refuse Refuse] Never isolation;
    /// An item cannot be read without a credential.
    #[cwe(306)]
    LIVE_ISOLATION_ANONYMOUS: "live-isolation-anonymous" Insecure [Refuse Refuse Refuse Refuse] Never isolation;
    /// A user cannot change an item of another user.
    #[cwe(639)]
    LIVE_ISOLATION_UPDATE: "live-isolation-update" Insecure [Refuse Refuse Refuse Refuse] Never isolation;
    /// A user cannot remove an item of another user.
    #[cwe(639)]
    LIVE_ISOLATION_DELETE: "live-isolation-delete" Insecure [Refuse Refuse Refuse Refuse] Never isolation;
    /// A user cannot create an item in the name of another user.
    #[cwe(639)]
    LIVE_ISOLATION_OWNER: "live-isolation-owner" Insecure [Refuse Refuse Refuse Refuse] Never isolation;
    /// A user cannot tell an item of another user from one that does not exist.
    #[cwe(204)]
    LIVE_ISOLATION_EXISTENCE: "live-isolation-existence" Insecure [Note Note Warn Warn] Never isolation;
}

mod explanation {
    pub(super) mod isolation {
        use hardened_core::rule::Explanation;

        const OWASP: &str = "https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/";

        pub(crate) const LIVE_ISOLATION_READ: Explanation = Explanation::new(
            "Anyone with an account reads the data of everybody else by trying identifiers.",
            "name the owner in the statement that reads the item, so that an item of somebody else is not found",
        )
        .source(OWASP);
        pub(crate) const LIVE_ISOLATION_LIST: Explanation = Explanation::new(
            "One request shows a user the data of everybody else.",
            "name the owner in the statement that lists items",
        )
        .source(OWASP);
        pub(crate) const LIVE_ISOLATION_SEARCH: Explanation = Explanation::new(
            "A search is a list: if it ignores the owner, it shows the data of everybody else.",
            "name the owner in the statement that searches; an index of a search engine needs the owner as a filter",
        )
        .source(OWASP);
        pub(crate) const LIVE_ISOLATION_NESTED: Explanation = Explanation::new(
            "A route below an item is open to every user if it does not check who owns the item.",
            "look up the item with its owner before anything below it",
        )
        .source(OWASP);
        pub(crate) const LIVE_ISOLATION_ANONYMOUS: Explanation = Explanation::new(
            "The data of users is public to anyone who knows or guesses a path.",
            "require a credential on every route that reads items",
        )
        .source("https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/");
        pub(crate) const LIVE_ISOLATION_UPDATE: Explanation = Explanation::new(
            "Anyone with an account changes the data of everybody else.",
            "name the owner in the statement that changes the item",
        )
        .source(OWASP);
        pub(crate) const LIVE_ISOLATION_DELETE: Explanation = Explanation::new(
            "Anyone with an account removes the data of everybody else.",
            "name the owner in the statement that removes the item",
        )
        .source(OWASP);
        pub(crate) const LIVE_ISOLATION_OWNER: Explanation = Explanation::new(
            "A user who names another owner in a body writes into the account of that user.",
            "take the owner from the credential alone, and ignore or refuse the member in a body",
        )
        .source("https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/");
        pub(crate) const LIVE_ISOLATION_EXISTENCE: Explanation = Explanation::new(
            "A response that differs reveals which identifiers are in use and, if they can be guessed, how many items others have.",
            "treat an item of somebody else like one that does not exist: answer 404 with the same body",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4");
    }
}
