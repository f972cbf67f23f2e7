//! Rules of the family `cors`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Insecure, Missing},
};

hardened_core::rules! {
    /// Pages of an allowed origin can read responses.
    LIVE_CORS_ALLOWED_ORIGIN: "live-cors-allowed-origin" Inconsistent [Warn Warn Refuse Refuse] Never cors;
    /// Pages of an allowed origin can send every allowed method and header.
    LIVE_CORS_PREFLIGHT: "live-cors-preflight" Inconsistent [Warn Warn Refuse Refuse] Never cors;
    /// Browsers may send cookies exactly where the policy says so.
    #[cwe(942)]
    LIVE_CORS_CREDENTIALS: "live-cors-credentials" Inconsistent [Warn Warn Refuse Refuse] Never cors;
    /// Pages can read exactly the response headers of the policy.
    LIVE_CORS_EXPOSED_HEADERS: "live-cors-exposed-headers" Inconsistent [Note Note Warn Warn] Never cors;
    /// Browsers cache a preflight as long as the policy says, and at most a day.
    LIVE_CORS_MAX_AGE: "live-cors-max-age" Inconsistent [Note Note Warn Warn] Never cors;
    /// A response that depends on the origin says so with `Vary: Origin`.
    #[cwe(524)]
    LIVE_CORS_VARY: "live-cors-vary" Missing [Note Note Warn Warn] Never cors;
    /// Pages of other origins can read nothing.
    #[cwe(942)]
    LIVE_CORS_FOREIGN_ORIGIN: "live-cors-foreign-origin" Insecure [Warn Warn Refuse Refuse] Never cors;
    /// An `Origin` header that no browser sends is not allowed.
    #[cwe(346)]
    LIVE_CORS_ORIGIN_SPELLING: "live-cors-origin-spelling" Insecure [Note Note Warn Warn] Never cors;
    /// Origins are compared case-sensitively.
    LIVE_CORS_ORIGIN_CASE: "live-cors-origin-case" Inconsistent [Note Note Note Note] Never cors;
    /// Credentials are never allowed for every origin.
    #[cwe(942)]
    LIVE_CORS_ANY_CREDENTIALS: "live-cors-any-credentials" Insecure [Warn Warn Refuse Refuse] Never cors;
    /// A preflight response allows the methods and headers of the policy, not everything that was requested.
    #[cwe(942)]
    LIVE_CORS_REFLECTED_REQUEST: "live-cors-reflected-request" Insecure [Note Note Warn Warn] Never cors;
    /// A public service does not send `Access-Control-Allow-Private-Network`.
    LIVE_CORS_PRIVATE_NETWORK: "live-cors-private-network" Insecure [Note Note Warn Warn] Never cors;
    /// No cache gives one origin the response for another.
    #[cwe(524)]
    LIVE_CORS_SHARED_ANSWER: "live-cors-shared-answer" Insecure [Warn Warn Refuse Refuse] Never cors;
}

mod explanation {
    pub(super) mod cors {
        use hardened_core::rule::Explanation;

        const FETCH: &str = "https://fetch.spec.whatwg.org/#http-cors-protocol";

        pub(crate) const LIVE_CORS_ALLOWED_ORIGIN: Explanation = Explanation::new(
            "Browsers hide every response from a page unless the response names the page's origin, so the front end does not work.",
            "send `Access-Control-Allow-Origin` with exactly this origin; check whether a proxy removes the header",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_PREFLIGHT: Explanation = Explanation::new(
            "Browsers send an `OPTIONS` preflight before JSON, a token or a method such as `PUT`, and do not send the request unless the preflight response permits it.",
            "answer the preflight with 200 or 204 and the allowed methods and headers, before authentication",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_CREDENTIALS: Explanation = Explanation::new(
            "With `Access-Control-Allow-Credentials: true`, pages act with their visitors' cookies; without it, a front end that needs cookies does not work.",
            "send `Access-Control-Allow-Credentials: true` exactly where the policy allows credentials",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_EXPOSED_HEADERS: Explanation = Explanation::new(
            "A page reads only the response headers that are exposed.",
            "expose the headers that the policy lists and no others",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_MAX_AGE: Explanation = Explanation::new(
            "Browsers use a cached permission even after the policy was corrected.",
            "set the maximum age of preflights to at most 7,200 s, the most that Chromium keeps",
        )
        .source("https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age");
        pub(crate) const LIVE_CORS_VARY: Explanation = Explanation::new(
            "A cache that does not know that the response depends on the origin gives one page the response for another.",
            "send `Vary: Origin` with every response, even if the request has no origin",
        )
        .source("https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches");
        pub(crate) const LIVE_CORS_FOREIGN_ORIGIN: Explanation = Explanation::new(
            "Any page that a user visits can then read the service's responses to that user.",
            "compare the whole origin with a list, not its beginning, its end or a part of it; escape dots in regular expressions",
        )
        .source("https://portswigger.net/web-security/cors");
        pub(crate) const LIVE_CORS_ORIGIN_SPELLING: Explanation = Explanation::new(
            "A service that allows such a text searches it for an allowed origin instead of comparing it, so a real origin probably gets through too.",
            "compare the whole origin with a list",
        )
        .source("https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin");
        pub(crate) const LIVE_CORS_ORIGIN_CASE: Explanation = Explanation::new(
            "Browsers send origins in lower case, so an attacker gains nothing; still, comparing bytes is the simplest correct way.",
            "compare origins byte by byte",
        )
        .source("https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin");
        pub(crate) const LIVE_CORS_ANY_CREDENTIALS: Explanation = Explanation::new(
            "Browsers reject `*` together with credentials, and the usual repair, echoing the origin, opens the service to every page.",
            "list the origins that need credentials, or remove `Access-Control-Allow-Credentials`",
        )
        .source("https://fetch.spec.whatwg.org/#cors-protocol-and-credentials");
        pub(crate) const LIVE_CORS_REFLECTED_REQUEST: Explanation = Explanation::new(
            "A preflight response that permits everything requested does not protect headers and methods that the service trusts.",
            "list the methods and headers that pages need",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_PRIVATE_NETWORK: Explanation = Explanation::new(
            "The header lets public pages reach a service in the visitor's own network.",
            "remove `Access-Control-Allow-Private-Network`",
        )
        .source("https://wicg.github.io/private-network-access/");
        pub(crate) const LIVE_CORS_SHARED_ANSWER: Explanation = Explanation::new(
            "A cache in front of the service ignores `Vary: Origin`: pages of one origin get responses for another, and allowed pages break at random.",
            "add `Origin` to the cache key, or do not cache these responses",
        )
        .source("https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches");
    }
}
