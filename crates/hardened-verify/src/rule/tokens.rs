//! Rules of the family `tokens`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Insecure, Missing, Published},
};

hardened_core::rules! {
    /// A request without a token is refused.
    #[cwe(306)]
    LIVE_TOKEN_MISSING: "live-token-missing" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A text that is not a token is refused.
    #[cwe(287)]
    LIVE_TOKEN_JUNK: "live-token-junk" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A token under a scheme other than its own is refused.
    #[cwe(287)]
    LIVE_TOKEN_SCHEME: "live-token-scheme" Insecure [Note Note Warn Warn] Never tokens;
    /// A token in the query of a URL is refused.
    #[cwe(598)]
    LIVE_TOKEN_QUERY: "live-token-query" Insecure [Note Note Warn Warn] Never tokens;
    /// A request without a valid token is answered with 401.
    #[cwe(393)]
    LIVE_TOKEN_STATUS: "live-token-status" Inconsistent [Note Note Warn Warn] Never tokens;
    /// A 401 response says in `WWW-Authenticate` how to authenticate.
    LIVE_TOKEN_CHALLENGE: "live-token-challenge" Missing [Note Note Note Note] Never tokens;
    /// A token whose claims were changed is refused.
    #[cwe(347)]
    LIVE_TOKEN_TAMPERED: "live-token-tampered" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A token without a signature is refused.
    #[cwe(347)]
    LIVE_TOKEN_UNSIGNED: "live-token-unsigned" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A token that declares itself unsigned is refused.
    #[cwe(347)]
    LIVE_TOKEN_NONE: "live-token-none" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A token signed with an empty key is refused.
    #[cwe(347)]
    LIVE_TOKEN_EMPTY_KEY: "live-token-empty-key" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A token signed with a key that the service does not know is refused.
    #[cwe(347)]
    LIVE_TOKEN_FOREIGN_KEY: "live-token-foreign-key" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A token signed with an algorithm other than the service's is refused.
    #[cwe(347)]
    LIVE_TOKEN_ALGORITHM: "live-token-algorithm" Insecure [Warn Warn Refuse Refuse] Never tokens;
    /// A public key is not accepted as an HMAC secret.
    #[cwe(347)]
    LIVE_TOKEN_KEY_CONFUSION: "live-token-key-confusion" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A key that is embedded in a token does not verify that token.
    #[cwe(347)]
    LIVE_TOKEN_EMBEDDED_KEY: "live-token-embedded-key" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A token does not choose where its verification key comes from.
    #[cwe(347, 918)]
    LIVE_TOKEN_REMOTE_KEY: "live-token-remote-key" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A key identifier is used neither as a path nor as part of a query.
    #[cwe(22, 89, 347)]
    LIVE_TOKEN_KEY_ID: "live-token-key-id" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// An expired token is refused.
    #[cwe(613)]
    LIVE_TOKEN_EXPIRED: "live-token-expired" Insecure [Refuse Refuse Refuse Refuse] Never tokens;
    /// A token that is not valid yet is refused.
    LIVE_TOKEN_NOT_YET_VALID: "live-token-not-yet-valid" Insecure [Note Note Warn Warn] Never tokens;
    /// A token without an expiry is refused.
    #[cwe(613)]
    LIVE_TOKEN_NO_EXPIRY: "live-token-no-expiry" Insecure [Warn Warn Refuse Refuse] Never tokens;
    /// A token of another issuer is refused.
    #[cwe(346)]
    LIVE_TOKEN_ISSUER: "live-token-issuer" Insecure [Warn Warn Refuse Refuse] Never tokens;
    /// A token for another audience is refused.
    #[cwe(863)]
    LIVE_TOKEN_AUDIENCE: "live-token-audience" Insecure [Warn Warn Refuse Refuse] Never tokens;
    /// A token with a critical header that the service does not know is refused.
    #[cwe(345)]
    LIVE_TOKEN_CRITICAL: "live-token-critical" Insecure [Note Note Warn Warn] Never tokens;
    /// If a claim comes twice, the last one counts, or the token is refused.
    #[cwe(436)]
    LIVE_TOKEN_DUPLICATE: "live-token-duplicate" Insecure [Note Note Warn Warn] Never tokens;
    /// Tokens are signed with a key that is not published.
    #[cwe(1391)]
    LIVE_TOKEN_PUBLISHED_KEY: "live-token-published-key" Published [Warn Warn Refuse Refuse] Never tokens;
    /// A token expires at most a day after it was issued.
    #[cwe(613)]
    LIVE_TOKEN_LIFETIME: "live-token-lifetime" Insecure [Note Note Warn Warn] Never tokens;
    /// Tokens contain no secret, because anyone who has a token can read it.
    #[cwe(522)]
    LIVE_TOKEN_SECRET_CLAIM: "live-token-secret-claim" Insecure [Warn Warn Refuse Refuse] Never tokens;
    /// Tokens contain no personal data that the service does not need.
    #[cwe(359)]
    LIVE_TOKEN_PERSONAL_CLAIM: "live-token-personal-claim" Insecure [Note Note Note Note] Never tokens;
}

mod explanation {
    pub(super) mod tokens {
        use hardened_core::rule::Explanation;

        const BEARER: &str = "https://www.rfc-editor.org/rfc/rfc6750#section-3.1";
        const PRACTICE: &str = "https://www.rfc-editor.org/rfc/rfc8725";

        pub(crate) const LIVE_TOKEN_MISSING: Explanation = Explanation::new(
            "Anyone can then do what only users may do.",
            "require a valid token on this route; if the route is meant to be public, name another in the profile",
        )
        .source(BEARER);
        pub(crate) const LIVE_TOKEN_JUNK: Explanation = Explanation::new(
            "A service that only checks whether a token is present is open to everybody.",
            "verify the token before the request is handled",
        )
        .source(BEARER);
        pub(crate) const LIVE_TOKEN_SCHEME: Explanation = Explanation::new(
            "A proxy or a log that knows how to treat a bearer token does not recognise it under another scheme.",
            "accept `Authorization: Bearer` only",
        )
        .source("https://www.rfc-editor.org/rfc/rfc6750#section-2.1");
        pub(crate) const LIVE_TOKEN_QUERY: Explanation = Explanation::new(
            "URLs, and the token with them, end up in logs, histories and the `Referer` of other requests.",
            "accept the token in the `Authorization` header only",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9700#section-4.3.2");
        pub(crate) const LIVE_TOKEN_STATUS: Explanation = Explanation::new(
            "Clients fetch a new token after 401, and give up after another status.",
            "answer a missing or invalid token with 401; keep 403 for users who lack a right, or declare the status in the profile",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2");
        pub(crate) const LIVE_TOKEN_CHALLENGE: Explanation = Explanation::new(
            "HTTP requires the header with 401, and client libraries use it to decide what to do.",
            "send `WWW-Authenticate: Bearer` with 401",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1");
        pub(crate) const LIVE_TOKEN_TAMPERED: Explanation = Explanation::new(
            "The signature is not verified, so anyone can forge a token for any user.",
            "verify the signature with a maintained library; a function called `decode` often does not",
        )
        .source(PRACTICE);
        pub(crate) const LIVE_TOKEN_UNSIGNED: Explanation =
            Explanation::new("Anyone can write a token without a signature.", "refuse tokens that have no signature")
                .source(PRACTICE);
        pub(crate) const LIVE_TOKEN_NONE: Explanation = Explanation::new(
            "The sender then decides that no signature is needed.",
            "name the accepted algorithms in the verifier, in their exact spelling, without `none`",
        )
        .source("https://www.rfc-editor.org/rfc/rfc8725#section-2.1");
        pub(crate) const LIVE_TOKEN_EMPTY_KEY: Explanation = Explanation::new(
            "The signing key is empty, most likely because its setting is missing, so anyone can sign tokens.",
            "set the signing key, and let the service refuse to start without it",
        )
        .source(PRACTICE);
        pub(crate) const LIVE_TOKEN_FOREIGN_KEY: Explanation = Explanation::new(
            "A key that was generated a moment ago is accepted, so anyone can sign tokens.",
            "verify the signature with the issuer's key only",
        )
        .source(PRACTICE);
        pub(crate) const LIVE_TOKEN_ALGORITHM: Explanation = Explanation::new(
            "The sender chooses how the token is verified, which is how most attacks on tokens begin.",
            "name the one accepted algorithm in the verifier",
        )
        .source("https://www.rfc-editor.org/rfc/rfc8725#section-3.1");
        pub(crate) const LIVE_TOKEN_KEY_CONFUSION: Explanation = Explanation::new(
            "Everybody knows the public key; a verifier that uses it as an HMAC secret lets anyone sign tokens.",
            "name the accepted algorithm in the verifier, and keep public keys and secrets in different types",
        )
        .source("https://www.rfc-editor.org/rfc/rfc8725#section-2.1");
        pub(crate) const LIVE_TOKEN_EMBEDDED_KEY: Explanation =
            Explanation::new("The sender of the token then chooses the key.", "ignore the header `jwk`")
                .source("https://www.rfc-editor.org/rfc/rfc8725#section-3.10");
        pub(crate) const LIVE_TOKEN_REMOTE_KEY: Explanation = Explanation::new(
            "The sender of the token then chooses the key, and makes the service send requests.",
            "ignore the headers `jku` and `x5u`",
        )
        .source("https://www.rfc-editor.org/rfc/rfc8725#section-3.10");
        pub(crate) const LIVE_TOKEN_KEY_ID: Explanation = Explanation::new(
            "If the token contains the path or the query that finds the key, the sender chooses the key.",
            "look the identifier up in a list of keys",
        )
        .source("https://www.rfc-editor.org/rfc/rfc8725#section-3.10");
        pub(crate) const LIVE_TOKEN_EXPIRED: Explanation =
            Explanation::new("A stolen token works forever.", "verify the claim `exp`")
                .source("https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4");
        pub(crate) const LIVE_TOKEN_NOT_YET_VALID: Explanation = Explanation::new(
            "The issuer decided when the token becomes valid.",
            "verify the claim `nbf`; many libraries do so only if configured",
        )
        .source("https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5");
        pub(crate) const LIVE_TOKEN_NO_EXPIRY: Explanation = Explanation::new(
            "A token without an expiry works forever, and one mistake of an issuer is enough to create one.",
            "require the claim `exp`",
        )
        .source("https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4");
        pub(crate) const LIVE_TOKEN_ISSUER: Explanation = Explanation::new(
            "Tokens of another service that shares the key are accepted.",
            "require the claim `iss` with the issuer's name",
        )
        .source("https://www.rfc-editor.org/rfc/rfc8725#section-3.8");
        pub(crate) const LIVE_TOKEN_AUDIENCE: Explanation = Explanation::new(
            "A token that a user gave to another service is accepted by this one.",
            "require the claim `aud` with the name of this service",
        )
        .source("https://www.rfc-editor.org/rfc/rfc8725#section-3.9");
        pub(crate) const LIVE_TOKEN_CRITICAL: Explanation = Explanation::new(
            "With `crit`, the issuer requires every service that does not understand the named headers to refuse the token.",
            "refuse tokens with a `crit` header that the service does not know",
        )
        .source("https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11");
        pub(crate) const LIVE_TOKEN_DUPLICATE: Explanation = Explanation::new(
            "Two services that read different values from the same token judge it differently.",
            "refuse tokens with the same claim twice, or let the last one count",
        )
        .source("https://www.rfc-editor.org/rfc/rfc7519#section-4");
        pub(crate) const LIVE_TOKEN_PUBLISHED_KEY: Explanation = Explanation::new(
            "The key is in public code or documentation, or is empty, so anyone can sign tokens for any user. About 104,000 such keys are tried on this machine, without a request.",
            "generate a new key, such as with `hardened secret`, and end all sessions",
        )
        .source("https://github.com/wallarm/jwt-secrets");
        pub(crate) const LIVE_TOKEN_LIFETIME: Explanation = Explanation::new(
            "A token cannot be revoked, so a stolen one works until it expires.",
            "issue tokens for minutes or hours, and renew them",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9700#section-2.2.1");
        pub(crate) const LIVE_TOKEN_SECRET_CLAIM: Explanation = Explanation::new(
            "The claims of a signed token are not encrypted: browsers, proxies and logs can read them.",
            "leave passwords, hashes and keys out of tokens",
        )
        .source("https://www.rfc-editor.org/rfc/rfc7519#section-12");
        pub(crate) const LIVE_TOKEN_PERSONAL_CLAIM: Explanation = Explanation::new(
            "The claims of a signed token are not encrypted, and tokens reach logs and other services.",
            "keep an identifier in the token and look the rest up",
        )
        .source("https://www.rfc-editor.org/rfc/rfc7519#section-12");
    }
}
