//! Rules of the family `hosts`.

use hardened_core::rule::{
    Level::{Note, Off, Refuse, Warn},
    Waivable::Never,
    Word::Insecure,
};

hardened_core::rules! {
    /// A request for another host is refused, and no response has a link to that host.
    #[cwe(346)]
    LIVE_HOST: "live-host" Insecure [Note Note Warn Refuse] Never hosts;
    /// A body that is larger than promised is refused with 413.
    #[cwe(770)]
    LIVE_BODY_LIMIT: "live-body-limit" Insecure [Off Off Warn Refuse] Never hosts;
    /// Headers that are larger than promised, or than 2 MiB, are refused.
    #[cwe(770)]
    LIVE_HEADER_LIMIT: "live-header-limit" Insecure [Off Off Warn Warn] Never hosts;
    /// A request that arrives too slowly is ended.
    #[cwe(770)]
    LIVE_SLOW_REQUEST: "live-slow-request" Insecure [Off Off Warn Warn] Never hosts;
    /// The host and the scheme that a client names in proxy headers do not change a response.
    #[cwe(348)]
    LIVE_FORWARDED: "live-forwarded" Insecure [Note Note Warn Refuse] Never hosts;
    /// The address that a client names in proxy headers grants no access and resets no limit.
    #[cwe(290, 348)]
    LIVE_CLIENT_ADDRESS: "live-client-address" Insecure [Note Note Warn Refuse] Never hosts;
}

mod explanation {
    pub(super) mod hosts {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_HOST: Explanation = Explanation::new(
            "A service that trusts the host of a request sends links to that host, for example to reset a password, and a foreign page can reach the service under its own host name.",
            "name the allowed hosts in `ALLOWED_HOSTS`, or in the proxy in front",
        )
        .source("https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/07-Input_Validation_Testing/17-Testing_for_Host_Header_Injection");
        pub(crate) const LIVE_BODY_LIMIT: Explanation = Explanation::new(
            "A few large bodies at the same time are enough to use up the memory of the service.",
            "limit the body before it is read, and answer 413",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14");
        pub(crate) const LIVE_HEADER_LIMIT: Explanation = Explanation::new(
            "Headers are kept in memory until the last one has arrived, before the client is authenticated.",
            "limit the headers in the server or the proxy, and answer 431",
        )
        .source("https://www.rfc-editor.org/rfc/rfc6585#section-5");
        pub(crate) const LIVE_SLOW_REQUEST: Explanation = Explanation::new(
            "A connection that sends one byte now and then costs its sender nothing; a few hundred of them use up every connection that the service has.",
            "limit the time in which the head of a request must arrive, in the server or the proxy",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9");
        pub(crate) const LIVE_FORWARDED: Explanation = Explanation::new(
            "If a client chooses the host, links such as those to reset a password lead to that host, and a cache keeps the response for others. If it chooses the scheme, `Secure` and `Strict-Transport-Security` are missing.",
            "let the proxy in front overwrite `X-Forwarded-Host`, `X-Forwarded-Proto` and `Forwarded`, and trust no other sender",
        )
        .source("https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x13-V4-API-and-Web-Service.md");
        pub(crate) const LIVE_CLIENT_ADDRESS: Explanation = Explanation::new(
            "A client that chooses its own address bypasses address allow-lists, gets a new rate limit for each address, and writes what it likes into logs.",
            "name the trusted proxies, such as with `TRUSTED_PROXIES`, and read the address from the right end of the list",
        )
        .source("https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x13-V4-API-and-Web-Service.md");
    }
}
