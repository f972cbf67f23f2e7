//! Checks the body of this library's own health check: its members and their values.

use hardened_core::{tier::Tier, verification::Exchange};
use http::StatusCode;
use serde_json::{Map, Value};

use crate::{
    answer::Answer,
    judge::Positive,
    outcome::{Fact, Outcome},
};

/// The reasons why a database does not answer.
const ERRORS: [&str; 6] = ["timeout", "refused", "auth", "tls", "pool-exhausted", "failed"];

/// Judges the body if the contract is promised, or if the body looks like it.
pub(super) fn judge(check: Positive, is_promised: bool, answer: &Answer, evidence: Vec<Exchange>) -> Outcome {
    let body = match answer.json() {
        Some(Value::Object(body)) => body,
        _ if is_promised => return check.failed("the body is not a JSON object", evidence),
        _ => return check.skipped("the body does not have the form of this library"),
    };
    let looks_alike = ["status", "environment", "timestamp"].iter().all(|name| body.contains_key(*name));
    if !is_promised && !looks_alike {
        return check.skipped("the body does not have the form of this library");
    }
    match flaw(&body, answer.status) {
        Some(fact) => check.failed(fact, evidence),
        None => check.shown(evidence),
    }
}

fn flaw(body: &Map<String, Value>, status: StatusCode) -> Option<Fact> {
    let is_well = status == StatusCode::OK;
    let states: &[&str] = if is_well { &["ok", "warn"] } else { &["unhealthy"] };
    let databases: &[&str] = if is_well { &["connected"] } else { &["disconnected"] };
    let tiers = Tier::ALL.map(Tier::name);
    let word = |name: &'static str, words: &[&str], is_needed: bool| match body.get(name) {
        None if is_needed => Some(Fact::new("the member `").with(name).with("` is missing")),
        None => None,
        Some(Value::String(text)) if words.contains(&text.as_str()) => None,
        Some(_) => Some(Fact::new("the member `").with(name).with("` is not ").with(one_of(words))),
    };
    word("status", states, true)
        .or_else(|| word("database", databases, !is_well))
        .or_else(|| word("environment", &tiers, true))
        .or_else(|| word("error", if is_well { &[] } else { &ERRORS }, !is_well))
        .or_else(|| timestamp(body))
        .or_else(|| checks(body))
        .or_else(|| stranger(body))
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => "expected with 200".to_owned(),
        [one] => format!("`{one}`"),
        several => format!("one of {}", several.join(", ")),
    }
}

fn timestamp(body: &Map<String, Value>) -> Option<Fact> {
    match body.get("timestamp") {
        None => Some(Fact::new("the member `timestamp` is missing")),
        Some(Value::String(text)) if humantime::parse_rfc3339(text).is_ok() => None,
        Some(_) => Some(Fact::new("the member `timestamp` is not an RFC 3339 time in UTC")),
    }
}

/// Checks the optional dependencies.
fn checks(body: &Map<String, Value>) -> Option<Fact> {
    let is_word = |value: &Value| value.as_str().is_some_and(|text| text == "ok" || ERRORS.contains(&text));
    match body.get("checks") {
        None => None,
        Some(Value::Object(checks)) if checks.values().all(is_word) => None,
        Some(_) => Some(Fact::new("the member `checks` has a value that is not `ok` or a known error")),
    }
}

fn stranger(body: &Map<String, Value>) -> Option<Fact> {
    let known = ["status", "database", "environment", "timestamp", "error", "checks"];
    let stranger = body.keys().find(|name| !known.contains(&name.as_str()))?;
    Some(Fact::new("the member ").quoting(stranger).with(" is not part of the contract"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_good(status: u16, body: &str) -> bool {
        flaw(&serde_json::from_str(body).unwrap(), StatusCode::from_u16(status).unwrap()).is_none()
    }

    #[test]
    fn bodies_of_the_contract_are_good_and_others_are_not() {
        let time = "\"timestamp\":\"2026-11-24T16:00:00.000Z\"";
        let well = format!("\"status\":\"ok\",\"database\":\"connected\",\"environment\":\"production\",{time}");
        let ill = format!(
            "\"status\":\"unhealthy\",\"database\":\"disconnected\",\"environment\":\"production\",\"error\":\"timeout\",{time}"
        );
        for (status, body) in [
            (200, format!("{{{well}}}")),
            (200, format!("{{{}}}", well.replace("\"database\":\"connected\",", ""))),
            (200, format!("{{{},\"checks\":{{\"cache\":\"refused\"}}}}", well.replace("ok", "warn"))),
            (503, format!("{{{ill}}}")),
        ] {
            assert!(is_good(status, &body), "{status} {body}");
        }
        for (status, body) in [
            (503, format!("{{{well}}}")),
            (200, format!("{{{ill}}}")),
            (200, format!("{{{}}}", well.replace("\"ok\"", "\"fine\""))),
            (200, format!("{{{}}}", well.replace("\"production\"", "\"prod\""))),
            (200, format!("{{{}}}", well.replace("T16:00:00.000Z", ""))),
            (200, format!("{{{}}}", well.replace("\"2026-11-24T16:00:00.000Z\"", "1764000000"))),
            (200, format!("{{{well},\"error\":\"timeout\"}}")),
            (200, format!("{{{well},\"version\":\"1\"}}")),
            (200, format!("{{{well},\"checks\":{{\"cache\":\"connection refused by 10.0.0.1\"}}}}")),
            (503, format!("{{{}}}", ill.replace("\"timeout\"", "\"could not connect\""))),
            (200, "{}".to_owned()),
        ] {
            assert!(!is_good(status, &body), "{status} {body}");
        }
    }
}
