//! The family `health`: the health paths and their answers.

mod contract;
mod own;
mod word;

use std::collections::BTreeSet;

use hardened_core::{
    manifest::HealthContract,
    tier::{ParsedTier, parse},
    verification::Exchange,
};
use http::{Method, StatusCode, header};
use serde_json::Value;

use self::word::{State, state};
use crate::{
    answer::Answer,
    check::Family,
    context::Context,
    control::Probe,
    detect::{driver, trace},
    judge::{Positive, checks},
    outcome::{Fact, Outcome},
    request::Request,
    rule,
};

checks! { Health;
    /// The health check reports that the service works.
    WORKS: Positive "health-works" rule::health::LIVE_UNHEALTHY;
    /// The status code of the health check agrees with its body.
    HONEST: Positive "health-honest" rule::health::LIVE_HEALTH_LIES;
    /// The body of the health check has the members of the contract.
    CONTRACT: Positive "health-contract" rule::health::LIVE_HEALTH_CONTRACT;
    /// The service reports the declared tier.
    TIER: Positive "health-tier" rule::health::LIVE_HEALTH_TIER;
    /// No response of the health check is stored.
    STORED: Positive "health-no-store" rule::health::LIVE_HEALTH_STORED;
    /// `HEAD` is answered like `GET`.
    HEAD: Positive "health-head" rule::health::LIVE_HEALTH_HEAD;
    /// The health check shows no message of a driver.
    TEXT: Positive "health-driver-text" rule::errors::LIVE_DRIVER_TEXT;
    /// The service itself answers the health check, at the time of the request.
    OWN: Positive "health-own-answer" rule::health::LIVE_HEALTH_FOREIGN;
    /// The process is alive.
    LIVE: Positive "health-live" rule::health::LIVE_UNHEALTHY;
    /// The service accepts requests.
    READY: Positive "health-ready" rule::health::LIVE_UNHEALTHY;
}

/// The paths where frameworks serve a health check.
const PATHS: [&str; 4] = ["/health", "/healthz", "/actuator/health", "/api/health"];

/// The checks of a single answer of the deep health check.
const OF_ANSWER: [Positive; 7] = [WORKS, HONEST, CONTRACT, TIER, STORED, TEXT, OWN];

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let (live, ready) = (path(context, HealthContract::Live), path(context, HealthContract::Ready));
    let (deep, answer) = match find(context).await {
        Ok((path, exchange, answer)) => (path, Ok((exchange, answer))),
        Err((reason, evidence)) => (String::new(), Err((reason, evidence))),
    };
    let mut outcomes = match &answer {
        Ok((exchange, answer)) => of_answer(context, exchange, answer).await,
        Err((reason, evidence)) => OF_ANSWER.map(|check| check.unclear(reason.clone(), evidence.clone())).into(),
    };
    outcomes.push(match &answer {
        Ok((_, answer)) => head(context, &deep, answer).await,
        Err((reason, _)) => HEAD.unclear(reason.clone(), Vec::new()),
    });
    let works = answer.as_ref().is_ok_and(|(_, answer)| answer.status.is_success());
    outcomes.push(probe(context, LIVE, &live, "/livez", true).await);
    outcomes.push(probe(context, READY, &ready, "/readyz", works).await);
    outcomes
}

/// Returns the path that the manifest promises for a contract.
fn path(context: &Context, contract: HealthContract) -> Option<String> {
    let promised = context.promises()?.health.iter().find(|promise| promise.contract == contract)?;
    Some(context.path(promised.path.as_str()))
}

/// Finds the deep health check, and returns its path and answer.
async fn find(context: &Context) -> Result<(String, Exchange, Answer), (String, Vec<Exchange>)> {
    let promised = path(context, HealthContract::Deep);
    let candidates = match &promised {
        Some(path) => vec![path.clone()],
        None => {
            let said = context.profile.health_paths.iter().map(String::as_str).map(|path| context.path(path));
            let known = context.found().known_path.clone().filter(|path| path.contains("/health"));
            let usual = PATHS.iter().map(|path| context.path(path));
            let mut known_so_far = BTreeSet::new();
            said.chain(known).chain(usual).filter(|path| known_so_far.insert(path.clone())).take(3).collect()
        }
    };
    let is_said = |path: &str| context.profile.health_paths.iter().any(|said| context.path(said) == *path);
    let mut evidence = Vec::new();
    let mut reason = format!(
        "no health check answers at {}; name its path in `health.paths` of the profile, or skip the family `health`",
        candidates.join(", ")
    );
    for path in candidates {
        let (exchange, got) = context.send(Family::Health, healthy(&path)).await;
        match got {
            Ok(answer) if promised.is_some() || is_health_check(context, &answer, is_said(&path)) => {
                return Ok((path, exchange, answer));
            }
            Ok(answer) => reason = unknown(&reason, &answer),
            Err(no_answer) => reason = no_answer.to_string(),
        }
        evidence.push(exchange);
    }
    Err((reason, evidence))
}

fn unknown(reason: &str, answer: &Answer) -> String {
    match answer.status {
        StatusCode::TOO_MANY_REQUESTS => "the health check is answered with 429".to_owned(),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => "the health check requires a credential".to_owned(),
        _ => reason.to_owned(),
    }
}

/// Returns the request for a health check, with the answer of a healthy service that uses this library.
fn healthy(path: &str) -> Request {
    Request::get(path).expects_json(serde_json::json!({ "status": "ok" }))
}

/// Returns whether an answer is from a health check and not the catch-all. If the profile names the path, an HTML page is
/// accepted, as Rails and Laravel send one.
fn is_health_check(context: &Context, answer: &Answer, is_said: bool) -> bool {
    let is_of_kind = answer.status == StatusCode::OK || answer.status == StatusCode::SERVICE_UNAVAILABLE;
    let is_page = context.found().catch_all.as_ref().is_some_and(|all| !all.is_distinct(answer));
    let is_busy = answer.status == StatusCode::SERVICE_UNAVAILABLE && state(answer) == State::Unknown;
    is_of_kind && !is_page && (is_said || !answer.is_html()) && !is_busy || context.prober.is_rehearsal()
}

async fn of_answer(context: &Context, exchange: &Exchange, answer: &Answer) -> Vec<Outcome> {
    let evidence = || vec![exchange.clone()];
    let is_promised = path(context, HealthContract::Deep).is_some();
    let text = match driver(answer).or_else(|| trace(answer)) {
        Some(name) => TEXT.failed(Fact::new("the body contains a message of ").with(name), evidence()),
        None => TEXT.shown(evidence()),
    };
    vec![
        works(answer, evidence()),
        honest(answer, evidence()),
        contract::judge(CONTRACT, is_promised, answer, evidence()),
        tier(context, answer, evidence()),
        stored(is_promised, answer, evidence()),
        text,
        own::judge(OWN, context, exchange, answer).await,
    ]
}

fn works(answer: &Answer, evidence: Vec<Exchange>) -> Outcome {
    let status = answer.status.as_u16();
    match (answer.status, state(answer)) {
        (StatusCode::OK, State::Up | State::Unknown) => WORKS.shown(evidence),
        (_, State::Down) => {
            WORKS.failed(Fact::new("the service reports that it does not work, with ").with(status), evidence)
        }
        (StatusCode::TOO_MANY_REQUESTS, _) => WORKS.unclear("the health check is answered with 429", evidence),
        _ => WORKS.failed(Fact::new("the health check is answered with ").with(status), evidence),
    }
}

fn honest(answer: &Answer, evidence: Vec<Exchange>) -> Outcome {
    match (answer.status, state(answer)) {
        (StatusCode::OK, State::Down) => {
            HONEST.failed("the status is 200, but the body says that something does not work", evidence)
        }
        (StatusCode::SERVICE_UNAVAILABLE, State::Up) => {
            HONEST.failed("the status is 503, but the body says that the service works", evidence)
        }
        (StatusCode::OK, State::Up) | (StatusCode::SERVICE_UNAVAILABLE, State::Down) => HONEST.shown(evidence),
        (StatusCode::OK | StatusCode::SERVICE_UNAVAILABLE, _) => HONEST.skipped("the body has no known state"),
        (status, _) => HONEST.unclear(format!("the health check is answered with {}", status.as_u16()), evidence),
    }
}

/// Members that name the tier.
const TIERS: [&str; 5] = ["environment", "env", "tier", "stage", "profile"];

fn tier(context: &Context, answer: &Answer, evidence: Vec<Exchange>) -> Outcome {
    let body = answer.json().unwrap_or_default();
    let Some(named) = TIERS.iter().find_map(|name| body.get(*name).and_then(Value::as_str)) else {
        return TIER.skipped("the health check does not name a tier");
    };
    match parse(named, &[]) {
        ParsedTier::Known { tier, .. } if tier == context.tier => TIER.shown(evidence),
        ParsedTier::Known { .. } => {
            let fact = Fact::new("the service reports ")
                .quoting(named)
                .with("; the declared tier is ")
                .with(context.tier.name());
            TIER.failed(fact, evidence)
        }
        _ => TIER.unclear("the reported tier is not known", evidence),
    }
}

fn stored(is_promised: bool, answer: &Answer, evidence: Vec<Exchange>) -> Outcome {
    let words: Vec<_> = answer.list(&header::CACHE_CONTROL).into_iter().map(str::to_ascii_lowercase).collect();
    let has = |name: &str| words.iter().any(|word| word == name);
    let lasts = |name: &str| {
        let seconds = words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('=')?.parse::<u64>().ok());
        seconds.is_some_and(|seconds| seconds > 0)
    };
    if has("no-store") {
        STORED.shown(evidence)
    } else if is_promised {
        STORED.failed("`cache-control` is not `no-store`", evidence)
    } else if has("no-cache") {
        STORED.shown(evidence)
    } else if has("public") || lasts("max-age") || lasts("s-maxage") || answer.headers.contains_key(header::EXPIRES) {
        STORED.failed("the response may be stored", evidence)
    } else {
        STORED.skipped("the response does not say whether it may be stored")
    }
}

/// Returns whether a status says that the path does not support the method. Many routers answer 404.
fn is_unknown_method(status: StatusCode) -> bool {
    matches!(status, StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND | StatusCode::NOT_IMPLEMENTED)
}

async fn head(context: &Context, path: &str, get: &Answer) -> Outcome {
    let request = Request::new(Method::HEAD, path);
    let (exchange, got) = context.send(Family::Health, request).await;
    let evidence = vec![exchange];
    let is_promised = self::path(context, HealthContract::Deep).is_some();
    match got {
        Ok(answer) if answer.status == get.status => HEAD.shown(evidence),
        Ok(answer) if !is_promised && is_unknown_method(answer.status) => {
            HEAD.skipped("the health check answers `GET` only")
        }
        Ok(answer) if answer.status == StatusCode::TOO_MANY_REQUESTS => HEAD.unclear("answered with 429", evidence),
        Ok(answer) => {
            let fact = Fact::new("`HEAD` is answered with ").with(answer.status.as_u16());
            HEAD.failed(fact.with(", and `GET` with ").with(get.status.as_u16()), evidence)
        }
        Err(reason) => HEAD.unclear(reason.to_string(), evidence),
    }
}

/// Judges a liveness or readiness probe, at its promised or its usual path.
async fn probe(context: &Context, check: Positive, promised: &Option<String>, usual: &str, works: bool) -> Outcome {
    let path = promised.clone().unwrap_or_else(|| context.path(usual));
    let (exchange, got): Probe = context.send(Family::Health, healthy(&path)).await;
    let evidence = vec![exchange];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return check.unclear(reason.to_string(), evidence),
    };
    let is_page = context.found().catch_all.as_ref().is_some_and(|all| !all.is_distinct(&answer));
    match answer.status {
        StatusCode::OK if is_page => check.unclear("the catch-all page answers", evidence),
        StatusCode::OK if state(&answer) == State::Down => {
            check.failed("the status is 200, but the body says that something does not work", evidence)
        }
        StatusCode::OK => check.shown(evidence),
        StatusCode::SERVICE_UNAVAILABLE if !works => check.unclear("the service does not work", evidence),
        _ if promised.is_none() && answer.status != StatusCode::SERVICE_UNAVAILABLE => {
            check.skipped(format!("no path is promised, and nothing answers at {usual}"))
        }
        status => check.failed(Fact::new("answered with ").with(status.as_u16()), evidence),
    }
}
