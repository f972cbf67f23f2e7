//! Rules of the family `docs`.

use hardened_core::rule::{
    Level::{Note, Off, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Insecure},
};

hardened_core::rules! {
    /// The documentation of the API is hidden in Preview and Production.
    #[cwe(497)]
    LIVE_DOCS_SHOWN: "live-docs-shown" Insecure [Off Off Warn Refuse] Never docs;
    /// Documentation is shown where the manifest says so.
    LIVE_DOCS_MISSING: "live-docs-missing" Inconsistent [Note Note Note Note] Never docs;
}

mod explanation {
    pub(super) mod docs {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_DOCS_SHOWN: Explanation = Explanation::new(
            "The documentation lists every route and its parameters to everybody who looks for a way in.",
            "hide the documentation in Preview and Production, below every spelling of its path",
        );
        pub(crate) const LIVE_DOCS_MISSING: Explanation = Explanation::new(
            "Somebody decided that this documentation is for everybody who uses the interface.",
            "serve it, or hide it in the service's code and make a new manifest",
        );
    }
}
