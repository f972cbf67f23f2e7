//! Explanations of `jwt-*`.

use super::{Explanation, sourced};

pub(in crate::rule) const JWT_EXPIRATION: Explanation = sourced(
    "A stolen token works until it expires, because a signed token cannot be revoked.",
    "let tokens expire within a day and renew them with a refresh token; or waive the rule",
    "RFC 8725 §3; OWASP JSON Web Token Cheat Sheet",
);
pub(in crate::rule) const JWT_PROVIDER: Explanation = sourced(
    "If the binary links two cryptography providers, or another one was installed first, the token library panics at the first signature instead of at the start.",
    "install one provider before loading the configuration, or install none: this library then installs its own",
    "https://docs.rs/jsonwebtoken/11.1.0/jsonwebtoken/crypto/struct.CryptoProvider.html",
);
pub(in crate::rule) const JWT_JWKS_INSECURE: Explanation = sourced(
    "Anyone on the network path could serve a key of their own and sign tokens that the service then accepts.",
    "set the https: address from the issuer's discovery document",
    "RFC 8725 §3.10; OpenID Connect Discovery 1.0 §3",
);
