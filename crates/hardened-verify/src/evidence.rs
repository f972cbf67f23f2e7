//! What stands behind a verdict: the request and what of its answer may be shown.

use hardened_core::text::escape;
use http::{HeaderMap, HeaderName, header};
use serde::Serialize;

use crate::{
    answer::{Answer, NoAnswer},
    request::Request,
};

/// The longest value of a header that is shown.
const LONGEST: usize = 200;

/// Headers of answers whose values may be shown. Cookies are shown by name and attributes only.
const SHOWN: &[HeaderName] = &[
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
    header::ALLOW,
    header::CACHE_CONTROL,
    header::CONTENT_SECURITY_POLICY,
    header::CONTENT_TYPE,
    header::REFERRER_POLICY,
    header::RETRY_AFTER,
    header::SERVER,
    header::STRICT_TRANSPORT_SECURITY,
    header::VARY,
    header::VIA,
    header::X_CONTENT_TYPE_OPTIONS,
    header::X_FRAME_OPTIONS,
];

/// One request and what came back, as a report may show it: no token, no body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// The request.
    pub sent: Sent,
    /// The answer, or why there is none.
    pub got: Got,
}

/// The request of an [`Exchange`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// The method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// Names and values of headers; a value that proves who asks is replaced.
    pub headers: Vec<(String, String)>,
    /// Who asks, where the request proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<&'static str>,
    /// The length of the body in bytes.
    pub length: usize,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Got {
    /// An answer.
    Answer {
        /// The status code.
        status: u16,
        /// Names and values of the headers that checks are about.
        headers: Vec<(String, String)>,
        /// The length of the body in bytes, as far as it was read.
        length: usize,
    },
    /// No answer.
    Nothing {
        /// Why.
        reason: String,
    },
}

impl Exchange {
    pub(crate) fn of(request: &Request, got: &Result<Answer, NoAnswer>) -> Self {
        let got = match got {
            Ok(answer) => Got::Answer {
                status: answer.status.as_u16(),
                headers: promised(&answer.headers),
                length: answer.body.len(),
            },
            Err(reason) => Got::Nothing { reason: reason.to_string() },
        };
        Self { sent: Sent::of(request), got }
    }
}

impl Sent {
    fn of(request: &Request) -> Self {
        let mut headers: Vec<_> = request
            .headers
            .iter()
            .map(|(name, value)| {
                let value = if value.is_sensitive() { "…".to_owned() } else { shown(value.as_bytes()) };
                (name.to_string(), value)
            })
            .collect();
        headers.extend(request.host.iter().map(|host| ("host".to_owned(), shown(host.as_bytes()))));
        Self {
            method: request.method.to_string(),
            path: shown(request.path.as_bytes()),
            headers,
            who: request.who,
            length: request.body.len(),
        }
    }
}

fn promised(headers: &HeaderMap) -> Vec<(String, String)> {
    let values = headers.iter().filter_map(|(name, value)| {
        if *name == header::SET_COOKIE {
            return Some((name.to_string(), cookie(value.as_bytes())));
        }
        SHOWN.contains(name).then(|| (name.to_string(), shown(value.as_bytes())))
    });
    values.collect()
}

/// The name and the attributes of a cookie: `session=…; Secure; HttpOnly`.
fn cookie(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let (pair, attributes) = text.split_once(';').unwrap_or((&text, ""));
    let name = pair.split('=').next().unwrap_or_default();
    let attributes = attributes.trim();
    if attributes.is_empty() {
        format!("{}=…", shown(name.as_bytes()))
    } else {
        format!("{}=…; {}", shown(name.as_bytes()), shown(attributes.as_bytes()))
    }
}

/// Text of the target that is safe to print: escaped, cut, and without what looks like a secret.
pub(crate) fn shown(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let short: String = text.chars().take(LONGEST).collect();
    if hardened_strength::in_text(&short).is_some() {
        return "… (looks like a secret)".to_owned();
    }
    let cut = if short.len() < text.len() { "…" } else { "" };
    format!("{}{cut}", escape(&short))
}
