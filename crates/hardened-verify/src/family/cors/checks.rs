//! The checks of the family `cors`.

use crate::{judge::checks, rule};

checks! { Cors;
    /// A page of an allowed origin can read a response.
    ALLOWED: Positive "cors-allowed-origin" rule::cors::LIVE_CORS_ALLOWED_ORIGIN;
    /// A page of an allowed origin can send what the policy allows.
    PREFLIGHT: Positive "cors-allowed-preflight" rule::cors::LIVE_CORS_PREFLIGHT;
    /// Credentials are allowed exactly where the policy says so.
    CREDENTIALS: Positive "cors-credentials" rule::cors::LIVE_CORS_CREDENTIALS;
    /// The response headers that pages can read are those of the policy.
    EXPOSED: Positive "cors-exposed-headers" rule::cors::LIVE_CORS_EXPOSED_HEADERS;
    /// Browsers cache a preflight as long as the policy says.
    MAX_AGE: Positive "cors-max-age" rule::cors::LIVE_CORS_MAX_AGE;
    /// Responses that depend on the origin have `Vary: Origin`.
    VARY: Positive "cors-vary" rule::cors::LIVE_CORS_VARY;
    /// Pages of the other origins that were tried cannot read a response.
    FOREIGN: Negative "cors-foreign-origin" rule::cors::LIVE_CORS_FOREIGN_ORIGIN;
    /// A text that contains an allowed origin but is not one is not allowed.
    SPELLING: Negative "cors-origin-spelling" rule::cors::LIVE_CORS_ORIGIN_SPELLING;
    /// An origin in upper case is not allowed.
    CASE: Negative "cors-origin-case" rule::cors::LIVE_CORS_ORIGIN_CASE;
    /// Credentials are not allowed for every origin.
    ANY: Negative "cors-any-credentials" rule::cors::LIVE_CORS_ANY_CREDENTIALS;
    /// A method and a header that the policy does not list are not allowed.
    REFLECTED: Negative "cors-reflected-request" rule::cors::LIVE_CORS_REFLECTED_REQUEST;
    /// A page is not allowed to reach private networks through the target.
    PRIVATE: Negative "cors-private-network" rule::cors::LIVE_CORS_PRIVATE_NETWORK;
    /// A response for one origin is not given to another.
    SHARED: Negative "cors-shared-answer" rule::cors::LIVE_CORS_SHARED_ANSWER;
}
