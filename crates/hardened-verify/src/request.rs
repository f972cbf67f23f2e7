//! One request to the target, and what a healthy target answers.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use serde_json::Value;

use crate::answer::Answer;

/// The type of a JSON body.
const JSON: &str = "application/json";

/// A request that is not sent yet. Its path is sent as it is: not normalised, not encoded.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// What is shown instead of a path with a token.
    pub(crate) shown_path: Option<String>,
    /// In the order in which they are sent; a sensitive value is never shown.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
    /// The name that the request is for, where it is not the target's.
    pub(crate) host: Option<String>,
    /// Whether it is sent over `http:` although the target is `https:`.
    pub(crate) is_plain: bool,
    /// Whether its answer is one of GraphQL.
    pub(crate) is_graphql: bool,
    /// What a reader of the evidence must know, such as `with the token of user A`.
    pub(crate) who: Option<&'static str>,
    /// What a healthy target answers: what a rehearsal goes on with.
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

    /// Adds a header. A value that no header can hold is left out.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.extend(HeaderValue::try_from(value).ok().map(|value| (name, value)));
        self
    }

    /// The same for the version of an item that an answer shows (RFC 9110, section 13.1.1); none where it shows none.
    pub(crate) fn for_version_of(mut self, read: &Answer) -> Option<Self> {
        let version = read.headers.get(header::ETAG)?.clone();
        self.headers.retain(|(name, _)| *name != header::IF_MATCH);
        self.headers.push((header::IF_MATCH, version));
        Some(self)
    }

    /// Adds a header that proves who asks, once; `who` is what the evidence says instead.
    pub(crate) fn credential(mut self, name: HeaderName, value: &HeaderValue, who: &'static str) -> Self {
        let mut value = value.clone();
        value.set_sensitive(true);
        // Once: a header that comes twice is refused.
        self.headers.retain(|(known, sent)| *known != name || *sent != value);
        self.headers.push((name, value));
        self.who = Some(who);
        self
    }

    /// Adds a parameter whose value proves who asks.
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

    /// The same with another type of JSON, where it carries JSON.
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

    /// Its answer is one of GraphQL, whose body says whether something was refused.
    pub(crate) fn of_graphql(mut self) -> Self {
        self.is_graphql = true;
        self
    }

    /// Asks as a page of this origin, and of no other: a credential may bring the origin of a page that writes.
    pub(crate) fn of_page(mut self, origin: &str) -> Self {
        self.headers.retain(|(name, _)| *name != header::ORIGIN);
        self.header(header::ORIGIN, origin)
    }

    /// Asks in the name of another host.
    pub(crate) fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Asks over `http:` although the target is `https:`.
    pub(crate) fn plain(mut self) -> Self {
        self.is_plain = true;
        self
    }

    /// What a healthy target answers.
    pub(crate) fn expects(mut self, status: StatusCode) -> Self {
        self.expected.status = status;
        self
    }

    /// What the JSON body of a healthy answer looks like.
    pub(crate) fn expects_json(mut self, body: Value) -> Self {
        self.expected.body = body;
        self
    }
}
