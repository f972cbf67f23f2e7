//! Explanations of `jwt-*`.

use super::{Explanation, sourced};

pub(in crate::rule) const JWT_EXPIRATION: Explanation = sourced(
    "A token that was stolen is good until it expires: nobody can call it back.",
    "let tokens expire within a day, and renew them with a refresh token; or waive the rule",
    "RFC 8725 §3; OWASP JSON Web Token Cheat Sheet",
);
pub(in crate::rule) const JWT_JWKS_INSECURE: Explanation = sourced(
    "Whoever stands between could hand out a key of their own, and sign tokens that are accepted.",
    "set the https: address from the issuer's discovery document",
    "RFC 8725 §3.10; OpenID Connect Discovery 1.0 §3",
);
