//! The decision about one request: pure, and independent of any framework.

use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};

use super::vary;

/// What a policy decides about one request: the result of [`CorsPolicy::decide`](crate::cors::CorsPolicy::decide).
#[derive(Debug, Clone)]
#[must_use = "a decision does nothing until it is applied"]
pub enum Decision {
    /// Not a preflight: the service responds, and its response gets these headers.
    Forward(Forward),
    /// A preflight: this is the response, and the service does not see the request.
    Preflight(Preflight),
}

/// The CORS headers for a response of the service.
#[derive(Debug, Clone)]
#[must_use = "the response needs these headers"]
pub struct Forward(pub(super) Answer);

/// How the policy answers the origin of a request.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// Any origin is allowed.
    Any { expose: Option<HeaderValue> },
    /// The request has no origin, or one that is not allowed.
    Closed,
    /// The origin is allowed.
    Open { origin: HeaderValue, credentials: bool, expose: Option<HeaderValue> },
}

/// Every CORS header that can be on a response of the service, in the order of [`Forward::headers`].
const NAMES: [HeaderName; 3] = [
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
];

pub(super) const ANY: HeaderValue = HeaderValue::from_static("*");
pub(super) const TRUE: HeaderValue = HeaderValue::from_static("true");

impl Forward {
    /// The decision for a request without an allowed origin.
    pub(super) const CLOSED: Self = Self(Answer::Closed);

    /// Sets the headers on a response. Every CORS header that the service set itself is removed; its `Vary` is kept.
    #[inline]
    pub fn apply(self, headers: &mut HeaderMap) {
        let own = Own::scan(headers);
        if own.protocol {
            remove_protocol(headers);
        }
        let varies = self.varies();
        if self.is_allowed() {
            let [origin, credentials, expose] = self.into_values();
            put(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            put(headers, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, credentials);
            put(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, expose);
        }
        if !varies {
            return;
        }
        if own.vary {
            vary::merge(headers);
        } else {
            // Cheaper than the entry API; the difference is measurable here.
            drop(headers.try_insert(header::VARY, vary::ORIGIN));
        }
    }

    /// Returns the headers to set on a response, for frameworks with their own header map, where [`apply`](Self::apply)
    /// cannot be used. First remove every header for which [`removes`](Self::removes) is true.
    pub fn headers(self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        NAMES.into_iter().zip(self.into_values()).filter_map(|(name, value)| Some((name, value?)))
    }

    /// Returns whether a header of the service's own response must be removed, given its name in any case: this is so
    /// for every CORS header because only the policy sets them.
    #[must_use]
    pub fn removes(name: &str) -> bool {
        PREFIXES.iter().any(|prefix| {
            name.as_bytes().get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
        })
    }

    /// Returns whether the response depends on `Origin`. If so, `Vary` must contain it in addition to the service's own
    /// names.
    #[must_use]
    pub fn varies(&self) -> bool {
        !matches!(self.0, Answer::Any { .. })
    }

    /// Returns whether the origin of the request is allowed.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        !matches!(self.0, Answer::Closed)
    }

    #[inline]
    fn into_values(self) -> [Option<HeaderValue>; 3] {
        match self.0 {
            Answer::Any { expose } => [Some(ANY), None, expose],
            Answer::Closed => [None, None, None],
            Answer::Open { origin, credentials, expose } => [Some(origin), credentials.then_some(TRUE), expose],
        }
    }
}

/// The lower-case prefixes of the protocol's header names, present and future: those of CORS, including
/// `Access-Control-Allow-Private-Network`, and those that [Private Network
/// Access](https://wicg.github.io/private-network-access/) adds.
const PREFIXES: [&str; 2] = ["access-control-", "private-network-access-"];

/// Returns whether a header belongs to the CORS protocol.
#[inline]
fn is_protocol(name: &HeaderName) -> bool {
    // Names in the `http` crate are always in lower case.
    PREFIXES.iter().any(|prefix| name.as_str().starts_with(prefix))
}

#[cold]
fn remove_protocol(headers: &mut HeaderMap) {
    let own: Vec<_> = headers.keys().filter(|name| is_protocol(name)).cloned().collect();
    for name in own {
        headers.remove(name);
    }
}

/// Which relevant headers the service set itself.
struct Own {
    protocol: bool,
    vary: bool,
}

impl Own {
    /// Compares every name once: comparing is cheaper than hashing.
    #[inline]
    fn scan(headers: &HeaderMap) -> Self {
        let mut own = Self { protocol: false, vary: false };
        for name in headers.keys() {
            own.protocol |= is_protocol(name);
            own.vary |= *name == header::VARY;
        }
        own
    }
}

#[inline]
fn put(headers: &mut HeaderMap, name: HeaderName, value: Option<HeaderValue>) {
    if let Some(value) = value {
        // A full map is left as it is: `insert` would panic.
        drop(headers.try_insert(name, value));
    }
}

/// The response to a preflight, which has no body.
#[derive(Debug, Clone)]
#[must_use = "this is the response to the request"]
pub struct Preflight {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

impl Preflight {
    /// Returns a denied preflight without any headers.
    pub(super) fn denied() -> Self {
        Self { status: StatusCode::FORBIDDEN, headers: HeaderMap::new() }
    }

    /// Returns the status: the policy's own if the request is allowed, otherwise 403.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers; none of them is a CORS header if the request is denied.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the response with an empty body.
    pub fn into_response<B: Default>(self) -> Response<B> {
        let mut response = Response::new(B::default());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
