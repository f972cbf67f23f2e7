//! The document that a health check answers with.

use serde_json::{Map, Value, json};

use super::{Outcome, ProbeError};
use crate::Tier;

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The contract of this library.
    Plain,
    /// The draft for `application/health+json`.
    Standard,
}

impl Form {
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Plain => "application/json",
            Self::Standard => "application/health+json",
        }
    }

    /// A document that only says whether all is well, with the reason where it is not.
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

    /// A document about an outcome.
    pub(super) fn long(self, outcome: &Outcome, tier: Tier) -> String {
        match self {
            Self::Plain => plain(outcome, tier),
            Self::Standard => standard(outcome),
        }
        .to_string()
    }
}

fn plain(outcome: &Outcome, tier: Tier) -> Value {
    let (status, database) = match outcome.database {
        Ok(()) if outcome.warns() => ("warn", "connected"),
        Ok(()) => ("ok", "connected"),
        Err(_) => ("unhealthy", "disconnected"),
    };
    let mut document = json!({
        "status": status,
        "database": database,
        "environment": tier.name(),
        "timestamp": timestamp(outcome),
    });
    if let (Err(error), Some(members)) = (outcome.database, document.as_object_mut()) {
        members.insert("error".to_owned(), error.code().into());
    }
    if let (false, Some(members)) = (outcome.optional.is_empty(), document.as_object_mut()) {
        let code = |checked: &Result<(), ProbeError>| checked.err().map_or("ok", ProbeError::code);
        let checks: Map<_, _> =
            outcome.optional.iter().map(|(name, checked)| ((*name).to_owned(), code(checked).into())).collect();
        members.insert("checks".to_owned(), checks.into());
    }
    document
}

/// <https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06>
fn standard(outcome: &Outcome) -> Value {
    let status = match outcome.database {
        Ok(()) if outcome.warns() => "warn",
        Ok(()) => "pass",
        Err(_) => "fail",
    };
    let (time, database) = (timestamp(outcome), ("database", outcome.database));
    let checks: Map<_, _> = std::iter::once(&database)
        .chain(outcome.optional.iter())
        .map(|(name, checked)| {
            let failing = if *name == "database" { "fail" } else { "warn" };
            let check = match checked {
                Ok(()) => json!({ "status": "pass", "time": time }),
                Err(error) => json!({ "status": failing, "output": error.code(), "time": time }),
            };
            ((*name).to_owned(), json!([check]))
        })
        .collect();
    json!({ "status": status, "checks": checks })
}

/// When it was asked, as RFC 3339 writes it, in UTC. A clock outside the years that can be written shows 1970.
fn timestamp(outcome: &Outcome) -> String {
    let since = outcome.when.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let last_of_9999 = std::time::Duration::from_secs(253_402_300_799);
    let when = if since > last_of_9999 { std::time::Duration::ZERO } else { since };
    humantime::format_rfc3339_millis(std::time::UNIX_EPOCH + when).to_string()
}
