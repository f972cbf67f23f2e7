//! Checks whether the service itself answers the health check now, and not a cache or a proxy.

use std::time::Duration;

use hardened_core::verification::Exchange;
use http::{HeaderName, StatusCode, header};
use serde_json::Value;

use crate::{
    answer::Answer,
    check::Family,
    context::Context,
    judge::Positive,
    outcome::{Fact, Outcome},
    request::Request,
};

/// How old the time in an answer may be, because clocks differ.
const OLDEST: Duration = Duration::from_secs(120);

/// Members that hold the time of the check.
const TIMES: [&str; 4] = ["timestamp", "time", "now", "date"];

/// Headers with which caches say that they answered.
const OF_CACHES: [&str; 4] = ["x-cache", "cf-cache-status", "x-cache-status", "x-vercel-cache"];

/// Headers that services set on every answer.
const OF_SERVICES: [HeaderName; 7] = [
    header::X_CONTENT_TYPE_OPTIONS,
    header::STRICT_TRANSPORT_SECURITY,
    header::CONTENT_SECURITY_POLICY,
    header::X_FRAME_OPTIONS,
    header::REFERRER_POLICY,
    HeaderName::from_static("permissions-policy"),
    HeaderName::from_static("cross-origin-resource-policy"),
];

pub(super) async fn judge(check: Positive, context: &Context, exchange: &Exchange, answer: &Answer) -> Outcome {
    let evidence = vec![exchange.clone()];
    if let Some(fact) = stored(answer).or_else(|| old(answer)) {
        return check.failed(fact, evidence);
    }
    let elsewhere = Request::get(context.random_path()).expects(StatusCode::NOT_FOUND);
    let (other, got) = context.send(Family::Health, elsewhere).await;
    let evidence = [evidence, vec![other]].concat();
    match got {
        Ok(other) => match foreign(answer, &other) {
            // Frameworks and front ends may answer paths that do not exist differently.
            Some(fact) if context.promises().is_none() => {
                check.skipped(format!("without a manifest it is not known which response is the service's own: {fact}"))
            }
            Some(fact) => check.failed(fact, evidence),
            None => check.shown(evidence),
        },
        Err(reason) => check.unclear(reason.to_string(), evidence),
    }
}

/// Returns a fact if a cache says that it answered.
fn stored(answer: &Answer) -> Option<Fact> {
    let age = answer.header(&header::AGE).and_then(|age| age.trim().parse::<u64>().ok()).filter(|age| *age > 0);
    if let Some(age) = age {
        return Some(Fact::new("a cache answers with a response that is ").with(age).with(" s old"));
    }
    let is_hit = |name: &&str| {
        let value = answer.headers.get(*name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        value.split([',', ' ', ';']).any(|word| word.eq_ignore_ascii_case("hit"))
    };
    OF_CACHES.iter().find(|name| is_hit(name)).map(|name| Fact::new("a cache answers: `").with(name).with("` is a hit"))
}

/// Returns a fact if the time in the body is too old.
fn old(answer: &Answer) -> Option<Fact> {
    let body = answer.json()?;
    let text = TIMES.iter().find_map(|name| body.get(*name).and_then(Value::as_str))?;
    let said = humantime::parse_rfc3339_weak(text).ok()?;
    let age = answer.clock().duration_since(said).ok().filter(|age| *age > OLDEST)?;
    Some(Fact::new("the time in the response is ").with(age.as_secs()).with(" s old"))
}

/// Returns a fact if the answer does not look like another answer of the same service.
fn foreign(answer: &Answer, other: &Answer) -> Option<Fact> {
    let server = |answer: &Answer| answer.header(&header::SERVER).map(str::to_owned);
    if let (Some(own), Some(elsewhere)) = (server(answer), server(other))
        && own != elsewhere
    {
        return Some(
            Fact::new("different software answers: ").quoting(&own).with(", and elsewhere ").quoting(&elsewhere),
        );
    }
    let count = |answer: &Answer| OF_SERVICES.iter().filter(|name| answer.headers.contains_key(*name)).count();
    let is_other = count(other) >= 2 && count(answer) == 0;
    is_other.then(|| Fact::new("the response has none of the security headers that other responses have"))
}
