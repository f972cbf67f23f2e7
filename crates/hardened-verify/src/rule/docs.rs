//! Rules of the family `docs`.

use hardened_core::rule::{
    Level::{Off, Refuse, Warn},
    Waivable::Never,
    Word::Insecure,
};

hardened_core::rules! {
    /// The documentation of the API is hidden in Preview and Production.
    LIVE_DOCS_SHOWN: "live-docs-shown" Insecure [Off Off Warn Refuse] Never docs;
}

mod explanation {
    pub(super) mod docs {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_DOCS_SHOWN: Explanation = Explanation::new(
            "The documentation lists every route and its parameters to everybody who looks for a way in.",
            "hide the documentation in Preview and Production, below every spelling of its path",
        );
    }
}
