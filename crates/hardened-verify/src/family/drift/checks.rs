//! The checks of the family `drift`.

use crate::{judge::checks, rule};

checks! { Drift;
    /// Every promised header has the promised value.
    HEADERS: Positive "drift-headers" rule::drift::LIVE_DRIFT;
    /// Only pages of the promised origins can read answers.
    ORIGINS: Positive "drift-origins" rule::drift::LIVE_DRIFT;
    /// The token of a user is as promised.
    TOKENS: Positive "drift-tokens" rule::drift::LIVE_DRIFT;
    /// An allowed preflight has the promised status.
    PREFLIGHT: Positive "drift-preflight" rule::drift::LIVE_DRIFT;
    /// Routes that need a token according to the manifest refuse a request without one.
    ROUTES: Negative "drift-routes" rule::drift::LIVE_DRIFT;
    /// The API description names only routes that the manifest names.
    DESCRIBED: Positive "drift-described" rule::drift::LIVE_DRIFT;
}
