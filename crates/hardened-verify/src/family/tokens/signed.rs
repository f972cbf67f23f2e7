//! Tokens that only the issuer can make: they are signed with the right key and must still be refused.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};

use super::{
    causes::Case,
    checks::{AUDIENCE, CRITICAL, DUPLICATE, EXPIRED, ISSUER, NO_EXPIRY, NOT_YET, OTHER_LENGTH},
    judge::works,
    send::{FORGED, refused},
};
use crate::{
    check::Family,
    context::Context,
    control::Control,
    credentials::Carrier,
    forge::{Hmac, Token, finished, join, unsigned},
    judge::Negative,
    outcome::Outcome,
    request::Request,
};

/// The checks that need only the signing key.
const NEEDING: [Negative; 7] = [EXPIRED, NOT_YET, NO_EXPIRY, ISSUER, AUDIENCE, CRITICAL, DUPLICATE];

const DAY: u64 = 86_400;

/// A token to make: its header, and its claims as text.
struct Made {
    check: Negative,
    name: &'static str,
    hmac: Hmac,
    header: Map<String, Value>,
    claims: String,
}

/// The maximum number of requests of this module, including its control.
pub(super) const MOST: u32 = 13;

/// Adds cases to those of the forgeries, and returns the control for the new ones.
pub(super) async fn run(
    context: &Context,
    route: &Request,
    carrier: &Carrier,
    token: &Token,
    cases: &mut Vec<Case>,
    outcomes: &mut Vec<Outcome>,
) -> Result<Control, String> {
    let mut skip = |reason: &str| {
        outcomes.extend(NEEDING.map(|check| check.skipped(reason)));
        Err(reason.to_owned())
    };
    let Some(key) = &context.signing_key else {
        return skip("only the issuer can create such a token, and no signing key is given");
    };
    let Some(hmac) = token.hmac() else { return skip("the token is not signed with HMAC, but the key is for HMAC") };
    let sign = |hmac: Hmac, signed: &str| finished(signed, &hmac.sign(&key.0, signed));
    // The control has the claims of the valid token. If the target accepts it, the signing key is right.
    let valid = sign(hmac, &unsigned(&token.header, &token.claims));
    let Some(control) = carrier.on(route.clone(), &valid, "a token signed with the given key") else {
        return skip("the token cannot be sent");
    };
    let batch = match context.batch(Family::Tokens, control, works(context)).await {
        Ok(batch) => batch,
        Err(reason) => {
            outcomes.extend(NEEDING.map(|check| check.unclear(reason.as_str(), Vec::new())));
            return Err(reason);
        }
    };
    for made in all(context, token, hmac, outcomes) {
        let text = sign(made.hmac, &join(&made.header, &made.claims));
        if let Some(request) = carrier.on(route.clone(), &text, FORGED) {
            let case = refused(context, &batch, made.check, made.name, request).await;
            cases.push(Case { is_by_issuer: true, ..case });
        }
    }
    batch.close().await
}

fn all(context: &Context, token: &Token, hmac: Hmac, outcomes: &mut Vec<Outcome>) -> Vec<Made> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let mut all = Vec::new();
    let mut add = |check, name, claims: Map<String, Value>| {
        all.push(Made { check, name, hmac, header: token.header.clone(), claims: Value::from(claims).to_string() });
    };
    let mut past = token.claims_with("exp", now - DAY);
    let mut later = token.claims_with("nbf", now + DAY);
    for (claim, time) in [("iat", now - 2 * DAY), ("nbf", now - 2 * DAY)] {
        if past.contains_key(claim) {
            past.insert(claim.to_owned(), time.into());
        }
    }
    later.insert("exp".to_owned(), (now + 2 * DAY).into());
    add(EXPIRED, "a day ago", past.clone());
    add(NOT_YET, "in a day", later);
    add(NO_EXPIRY, "", token.claims_without("exp"));
    let promised = context.tokens.as_ref();
    let other = format!("https://{}.invalid", context.nonce());
    if token.claims.contains_key("iss") || promised.is_some_and(|rules| rules.issuer.is_some()) {
        add(ISSUER, "another", token.claims_with("iss", other.as_str()));
        add(ISSUER, "none", token.claims_without("iss"));
    } else {
        outcomes.push(ISSUER.skipped("the token names no issuer, and none is promised"));
    }
    if token.claims.contains_key("aud") || promised.is_some_and(|rules| rules.audience.is_some()) {
        add(AUDIENCE, "another", token.claims_with("aud", other.as_str()));
        add(AUDIENCE, "none", token.claims_without("aud"));
    } else {
        outcomes.push(AUDIENCE.skipped("the token names no audience, and none is promised"));
    }
    let mut header = token.header.clone();
    header.insert("crit".to_owned(), json!([context.nonce()]));
    header.insert(context.nonce().to_owned(), json!(true));
    let claims = Value::from(token.claims.clone()).to_string();
    all.push(Made { check: CRITICAL, name: "", hmac, header, claims });
    all.push(Made { check: DUPLICATE, name: "exp", hmac, header: token.header.clone(), claims: twice(&past, now) });
    for other in Hmac::ALL.into_iter().filter(|other| *other != hmac) {
        let is_promised = promised.is_some_and(|rules| rules.algorithms.iter().any(|name| name == other.name()));
        if !is_promised {
            let (header, claims) = (token.header_with(other.name()), Value::from(token.claims.clone()).to_string());
            all.push(Made { check: OTHER_LENGTH, name: with_key(other), hmac: other, header, claims });
        }
    }
    all
}

/// Returns claims with two expiries: the first is in the future, the last is in the past.
fn twice(past: &Map<String, Value>, now: u64) -> String {
    let text = Value::from(past.clone()).to_string();
    let rest = text.strip_prefix('{').unwrap_or_default();
    format!("{{\"exp\":{},{rest}", now + DAY)
}

const fn with_key(hmac: Hmac) -> &'static str {
    match hmac {
        Hmac::Hs256 => "HS256 with the right key",
        Hmac::Hs384 => "HS384 with the right key",
        Hmac::Hs512 => "HS512 with the right key",
    }
}
