//! Explanations of `jwt-*`.

use super::{Explanation, sourced};

pub(in crate::rule) const JWT_EXPIRATION: Explanation = sourced(
    "A token that was stolen is good until it expires: nobody can call it back.",
    "let tokens expire within a day, and renew them with a refresh token; or waive the rule",
    "RFC 8725 §3; OWASP JSON Web Token Cheat Sheet",
);
