//! Rules of the family `reach`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::{Insecure, Missing},
};

hardened_core::rules! {
    /// The service answers requests.
    LIVE_UNREACHABLE: "live-unreachable" Missing [Refuse Refuse Refuse Refuse] Never reach;
    /// A path that does not exist is answered with 404.
    #[cwe(393)]
    LIVE_CATCH_ALL: "live-catch-all" Insecure [Note Note Warn Warn] Never reach;
}

mod explanation {
    pub(super) mod reach {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_UNREACHABLE: Explanation = Explanation::new(
            "Nothing about a service can be shown while it does not answer.",
            "check the address, the port, the certificate and the network in between",
        );
        pub(crate) const LIVE_CATCH_ALL: Explanation = Explanation::new(
            "A service that answers every path with success hides a wrong route, and scanners and monitors cannot tell a page from a mistake.",
            "answer unknown paths with 404; a front end with its own routes belongs on another host or path",
        );
    }
}
