//! Whether what was seen is what the manifest says. It sends nothing: it looks at every answer of the run.

use std::collections::BTreeSet;

use hardened_core::{
    manifest::{TokenPromise, UrlPath},
    verification::Exchange,
};
use http::{Method, StatusCode, header};

use crate::{
    context::Context,
    forge::Token,
    judge::checks,
    outcome::{Fact, Outcome},
    prober::Head,
    rule,
};

checks! { Drift;
    /// Every promised header has the promised value.
    HEADERS: Positive "drift-headers" rule::drift::LIVE_DRIFT;
    /// Only pages of the promised origins can read answers.
    ORIGINS: Positive "drift-origins" rule::drift::LIVE_DRIFT;
    /// The token of a user is as promised.
    TOKENS: Positive "drift-tokens" rule::drift::LIVE_DRIFT;
}

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    if context.promises().is_none() {
        let reason = "no manifest is given; the other checks judge by good practice";
        return [HEADERS, ORIGINS, TOKENS].map(|check| check.skipped(reason)).into();
    }
    let heads = context.prober.heads();
    let mut outcomes = headers(context, &heads);
    outcomes.push(origins(context, &heads));
    outcomes.push(tokens(context));
    outcomes
}

/// One outcome for each promised header.
fn headers(context: &Context, heads: &[Head]) -> Vec<Outcome> {
    let Some(promise) = context.promises().and_then(|promises| promises.headers.as_ref()) else {
        return vec![HEADERS.skipped("no header is promised")];
    };
    let own: Vec<_> = heads.iter().filter(|head| is_own(head)).collect();
    let is_documentation = |head: &Head| is_shown(context, &head.path);
    let of = |name: &str, value: &str| header_of(name, value, &own, &is_documentation).case(name);
    let judged = promise.values.iter().map(|(name, value)| of(name, value));
    let judged: Vec<_> = judged.collect();
    if judged.is_empty() { vec![HEADERS.skipped("no header is promised")] } else { judged }
}

/// Whether the service itself answered, as far as can be seen: proxies answer bad requests and hidden files themselves.
fn is_own(head: &Head) -> bool {
    let is_file = head.path.rsplit('/').any(|part| part.starts_with('.'));
    let is_usual = matches!(head.status, StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND) || head.status.is_success();
    head.method == Method::GET && is_usual && !is_file && !head.path.contains('%') && head.path.len() < 1000
}

/// Whether the manifest says that documentation may be shown at a path, or above it, in any spelling.
fn is_shown(context: &Context, path: &str) -> bool {
    let docs = context.promises().and_then(|promises| promises.docs.as_ref());
    let path = path.strip_prefix(context.target.base()).unwrap_or(path);
    let path = path.rsplit("/..").next().unwrap_or(path).trim_start_matches('/').to_ascii_lowercase();
    let is_at = |shown: &UrlPath| {
        let shown = shown.as_str().trim_start_matches('/').to_ascii_lowercase();
        path.strip_prefix(&shown).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric()))
    };
    docs.is_some_and(|docs| docs.shown.iter().any(is_at))
}

fn header_of(name: &str, promised: &str, own: &[&Head], is_documentation: &dyn Fn(&Head) -> bool) -> Outcome {
    // A response with a validator has no `cache-control` of the layer, and documentation no policy for what it loads.
    let is_exempt = |head: &Head| {
        let has_validator = head.headers.contains_key(header::ETAG) || head.headers.contains_key(header::LAST_MODIFIED);
        let is_page = head.is_html && head.status.is_success() || is_documentation(head);
        (name == "cache-control" && has_validator) || (name == "content-security-policy" && is_page)
    };
    let judged: Vec<_> = own.iter().filter(|head| !is_exempt(head)).collect();
    if judged.is_empty() {
        return HEADERS.unclear("the service answered no request", Vec::new());
    }
    let value =
        |head: &Head| head.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    if let Some(head) = judged.iter().find(|head| value(head).is_none()) {
        let fact = Fact::new("missing; promised is ").quoting(promised);
        return HEADERS.failed(fact, vec![head.exchange.clone()]);
    }
    // A handler may set a value of its own, so one answer with another value shows nothing.
    let is_promised = |head: &Head| value(head).is_some_and(|value| value.trim() == promised.trim());
    match judged.iter().find(|head| is_promised(head)) {
        Some(head) => HEADERS.shown(vec![head.exchange.clone()]),
        None => {
            let seen = judged.first().and_then(|head| value(head)).unwrap_or_default();
            let fact = Fact::new("the value is ").quoting(&seen).with("; promised is ").quoting(promised);
            HEADERS.failed(fact, judged.first().map(|head| head.exchange.clone()).into_iter().collect())
        }
    }
}

/// No origin was allowed that is not promised.
fn origins(context: &Context, heads: &[Head]) -> Outcome {
    let Some(policy) = context.policy.as_ref().filter(|policy| policy.is_promised) else {
        return ORIGINS.skipped("no CORS policy is promised");
    };
    let mut promised: Vec<String> = policy.origins.iter().map(ToString::to_string).collect();
    promised.extend(policy.patterns.iter().map(ToString::to_string));
    let mut evidence = Vec::new();
    for head in heads {
        let Some(allowed) = head.headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN) else { continue };
        let allowed = String::from_utf8_lossy(allowed.as_bytes()).into_owned();
        if !policy.any_origin && (allowed == "*" || !policy.allows(&allowed)) {
            let fact = Fact::new("allowed is ").quoting(&allowed).with("; promised is ");
            let fact = if promised.is_empty() { fact.with("no origin") } else { fact.quoting(&promised.join(", ")) };
            return ORIGINS.failed(fact, vec![head.exchange.clone()]);
        }
        evidence.push(head.exchange.clone());
    }
    let asked = heads.iter().filter(|head| asks_as_origin(head)).map(|head| head.exchange.clone());
    let evidence: Vec<_> = if evidence.is_empty() { asked.collect() } else { evidence };
    if evidence.is_empty() {
        return ORIGINS.skipped("no request named an origin; run the family cors as well");
    }
    ORIGINS.shown(evidence.into_iter().take(3).collect())
}

fn asks_as_origin(head: &Head) -> bool {
    head.exchange.sent.headers.iter().any(|header| header.name == "origin")
}

/// The token of user A follows the rules of one of the promised groups.
fn tokens(context: &Context) -> Outcome {
    let promises = context.promises().map(|promises| promises.tokens.as_slice()).unwrap_or_default();
    if promises.is_empty() {
        return TOKENS.skipped("no rules of tokens are promised");
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
            None => TOKENS.skipped("no rules of tokens are promised"),
        },
    }
}

/// What was looked at without a request.
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
        return Some(fact.with("; promised is ").quoting(&promise.algorithms.join(", ")));
    }
    if let Some(issuer) = promise.issuer.as_deref().filter(|issuer| *issuer != text("iss")) {
        return Some(Fact::new("the issuer is ").quoting(text("iss")).with("; promised is ").quoting(issuer));
    }
    if let Some(audience) = promise.audience.as_deref().filter(|audience| !audiences(token).contains(audience)) {
        let seen: Vec<_> = audiences(token).into_iter().collect();
        return Some(Fact::new("the audience is ").quoting(&seen.join(", ")).with("; promised is ").quoting(audience));
    }
    let moment = |name: &str| token.claims.get(name).and_then(serde_json::Value::as_f64);
    let lifetime = moment("exp").zip(moment("iat")).map(|(end, begin)| end - begin);
    match (promise.lifetime_seconds, lifetime) {
        #[allow(clippy::cast_precision_loss, reason = "a lifetime is far below 2^53 s")]
        (Some(promised), Some(lifetime)) if lifetime > promised as f64 + 1.0 => {
            let fact = Fact::new("the token is valid for ").with(lifetime).with(" s; promised is ");
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
