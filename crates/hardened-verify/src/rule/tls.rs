//! Rules of the family `tls`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::Insecure,
};

hardened_core::rules! {
    /// The service is reached over TLS, with a certificate that is valid for at least 14 more days.
    #[cwe(319, 324)]
    LIVE_CERTIFICATE: "live-certificate" Insecure [Note Note Refuse Refuse] Never tls;
    /// TLS 1.1 and older are refused.
    #[cwe(327)]
    LIVE_TLS_OLD: "live-tls-old" Insecure [Note Note Warn Refuse] Never tls;
    /// Nothing is answered over `http:`, except a redirect to `https:`.
    #[cwe(319)]
    LIVE_PLAIN_HTTP: "live-plain-http" Insecure [Note Note Refuse Refuse] Never tls;
}

mod explanation {
    pub(super) mod tls {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_CERTIFICATE: Explanation = Explanation::new(
            "Clients refuse an invalid certificate. If a failed automatic renewal is noticed only after the certificate has expired, it is too late.",
            "renew the certificate, for the name that clients use, and serve the whole chain",
        );
        pub(crate) const LIVE_TLS_OLD: Explanation = Explanation::new(
            "TLS 1.0 and 1.1 rely on broken hash functions, and no browser supports them any more.",
            "allow TLS 1.2 and 1.3 only, in the proxy that terminates TLS",
        )
        .source("https://www.rfc-editor.org/rfc/rfc8996");
        pub(crate) const LIVE_PLAIN_HTTP: Explanation = Explanation::new(
            "A client that uses `http:` once exposes its token to everyone on the network path.",
            "redirect `http:` to `https:`, or close the port",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2");
    }
}
