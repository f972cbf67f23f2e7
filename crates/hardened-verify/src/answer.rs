//! The answer to a request, or the reason why there is none.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};

/// The maximum number of bytes that are read from a body.
pub(crate) const MOST_BODY: usize = 1024 * 1024;

/// The answer to one request.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the body ended before [`MOST_BODY`] and in time.
    pub(crate) is_complete: bool,
}

impl Answer {
    /// Creates an answer with this status and body.
    #[cfg(test)]
    pub(crate) fn of(status: u16, body: &'static str) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or_default(),
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
            is_complete: true,
        }
    }

    /// Returns the essence of the media type in lower case, such as `application/json`; empty if the answer names none.
    pub(crate) fn media_type(&self) -> String {
        let named = self.header(&http::header::CONTENT_TYPE).unwrap_or_default();
        named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Returns the first value of a header as text.
    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns all values of a header, split at commas and trimmed.
    pub(crate) fn list(&self, name: &HeaderName) -> Vec<&str> {
        let values = self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',')).map(str::trim).filter(|item| !item.is_empty()).collect()
    }

    pub(crate) fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok().filter(|_| self.is_complete)
    }

    /// Returns whether the answer asks for a conditional request: 428 (RFC 6585, section 3), or 412 if there was no condition.
    pub(crate) fn wants_version(&self) -> bool {
        matches!(self.status, StatusCode::PRECONDITION_REQUIRED | StatusCode::PRECONDITION_FAILED)
    }

    /// Returns the time according to the target (`Date`), or else to this machine.
    pub(crate) fn clock(&self) -> SystemTime {
        let said = self.header(&http::header::DATE).and_then(|date| httpdate::parse_http_date(date).ok());
        said.unwrap_or_else(SystemTime::now)
    }

    /// Returns whether the body contains these bytes.
    pub(crate) fn contains(&self, needle: &str) -> bool {
        !needle.is_empty() && self.body.windows(needle.len()).any(|window| window == needle.as_bytes())
    }

    /// Returns whether the answer is an HTML page.
    pub(crate) fn is_html(&self) -> bool {
        let declared = self.header(&http::header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html"));
        let start = self.body.trim_ascii_start();
        declared
            || [b"<!doctype".as_slice(), b"<html"]
                .iter()
                .any(|tag| start.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag)))
    }
}

/// The reason why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// The host name does not resolve to an address.
    NotFound,
    /// Nothing listens on the port, or the network is down.
    NotConnected,
    /// No TLS connection could be made; the reason is a text of this library.
    Tls(&'static str),
    /// The connection ended before there was an answer.
    Closed,
    /// The answer is not HTTP.
    NotHttp,
    /// There was no answer within this time.
    TooSlow(Duration),
    /// The family has no requests left.
    BudgetSpent,
    /// The time of the whole run is over.
    DeadlineOver,
    /// The run was interrupted.
    Interrupted,
    /// The target asked the client to wait for longer than the run lasts: 429 or 503 with `Retry-After`.
    AskedToWait(Duration),
    /// The proxy did not connect to the target.
    Proxy,
    /// The credential was withheld because others could read it on the network.
    Withheld,
    /// The request cannot be encoded, for example because its host is not a valid header value.
    NotSent,
}

impl NoAnswer {
    /// Returns whether the target may have received and processed the request.
    pub(crate) fn was_perhaps_sent(&self) -> bool {
        matches!(self, Self::Closed | Self::NotHttp | Self::TooSlow(_) | Self::DeadlineOver)
    }
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("the host has no address"),
            Self::NotConnected => f.write_str("the target accepts no connection"),
            Self::Tls(reason) => write!(f, "no TLS connection: {reason}"),
            Self::Closed => f.write_str("the target closed the connection without a response"),
            Self::NotHttp => f.write_str("the response is not HTTP"),
            Self::TooSlow(limit) => write!(f, "no response within {} s", limit.as_secs_f32()),
            Self::BudgetSpent => f.write_str("no requests are left; raise --max-requests"),
            Self::DeadlineOver => f.write_str("the time is up; raise --deadline"),
            Self::Interrupted => f.write_str("the run was interrupted"),
            Self::AskedToWait(time) => {
                write!(f, "the target asked to wait {} s, longer than the run may take", time.as_secs())
            }
            Self::Proxy => f.write_str("the proxy did not connect to the target"),
            Self::Withheld => f.write_str("credentials are sent only over TLS to a verified host, or to this machine"),
            Self::NotSent => f.write_str("the request cannot be written"),
        }
    }
}
