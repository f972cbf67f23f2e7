//! Rules of the family `cors`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Insecure, Missing},
};

hardened_core::rules! {
    /// Pages of an allowed origin can read answers.
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
    /// An answer that depends on the origin says so with `Vary: Origin`.
    #[cwe(524)]
    LIVE_CORS_VARY: "live-cors-vary" Missing [Note Note Warn Warn] Never cors;
    /// Pages of other origins can read nothing.
    #[cwe(942)]
    LIVE_CORS_FOREIGN_ORIGIN: "live-cors-foreign-origin" Insecure [Warn Warn Refuse Refuse] Never cors;
    /// An `Origin` header that no browser sends is not allowed.
    #[cwe(346)]
    LIVE_CORS_ORIGIN_SPELLING: "live-cors-origin-spelling" Insecure [Note Note Warn Warn] Never cors;
    /// Origins are compared with their case.
    LIVE_CORS_ORIGIN_CASE: "live-cors-origin-case" Inconsistent [Note Note Note Note] Never cors;
    /// Every origin is never allowed together with credentials.
    #[cwe(942)]
    LIVE_CORS_ANY_CREDENTIALS: "live-cors-any-credentials" Insecure [Warn Warn Refuse Refuse] Never cors;
    /// A preflight allows the methods and headers of the policy, not everything that is asked for.
    #[cwe(942)]
    LIVE_CORS_REFLECTED_REQUEST: "live-cors-reflected-request" Insecure [Note Note Warn Warn] Never cors;
    /// A public service does not invite pages into private networks.
    LIVE_CORS_PRIVATE_NETWORK: "live-cors-private-network" Insecure [Note Note Warn Warn] Never cors;
    /// No cache gives one origin the answer for another.
    #[cwe(524)]
    LIVE_CORS_SHARED_ANSWER: "live-cors-shared-answer" Insecure [Warn Warn Refuse Refuse] Never cors;
}

mod explanation {
    pub(super) mod cors {
        use hardened_core::rule::Explanation;

        const FETCH: &str = "https://fetch.spec.whatwg.org/#http-cors-protocol";

        pub(crate) const LIVE_CORS_ALLOWED_ORIGIN: Explanation = Explanation::new(
            "Browsers hide every answer from a page unless the answer names the page's origin, so the front end does not work.",
            "answer requests of this origin with `Access-Control-Allow-Origin` and exactly this origin; look at proxies that remove the header",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_PREFLIGHT: Explanation = Explanation::new(
            "Browsers ask with `OPTIONS` before they send JSON, a token or a method such as `PUT`, and send nothing when the answer is not a permission.",
            "answer the preflight with 200 or 204 and the allowed methods and headers, before authentication",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_CREDENTIALS: Explanation = Explanation::new(
            "With `Access-Control-Allow-Credentials: true` pages act with the cookies of their visitors; without it a front end that needs cookies does not work.",
            "send `Access-Control-Allow-Credentials: true` exactly where the policy allows credentials",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_EXPOSED_HEADERS: Explanation = Explanation::new(
            "A page reads only the response headers that are exposed.",
            "expose the headers that the policy lists and no others",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_MAX_AGE: Explanation = Explanation::new(
            "A permission that browsers remember outlives the correction of a policy.",
            "set the maximum age of preflights to at most 7,200 s, the most that Chromium keeps",
        )
        .source("https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age");
        pub(crate) const LIVE_CORS_VARY: Explanation = Explanation::new(
            "A cache that does not know that the answer depends on the origin gives one page the answer for another.",
            "send `Vary: Origin` with every answer, also with those to requests without an origin",
        )
        .source("https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches");
        pub(crate) const LIVE_CORS_FOREIGN_ORIGIN: Explanation = Explanation::new(
            "Any page that a user visits can then read what the service answers to that user.",
            "compare the whole origin with a list; compare no beginning, end or part of it, and escape dots in regular expressions",
        )
        .source("https://portswigger.net/web-security/cors");
        pub(crate) const LIVE_CORS_ORIGIN_SPELLING: Explanation = Explanation::new(
            "A service that allows such a text searches it for an allowed origin instead of comparing it, so that a real origin which gets through is likely.",
            "compare the whole origin with a list",
        )
        .source("https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin");
        pub(crate) const LIVE_CORS_ORIGIN_CASE: Explanation = Explanation::new(
            "Browsers send origins in lower case, so nobody gains by it; still, a comparison of bytes is the simplest that is right.",
            "compare origins byte by byte",
        )
        .source("https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin");
        pub(crate) const LIVE_CORS_ANY_CREDENTIALS: Explanation = Explanation::new(
            "Browsers refuse `*` together with credentials, so that the next change, often an echo of the origin, opens the service to every page.",
            "list the origins that need credentials, or remove `Access-Control-Allow-Credentials`",
        )
        .source("https://fetch.spec.whatwg.org/#cors-protocol-and-credentials");
        pub(crate) const LIVE_CORS_REFLECTED_REQUEST: Explanation = Explanation::new(
            "A preflight that permits everything it is asked for does not protect headers and methods that the service trusts.",
            "list the methods and headers that pages need",
        )
        .source(FETCH);
        pub(crate) const LIVE_CORS_PRIVATE_NETWORK: Explanation = Explanation::new(
            "The header lets public pages reach a service in the visitor's own network.",
            "remove `Access-Control-Allow-Private-Network`",
        )
        .source("https://wicg.github.io/private-network-access/");
        pub(crate) const LIVE_CORS_SHARED_ANSWER: Explanation = Explanation::new(
            "A cache in front of the service ignores `Vary: Origin`: pages of one origin get what was answered to another, and allowed pages break at random.",
            "let the cache take `Origin` into its key, or do not cache these answers",
        )
        .source("https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches");
    }
}
