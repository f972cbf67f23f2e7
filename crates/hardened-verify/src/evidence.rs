//! The evidence for a verdict: the request, and the parts of its answer that may be shown.

use hardened_core::{
    text::escape,
    verification::{Exchange, Got, Header, Sent},
};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    answer::{Answer, NoAnswer},
    handshake::{Handshake, Hello},
    request::Request,
    stall::Stall,
};

/// The maximum number of characters of a value that are shown.
const LONGEST: usize = 200;

/// Response headers whose values may be shown. Of cookies, only the name and the attributes are shown.
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

/// Returns a request and its answer, as a report may show them: without tokens and bodies.
pub(crate) fn exchange(request: &Request, got: &Result<Answer, NoAnswer>) -> Exchange {
    let got = match got {
        Ok(answer) => Got {
            status: Some(answer.status.as_u16()),
            headers: promised(&answer.headers),
            length: answer.body.len() as u64,
            reason: None,
        },
        Err(reason) => Got { status: None, headers: Vec::new(), length: 0, reason: Some(reason.to_string()) },
    };
    Exchange { sent: sent(request), got }
}

/// Returns the evidence of a request that was begun and not finished.
pub(crate) fn stalled(request: &Request, got: &Result<Stall, NoAnswer>) -> Exchange {
    let reason = match got {
        Ok(Stall::Ended(after)) => format!("the target ended the request after {} s", after.as_secs()),
        Ok(Stall::Open(after)) => format!("the target still waited after {} s", after.as_secs()),
        Err(reason) => reason.to_string(),
    };
    let got = Got { status: None, headers: Vec::new(), length: 0, reason: Some(reason) };
    Exchange { sent: sent(request), got }
}

/// Returns the evidence of a TLS handshake.
pub(crate) fn handshake(hello: Hello, host: &str, got: &Result<Handshake, NoAnswer>) -> Exchange {
    let reason = match got {
        Ok(Handshake::Agreed { version, .. }) => format!("agreed on {version}"),
        Ok(Handshake::Refused(how)) => format!("the target {how}"),
        Err(reason) => reason.to_string(),
    };
    let got = Got { status: None, headers: Vec::new(), length: 0, reason: Some(reason) };
    Exchange { sent: hello_sent(hello, host), got }
}

/// Returns the evidence of the first message of a handshake.
pub(crate) fn hello_sent(hello: Hello, host: &str) -> Sent {
    let method = format!("hello with {}", hello.versions());
    Sent { method, path: shown(host.as_bytes()), headers: Vec::new(), who: None, length: 0 }
}

/// Returns a request, as a report may show it.
pub(crate) fn sent(request: &Request) -> Sent {
    let value = |value: &HeaderValue| {
        if value.is_sensitive() { "…".to_owned() } else { shown(value.as_bytes()) }
    };
    let headers = request.headers.iter().map(|(name, it)| Header { name: name.to_string(), value: value(it) });
    let host = request.host.iter().map(|host| Header { name: "host".to_owned(), value: shown(host.as_bytes()) });
    Sent {
        method: request.method.to_string(),
        path: shown(request.shown_path.as_ref().unwrap_or(&request.path).as_bytes()),
        headers: headers.chain(host).collect(),
        who: request.who.map(str::to_owned),
        length: request.body.len() as u64,
    }
}

fn promised(headers: &HeaderMap) -> Vec<Header> {
    let values = headers.iter().filter_map(|(name, value)| {
        let value = match name {
            &header::SET_COOKIE => cookie(value.as_bytes()),
            name if SHOWN.contains(name) => shown(value.as_bytes()),
            _ => return None,
        };
        Some(Header { name: name.to_string(), value })
    });
    values.collect()
}

/// Returns the name and the attributes of a cookie: `session=…; Secure; HttpOnly`.
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

/// Makes a text of the target safe to print: escaped, shortened, and hidden if it looks like a secret.
pub(crate) fn shown(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let short: String = text.chars().take(LONGEST).collect();
    if hardened_strength::in_text(&short).is_some() {
        return "… (looks like a secret)".to_owned();
    }
    let cut = if short.len() < text.len() { "…" } else { "" };
    format!("{}{cut}", escape(&short))
}
