//! Rules of the family `docs`.

use hardened_core::rule::{
    Level::{Note, Off, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Insecure},
};

hardened_core::rules! {
    /// The API documentation is hidden in Preview and Production.
    #[cwe(497)]
    LIVE_DOCS_SHOWN: "live-docs-shown" Insecure [Off Off Warn Refuse] Never docs;
    /// Documentation is shown where the manifest says so.
    LIVE_DOCS_MISSING: "live-docs-missing" Inconsistent [Note Note Note Note] Never docs;
}

mod explanation {
    pub(super) mod docs {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_DOCS_SHOWN: Explanation = Explanation::new(
            "The documentation shows every route and its parameters to an attacker.",
            "hide the documentation in Preview and Production, at every spelling of its path",
        );
        pub(crate) const LIVE_DOCS_MISSING: Explanation = Explanation::new(
            "The manifest promises this documentation to everyone who uses the API.",
            "serve it, or hide it in the service's code and create a new manifest",
        );
    }
}
