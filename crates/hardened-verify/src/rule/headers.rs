//! Rules of the family `headers`.

use hardened_core::rule::{
    Level::{Note, Off, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Insecure, Missing},
};

hardened_core::rules! {
    /// Responses have `X-Content-Type-Options: nosniff`.
    #[cwe(436)]
    LIVE_NOSNIFF: "live-nosniff" Missing [Note Note Warn Warn] Never headers;
    /// Responses over TLS have `Strict-Transport-Security` for at least half a year.
    #[cwe(319)]
    LIVE_HSTS: "live-hsts" Missing [Off Off Warn Warn] Never headers;
    /// Pages have `frame-ancestors` or `X-Frame-Options`.
    #[cwe(1021)]
    LIVE_FRAME: "live-frame" Missing [Note Note Warn Warn] Never headers;
    /// Pages have `Content-Security-Policy`.
    #[cwe(79)]
    LIVE_CSP: "live-csp" Missing [Note Note Warn Warn] Never headers;
    /// Pages have `Referrer-Policy`.
    #[cwe(201)]
    LIVE_REFERRER: "live-referrer" Missing [Note Note Warn Warn] Never headers;
    /// Responses to users have `Cache-Control: no-store`, `private` or `no-cache`.
    #[cwe(525)]
    LIVE_CACHE: "live-cache" Insecure [Note Note Warn Warn] Never headers;
    /// No header names the software and its version.
    #[cwe(497)]
    LIVE_SOFTWARE: "live-software" Insecure [Off Off Warn Warn] Never headers;
    /// Session cookies have `Secure`.
    #[cwe(614)]
    LIVE_COOKIE_SECURE: "live-cookie-secure" Insecure [Note Note Refuse Refuse] Never headers;
    /// Session cookies have `HttpOnly`.
    #[cwe(1004)]
    LIVE_COOKIE_HTTP_ONLY: "live-cookie-http-only" Insecure [Note Note Refuse Refuse] Never headers;
    /// Session cookies have `SameSite`.
    #[cwe(1275)]
    LIVE_COOKIE_SAME_SITE: "live-cookie-same-site" Insecure [Note Note Warn Refuse] Never headers;
    /// Session cookies have the attributes that the manifest promises.
    #[cwe(614, 1004, 1275)]
    LIVE_COOKIE_PROMISED: "live-cookie-promised" Inconsistent [Note Note Warn Refuse] Never headers;
}

mod explanation {
    pub(super) mod headers {
        use hardened_core::rule::Explanation;

        const REST: &str =
            "https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers";
        const COOKIES: &str = "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.2";

        pub(crate) const LIVE_NOSNIFF: Explanation = Explanation::new(
            "A browser that guesses the type of a response can run data as a script.",
            "set `X-Content-Type-Options: nosniff` on every response",
        )
        .source(REST);
        pub(crate) const LIVE_HSTS: Explanation = Explanation::new(
            "Without it, a browser's first request goes over `http:`, where others can answer it.",
            "set `Strict-Transport-Security: max-age=31536000; includeSubDomains` on every response",
        )
        .source("https://www.rfc-editor.org/rfc/rfc6797#section-6.1");
        pub(crate) const LIVE_FRAME: Explanation = Explanation::new(
            "A foreign page can embed the page invisibly and make people click on what they do not see.",
            "set `Content-Security-Policy: frame-ancestors 'none'`, and `X-Frame-Options: DENY` for older browsers",
        )
        .source(REST);
        pub(crate) const LIVE_CSP: Explanation = Explanation::new(
            "Without a policy, a page runs every script that an attacker manages to inject.",
            "set `Content-Security-Policy` on every page",
        )
        .source(REST);
        pub(crate) const LIVE_REFERRER: Explanation = Explanation::new(
            "A link to another site reveals the address of the page, with everything in it.",
            "set `Referrer-Policy: no-referrer`",
        )
        .source(REST);
        pub(crate) const LIVE_CACHE: Explanation = Explanation::new(
            "A cache that keeps a response to one person can show it to the next.",
            "set `Cache-Control: no-store` on responses to users",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.5");
        pub(crate) const LIVE_SOFTWARE: Explanation = Explanation::new(
            "The name and version of the software tell attackers which known attack works.",
            "remove headers such as `X-Powered-By`, and the version from `Server`",
        )
        .source("https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html");
        pub(crate) const LIVE_COOKIE_SECURE: Explanation = Explanation::new(
            "A browser sends the cookie over `http:` too, where anyone on the network path can steal it.",
            "set the attribute `Secure`",
        )
        .source(COOKIES);
        pub(crate) const LIVE_COOKIE_HTTP_ONLY: Explanation = Explanation::new(
            "One foreign script in a page is enough to steal the session.",
            "set the attribute `HttpOnly`",
        )
        .source(COOKIES);
        pub(crate) const LIVE_COOKIE_SAME_SITE: Explanation = Explanation::new(
            "A foreign page can make the browser send requests in the name of the user.",
            "set the attribute `SameSite=Lax` or `SameSite=Strict`",
        )
        .source(COOKIES);
        pub(crate) const LIVE_COOKIE_PROMISED: Explanation = Explanation::new(
            "The session has less protection than the configuration of the release says.",
            "compare what is deployed, and what the proxy in front changes, with the release of the manifest",
        )
        .source(COOKIES);
    }
}
