//! Checks whether the token of a user follows the promised rules.

use std::collections::BTreeSet;

use hardened_core::{manifest::TokenPromise, verification::Exchange};

use super::checks::TOKENS;
use crate::{
    context::Context,
    forge::Token,
    outcome::{Fact, Outcome},
};

/// Compares the token of user A with the promised groups of rules; it must follow one of them.
pub(super) fn compared(context: &Context) -> Outcome {
    let promises = context.promises().map(|promises| promises.tokens.as_slice()).unwrap_or_default();
    if promises.is_empty() {
        return TOKENS.skipped("no token rules are promised");
    }
    let carrier = context.credentials.a.as_ref().and_then(|credential| credential.carrier());
    let Some(token) = carrier.and_then(|carrier| Token::parse(&carrier.token)) else {
        return TOKENS.skipped("no JSON Web Token of user A is given");
    };
    let flaws: Vec<_> = promises.iter().map(|promise| flaw(promise, &token)).collect();
    match flaws.iter().position(Option::is_none) {
        Some(_) => TOKENS.shown(vec![offline()]),
        None => match flaws.into_iter().flatten().next() {
            Some(fact) => TOKENS.failed(fact, vec![offline()]),
            None => TOKENS.skipped("no token rules are promised"),
        },
    }
}

/// Returns the evidence for a comparison without a request.
fn offline() -> Exchange {
    use hardened_core::verification::{Got, Sent};
    Exchange {
        sent: Sent {
            method: "no request".to_owned(),
            path: "the token of user A".to_owned(),
            headers: Vec::new(),
            who: None,
            length: 0,
        },
        got: Got { status: None, headers: Vec::new(), length: 0, reason: None },
    }
}

fn flaw(promise: &TokenPromise, token: &Token) -> Option<Fact> {
    let text = |name: &str| token.claims.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    if !promise.algorithms.is_empty() && !promise.algorithms.iter().any(|name| name == token.algorithm()) {
        let fact = Fact::new("the algorithm is ").quoting(token.algorithm());
        return Some(fact.with("; the manifest promises ").quoting(&promise.algorithms.join(", ")));
    }
    if let Some(issuer) = promise.issuer.as_deref().filter(|issuer| *issuer != text("iss")) {
        return Some(Fact::new("the issuer is ").quoting(text("iss")).with("; the manifest promises ").quoting(issuer));
    }
    if let Some(audience) = promise.audience.as_deref().filter(|audience| !audiences(token).contains(audience)) {
        let seen: Vec<_> = audiences(token).into_iter().collect();
        return Some(
            Fact::new("the audience is ").quoting(&seen.join(", ")).with("; the manifest promises ").quoting(audience),
        );
    }
    let moment = |name: &str| token.claims.get(name).and_then(serde_json::Value::as_f64);
    let lifetime = moment("exp").zip(moment("iat")).map(|(end, begin)| end - begin);
    match (promise.lifetime_seconds, lifetime) {
        #[allow(clippy::cast_precision_loss, reason = "a lifetime is far below 2^53 s")]
        (Some(promised), Some(lifetime)) if lifetime > promised as f64 + 1.0 => {
            let fact = Fact::new("the token is valid for ").with(lifetime).with(" s; the manifest promises ");
            Some(fact.with(promised).with(" s"))
        }
        _ => None,
    }
}

fn audiences(token: &Token) -> BTreeSet<&str> {
    match token.claims.get("aud") {
        Some(serde_json::Value::String(one)) => BTreeSet::from([one.as_str()]),
        Some(serde_json::Value::Array(several)) => several.iter().filter_map(serde_json::Value::as_str).collect(),
        _ => BTreeSet::new(),
    }
}
