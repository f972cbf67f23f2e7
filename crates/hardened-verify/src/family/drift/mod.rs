//! The family `drift`: whether the service behaves as its manifest promises. It looks at every answer of the run, and itself
//! requests the routes that need a token.

mod checks;
mod described;
mod routes;
mod token;

use hardened_core::manifest::UrlPath;
use http::{Method, StatusCode, header};

pub(super) use self::checks::ALL;
use self::checks::{DESCRIBED, HEADERS, ORIGINS, PREFLIGHT, ROUTES, TOKENS};
use crate::{
    context::Context,
    outcome::{Fact, Outcome},
    prober::Head,
};

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    if context.promises().is_none() {
        let reason = "no manifest is given; the other checks judge by good practice";
        let outcomes = [HEADERS, ORIGINS, TOKENS, PREFLIGHT, DESCRIBED].map(|check| check.skipped(reason));
        return outcomes.into_iter().chain([ROUTES.skipped(reason)]).collect();
    }
    let heads = context.prober.heads();
    let mut outcomes = headers(context, &heads);
    outcomes.push(origins(context, &heads));
    outcomes.push(token::compared(context));
    outcomes.push(preflight(context, &heads));
    outcomes.push(routes::run(context).await);
    outcomes.extend(described::run(context).await);
    outcomes
}

/// Returns an outcome for each promised header.
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

/// Returns whether the service itself seems to have answered: proxies answer bad requests and hidden files themselves.
fn is_own(head: &Head) -> bool {
    let is_file = head.path.rsplit('/').any(|part| part.starts_with('.'));
    let is_usual = matches!(head.status, StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND) || head.status.is_success();
    head.method == Method::GET && is_usual && !is_file && !head.path.contains('%') && head.path.len() < 1000
}

/// Returns whether the manifest permits documentation at a path or above it, in any spelling.
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
    // The layer does not add `cache-control` to a response with a validator, or a content security policy to documentation.
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
        let fact = Fact::new("missing; the manifest promises ").quoting(promised);
        return HEADERS.failed(fact, vec![head.exchange.clone()]);
    }
    // A handler may set its own value, so a single answer with another value shows nothing.
    let is_promised = |head: &Head| value(head).is_some_and(|value| value.trim() == promised.trim());
    match judged.iter().find(|head| is_promised(head)) {
        Some(head) => HEADERS.shown(vec![head.exchange.clone()]),
        None => {
            let seen = judged.first().and_then(|head| value(head)).unwrap_or_default();
            let fact = Fact::new("the value is ").quoting(&seen).with("; the manifest promises ").quoting(promised);
            HEADERS.failed(fact, judged.first().map(|head| head.exchange.clone()).into_iter().collect())
        }
    }
}

/// Judges whether every allowed origin is promised.
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
            let fact = Fact::new("the service allows ").quoting(&allowed).with("; the manifest promises ");
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

/// Judges the status of allowed preflights, if the service has exactly one policy and it names the status.
fn preflight(context: &Context, heads: &[Head]) -> Outcome {
    let policies = context.promises().map(|promises| promises.cors.as_slice()).unwrap_or_default();
    let Some(promised) = policies.first().filter(|_| policies.len() == 1).and_then(|policy| policy.preflight_status)
    else {
        return PREFLIGHT.skipped("no status of preflights is promised");
    };
    let is_promised = |origin: &str| context.policy.as_ref().is_some_and(|policy| policy.allows(origin));
    let is_allowed = |head: &&Head| {
        let allowed = head.headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN).and_then(|value| value.to_str().ok());
        head.method == Method::OPTIONS && head.status.is_success() && allowed.is_some_and(is_promised)
    };
    let allowed: Vec<_> = heads.iter().filter(is_allowed).collect();
    let Some(first) = allowed.first() else { return PREFLIGHT.skipped("no allowed preflight was seen") };
    match allowed.iter().find(|head| head.status.as_u16() != promised) {
        Some(other) => {
            let fact =
                Fact::new("the status is ").with(other.status.as_u16()).with("; the manifest promises ").with(promised);
            PREFLIGHT.failed(fact, vec![other.exchange.clone()])
        }
        None => PREFLIGHT.shown(vec![first.exchange.clone()]),
    }
}

fn asks_as_origin(head: &Head) -> bool {
    head.exchange.sent.headers.iter().any(|header| header.name == "origin")
}
