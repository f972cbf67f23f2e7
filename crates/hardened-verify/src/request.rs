//! A request to the target, and the answer of a healthy target.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use serde_json::Value;

use crate::answer::Answer;

/// The media type of a JSON body.
const JSON: &str = "application/json";

/// A request that is not sent yet. Its path is sent unchanged: not normalised and not encoded.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The path to show if the actual path contains a token.
    pub(crate) shown_path: Option<String>,
    /// The headers in the order in which they are sent; a sensitive value is never shown.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
    /// The host name of the request, if it is not the target's.
    pub(crate) host: Option<String>,
    /// Whether it is sent over `http:` although the target is `https:`.
    pub(crate) is_plain: bool,
    /// Whether its answer is a GraphQL answer.
    pub(crate) is_graphql: bool,
    /// A note on the credential for the reader of the evidence, such as `user A`.
    pub(crate) who: Option<&'static str>,
    /// The answer of a healthy target, which a rehearsal uses.
    pub(crate) expected: Expected,
}

/// The answer of a healthy target.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl Request {
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            shown_path: None,
            headers: Vec::new(),
            body: Bytes::new(),
            host: None,
            is_plain: false,
            is_graphql: false,
            who: None,
            expected: Expected { status: StatusCode::OK, body: Value::Null },
        }
    }

    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// Adds a header, unless its value is not a valid header value.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.extend(HeaderValue::try_from(value).ok().map(|value| (name, value)));
        self
    }

    /// Makes the request conditional on the `ETag` of an answer (RFC 9110, section 13.1.1); `None` if it has no `ETag`.
    pub(crate) fn for_version_of(mut self, read: &Answer) -> Option<Self> {
        let version = read.headers.get(header::ETAG)?.clone();
        self.headers.retain(|(name, _)| *name != header::IF_MATCH);
        self.headers.push((header::IF_MATCH, version));
        Some(self)
    }

    /// Adds a credential header once; the evidence shows `who` instead of it.
    pub(crate) fn credential(mut self, name: HeaderName, value: &HeaderValue, who: &'static str) -> Self {
        let mut value = value.clone();
        value.set_sensitive(true);
        // Services refuse a header that comes twice.
        self.headers.retain(|(known, sent)| *known != name || *sent != value);
        self.headers.push((name, value));
        self.who = Some(who);
        self
    }

    /// Adds a query parameter whose value is a credential.
    pub(crate) fn secret_parameter(mut self, name: &str, value: &str, who: &'static str) -> Self {
        let separator = if self.path.contains('?') { '&' } else { '?' };
        self.shown_path = Some(format!("{}{separator}{name}=…", self.path));
        self.path = format!("{}{separator}{name}={value}", self.path);
        self.who = Some(who);
        self
    }

    pub(crate) fn json(mut self, body: &Value) -> Self {
        self.body = Bytes::from(body.to_string());
        self.header(header::CONTENT_TYPE, JSON)
    }

    /// Replaces the media type of a JSON body.
    pub(crate) fn json_of_type(mut self, kind: &str) -> Self {
        let own = self.headers.iter_mut().find(|(name, value)| *name == header::CONTENT_TYPE && *value == JSON);
        if let (Some((_, value)), Ok(kind)) = (own, HeaderValue::try_from(kind)) {
            *value = kind;
        }
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Marks the request as GraphQL: the body of the answer says whether something was refused.
    pub(crate) fn of_graphql(mut self) -> Self {
        self.is_graphql = true;
        self
    }

    /// Sends the request as from a page of this origin. It replaces an origin that came with the credential.
    pub(crate) fn of_page(mut self, origin: &str) -> Self {
        self.headers.retain(|(name, _)| *name != header::ORIGIN);
        self.header(header::ORIGIN, origin)
    }

    /// Sends the request for another host name.
    pub(crate) fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Sends the request over `http:` although the target is `https:`.
    pub(crate) fn plain(mut self) -> Self {
        self.is_plain = true;
        self
    }

    /// Sets the status with which a healthy target answers.
    pub(crate) fn expects(mut self, status: StatusCode) -> Self {
        self.expected.status = status;
        self
    }

    /// Sets the JSON body with which a healthy target answers.
    pub(crate) fn expects_json(mut self, body: Value) -> Self {
        self.expected.body = body;
        self
    }
}
