//! The JSON document in a health check response.

use serde_json::{Map, Value, json};

use super::{Outcome, ProbeError};
use crate::Tier;

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// This library's own format.
    Plain,
    /// The format of the Internet-Draft for `application/health+json`.
    Standard,
}

impl Form {
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Plain => "application/json",
            Self::Standard => "application/health+json",
        }
    }

    /// Returns a document with only the status, and the reason if it is a failure.
    pub(super) fn short(self, reason: Option<&'static str>) -> String {
        let status = match (self, reason) {
            (Self::Plain, None) => "ok",
            (Self::Plain, Some(_)) => "unhealthy",
            (Self::Standard, None) => "pass",
            (Self::Standard, Some(_)) => "fail",
        };
        let key = if self == Self::Plain { "error" } else { "output" };
        match reason {
            Some(reason) => json!({ "status": status, key: reason }),
            None => json!({ "status": status }),
        }
        .to_string()
    }

    /// Returns the full document for an outcome.
    pub(super) fn long(self, outcome: &Outcome, tier: Tier) -> String {
        match self {
            Self::Plain => plain(outcome, tier),
            Self::Standard => standard(outcome),
        }
        .to_string()
    }
}

fn plain(outcome: &Outcome, tier: Tier) -> Value {
    let status = match outcome.is_healthy() {
        true if outcome.warns() => "warn",
        true => "ok",
        false => "unhealthy",
    };
    let mut members = Map::new();
    members.insert("status".to_owned(), status.into());
    members.insert("environment".to_owned(), tier.name().into());
    members.insert("timestamp".to_owned(), timestamp(outcome).into());
    if let Some(database) = outcome.database {
        let state = if database.is_ok() { "connected" } else { "disconnected" };
        members.insert("database".to_owned(), state.into());
    }
    if let Some(Err(error)) = outcome.database {
        members.insert("error".to_owned(), error.code().into());
    }
    if !outcome.optional.is_empty() {
        let code = |checked: &Result<(), ProbeError>| checked.err().map_or("ok", ProbeError::code);
        let checks: Map<_, _> =
            outcome.optional.iter().map(|(name, checked)| ((*name).to_owned(), code(checked).into())).collect();
        members.insert("checks".to_owned(), checks.into());
    }
    members.into()
}

/// <https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06>
fn standard(outcome: &Outcome) -> Value {
    let status = match outcome.is_healthy() {
        true if outcome.warns() => "warn",
        true => "pass",
        false => "fail",
    };
    let time = timestamp(outcome);
    let check = |checked: &Result<(), ProbeError>, failing: &str| match checked {
        Ok(()) => json!([{ "status": "pass", "time": time }]),
        Err(error) => json!([{ "status": failing, "output": error.code(), "time": time }]),
    };
    let database = outcome.database.iter().map(|checked| ("database".to_owned(), check(checked, "fail")));
    let optional = outcome.optional.iter().map(|(name, checked)| ((*name).to_owned(), check(checked, "warn")));
    let checks: Map<_, _> = database.chain(optional).collect();
    json!({ "status": status, "checks": checks })
}

/// Returns the time of the check in RFC 3339 form, in UTC. A clock outside the years that can be written shows 1970.
fn timestamp(outcome: &Outcome) -> String {
    let since = outcome.when.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let last_of_9999 = std::time::Duration::from_secs(253_402_300_799);
    let when = if since > last_of_9999 { std::time::Duration::ZERO } else { since };
    humantime::format_rfc3339_millis(std::time::UNIX_EPOCH + when).to_string()
}
