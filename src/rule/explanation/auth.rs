//! Explanations of `jwt-*`.

use super::{Explanation, sourced};

pub(in crate::rule) const JWT_EXPIRATION: Explanation = sourced(
    "A token that was stolen is good until it expires: nobody can call it back.",
    "let tokens expire within a day, and renew them with a refresh token; or waive the rule",
    "RFC 8725 §3; OWASP JSON Web Token Cheat Sheet",
);
pub(in crate::rule) const JWT_PROVIDER: Explanation = sourced(
    "With two providers of cryptography linked, or another installed first, the library for tokens panics at the first signature instead of at the start.",
    "install one provider before the configuration is loaded, or none: then this library installs its own",
    "https://docs.rs/jsonwebtoken/11.1.0/jsonwebtoken/crypto/struct.CryptoProvider.html",
);
pub(in crate::rule) const JWT_JWKS_INSECURE: Explanation = sourced(
    "Whoever stands between could hand out a key of their own, and sign tokens that are accepted.",
    "set the https: address from the issuer's discovery document",
    "RFC 8725 §3.10; OpenID Connect Discovery 1.0 §3",
);
