//! Rules of the family `drift`.

use hardened_core::rule::{
    Level::{Refuse, Warn},
    Waivable::Never,
    Word::Inconsistent,
};

hardened_core::rules! {
    /// The live service behaves as the manifest promises.
    LIVE_DRIFT: "live-drift" Inconsistent [Warn Warn Refuse Refuse] Never drift;
}

mod explanation {
    pub(super) mod drift {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_DRIFT: Explanation = Explanation::new(
            "The deployment is not what the release promised: a different configuration runs, or something in front changes the responses.",
            "compare the variables of the deployment, and the proxy in front, with the release; then deploy again or create a new manifest",
        );
    }
}
