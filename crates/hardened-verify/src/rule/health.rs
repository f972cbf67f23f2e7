//! Rules of the family `health`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Insecure},
};

hardened_core::rules! {
    /// The service reports that it works.
    LIVE_UNHEALTHY: "live-unhealthy" Inconsistent [Warn Warn Refuse Refuse] Never health;
    /// The status code of the health check agrees with its body.
    #[cwe(393)]
    LIVE_HEALTH_LIES: "live-health-lies" Inconsistent [Warn Warn Refuse Refuse] Never health;
    /// The body of the health check has the members of the contract.
    LIVE_HEALTH_CONTRACT: "live-health-contract" Inconsistent [Warn Warn Refuse Refuse] Never health;
    /// The service runs in the declared tier.
    LIVE_HEALTH_TIER: "live-health-tier" Inconsistent [Warn Warn Refuse Refuse] Never health;
    /// No response of the health check is stored.
    #[cwe(524)]
    LIVE_HEALTH_STORED: "live-health-stored" Insecure [Note Note Warn Warn] Never health;
    /// `HEAD` is answered like `GET`.
    LIVE_HEALTH_HEAD: "live-health-head" Inconsistent [Note Note Warn Warn] Never health;
    /// The service itself answers the health check.
    LIVE_HEALTH_FOREIGN: "live-health-foreign" Inconsistent [Warn Warn Warn Refuse] Never health;
}

mod explanation {
    pub(super) mod health {
        use hardened_core::rule::Explanation;

        const DOCS: &str = "https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06";

        pub(crate) const LIVE_UNHEALTHY: Explanation = Explanation::new(
            "The health check decides whether a platform sends requests to the service, and whether it keeps a release.",
            "look at the log of the service; suspect its database first",
        );
        pub(crate) const LIVE_HEALTH_LIES: Explanation = Explanation::new(
            "Load balancers and monitors look at the status code only. They carry on as if all were well.",
            "answer 503 while the database does not answer, and 200 only when it does",
        )
        .source(DOCS);
        pub(crate) const LIVE_HEALTH_CONTRACT: Explanation = Explanation::new(
            "Readers of the response rely on its form. A different form shows that something else answers.",
            "serve the health check of the library, or create a new manifest",
        );
        pub(crate) const LIVE_HEALTH_TIER: Explanation = Explanation::new(
            "A service that believes it is in Development relaxes rules that Production needs.",
            "set the variable that decides the tier, and start again",
        );
        pub(crate) const LIVE_HEALTH_STORED: Explanation = Explanation::new(
            "A cache that stores the response reports a service as healthy while it is down.",
            "set `Cache-Control: no-store` on the health check",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.5");
        pub(crate) const LIVE_HEALTH_HEAD: Explanation = Explanation::new(
            "Some monitors use `HEAD`, and would report a healthy service as down.",
            "answer `HEAD` like `GET`, without the body",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2");
        pub(crate) const LIVE_HEALTH_FOREIGN: Explanation = Explanation::new(
            "A proxy or a cache that answers in place of the service reports it as healthy whatever happens behind it.",
            "let the proxy pass the health check on to the service without storing the response",
        );
    }
}
