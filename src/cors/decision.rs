//! What becomes of one request: pure, and of no framework.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};

use super::{allow_origin::AllowOrigin, policy::Inner, vary};

/// What a policy decides about one request: the result of [`CorsPolicy::decide`](crate::CorsPolicy::decide).
#[derive(Debug, Clone)]
#[must_use = "a decision does nothing until it is applied"]
pub enum Decision {
    /// Not a preflight: the service responds, and its response gets these headers.
    Forward(Forward),
    /// A preflight: this is the response, and the service does not see the request.
    Preflight(Preflight),
}

/// The headers for a response of the service.
#[derive(Debug, Clone)]
#[must_use = "the response needs these headers"]
pub struct Forward(Answer);

#[derive(Debug, Clone)]
enum Answer {
    /// Any origin is allowed.
    Any { expose: Option<HeaderValue> },
    /// No origin, or none that is allowed.
    Closed,
    /// An origin that is allowed.
    Open { origin: HeaderValue, credentials: bool, expose: Option<HeaderValue> },
}

/// Every header of the protocol that stands on the answer of a service, in the order of [`Forward::headers`].
const NAMES: [HeaderName; 3] = [
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
];

const ANY: HeaderValue = HeaderValue::from_static("*");
pub(super) const TRUE: HeaderValue = HeaderValue::from_static("true");

impl Forward {
    /// For an origin that is not allowed, or none.
    pub(super) const CLOSED: Self = Self(Answer::Closed);

    /// Sets the headers on a response. Every CORS header that the service set itself is removed; its `Vary` is kept.
    #[inline]
    pub fn apply(self, headers: &mut HeaderMap) {
        let own = Own::scan(headers);
        if own.protocol {
            remove_protocol(headers);
        }
        let varies = self.varies();
        let [origin, credentials, expose] = self.into_values();
        put(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        put(headers, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, credentials);
        put(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, expose);
        if !varies {
            return;
        }
        if own.vary {
            vary::merge(headers);
        } else {
            // Cheaper than an entry, which is measurable here.
            drop(headers.try_insert(header::VARY, vary::ORIGIN));
        }
    }

    /// Returns the headers to set on a response, for frameworks with their own header map, where [`apply`](Self::apply)
    /// cannot be used. First remove every header for which [`removes`](Self::removes) is true.
    pub fn headers(self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        NAMES.into_iter().zip(self.into_values()).filter_map(|(name, value)| Some((name, value?)))
    }

    /// Returns whether a header of the service's own response must be removed, by its name in any case: every CORS
    /// header, because only the policy sets those.
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

    /// Returns whether the request's origin is allowed, or any origin is.
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

/// What the headers of the protocol begin with, in lower case, known ones and those to come: CORS with
/// `Access-Control-Allow-Private-Network`, and what [Private Network Access](https://wicg.github.io/private-network-access/)
/// adds.
const PREFIXES: [&str; 2] = ["access-control-", "private-network-access-"];

/// Whether a header belongs to the protocol.
#[inline]
fn is_protocol(name: &HeaderName) -> bool {
    // Names of the crate are in lower case.
    PREFIXES.iter().any(|prefix| name.as_str().starts_with(prefix))
}

#[cold]
fn remove_protocol(headers: &mut HeaderMap) {
    let own: Vec<_> = headers.keys().filter(|name| is_protocol(name)).cloned().collect();
    for name in own {
        headers.remove(name);
    }
}

/// What the service has said already.
struct Own {
    protocol: bool,
    vary: bool,
}

impl Own {
    /// Looks once at every name: comparing is cheaper than hashing.
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
        // A map that can hold no more is left as it is: it panics otherwise.
        drop(headers.try_insert(name, value));
    }
}

/// The response to a preflight, which has no body.
#[derive(Debug, Clone)]
#[must_use = "this is the response to the request"]
pub struct Preflight {
    status: StatusCode,
    headers: HeaderMap,
}

impl Preflight {
    /// A denied preflight without any header.
    pub(super) fn denied() -> Self {
        Self { status: StatusCode::FORBIDDEN, headers: HeaderMap::new() }
    }

    /// Returns the status: the policy's own if the request is allowed, otherwise 403.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers: without any CORS header if the request is denied.
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

/// How often a header stands in a request, with its value.
#[derive(Clone, Copy)]
pub(super) enum Seen<F> {
    Never,
    Once(F),
    Often,
}

impl<F> Seen<F> {
    #[inline]
    fn add(&mut self, value: F) {
        *self = match self {
            Self::Never => Self::Once(value),
            Self::Once(_) | Self::Often => Self::Often,
        };
    }

    fn all(values: impl Iterator<Item = F>) -> Self {
        let mut seen = Self::Never;
        values.take(2).for_each(|value| seen.add(value));
        seen
    }

    fn once(self) -> Option<F> {
        match self {
            Self::Once(value) => Some(value),
            Self::Never | Self::Often => None,
        }
    }
}

/// The three headers that a decision looks at.
pub(super) struct Head<F> {
    origin: Seen<F>,
    method: Seen<F>,
    names: Seen<F>,
}

impl<'r> Head<&'r HeaderValue> {
    /// Looks once at every name: comparing a dozen is cheaper than hashing one.
    #[inline]
    fn scan(options: bool, headers: &'r HeaderMap) -> Self {
        let mut head = Self { origin: Seen::Never, method: Seen::Never, names: Seen::Never };
        for (name, value) in headers {
            if *name == header::ORIGIN {
                head.origin.add(value);
            } else if options && *name == header::ACCESS_CONTROL_REQUEST_METHOD {
                head.method.add(value);
            } else if options && *name == header::ACCESS_CONTROL_REQUEST_HEADERS {
                head.names.add(value);
            }
        }
        head
    }
}

impl<'r> Head<&'r [u8]> {
    /// Asks for them by name.
    pub(super) fn ask<V: Iterator<Item = &'r [u8]>>(header: impl Fn(&'static str) -> V) -> Self {
        let seen = |name| Seen::all(header(name));
        Self { origin: seen("origin"), method: seen("access-control-request-method"), names: seen(REQUEST_HEADERS) }
    }
}

/// The name of the header that can have several lines.
pub(super) const REQUEST_HEADERS: &str = "access-control-request-headers";

/// One value of a header of a request.
pub(super) trait Field<'r> {
    fn bytes(self) -> &'r [u8];
    fn value(self) -> Option<HeaderValue>;
}

impl<'r> Field<'r> for &'r HeaderValue {
    #[inline]
    fn bytes(self) -> &'r [u8] {
        self.as_bytes()
    }

    fn value(self) -> Option<HeaderValue> {
        Some(self.clone())
    }
}

impl<'r> Field<'r> for &'r [u8] {
    fn bytes(self) -> &'r [u8] {
        self
    }

    fn value(self) -> Option<HeaderValue> {
        HeaderValue::from_bytes(self).ok()
    }
}

impl Inner {
    /// The decision about a request of the `http` crate.
    #[inline]
    pub(super) fn decide_http(&self, method: &Method, headers: &HeaderMap) -> Decision {
        let names = || headers.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS).iter().map(HeaderValue::as_bytes);
        let options = method == Method::OPTIONS;
        self.decide(options, Head::scan(options, headers), names)
    }

    /// The decision. `names` gives the lines of `Access-Control-Request-Headers` where there are several.
    #[inline]
    pub(super) fn decide<'r, F, V>(&self, options: bool, head: Head<F>, names: impl Fn() -> V) -> Decision
    where
        F: Field<'r> + Copy,
        V: Iterator<Item = &'r [u8]>,
    {
        // An OPTIONS without these two is a request for the service.
        if options && !matches!(head.origin, Seen::Never) && !matches!(head.method, Seen::Never) {
            let requested = head.method.once().map(Field::bytes);
            let allowed = requested.is_some_and(|method| self.methods.allow(method))
                && match head.names {
                    Seen::Never => true,
                    Seen::Once(line) => self.headers.allow(std::iter::once(line.bytes())),
                    Seen::Often => self.headers.allow(names()),
                };
            return Decision::Preflight(self.preflight(head.origin.once(), allowed));
        }
        // Several origins are no origin: browsers send one.
        Decision::Forward(self.forward(head.origin.once()))
    }

    #[inline]
    fn forward<'r>(&self, origin: Option<impl Field<'r> + Copy>) -> Forward {
        let answer = match &self.origins {
            AllowOrigin::Any => Answer::Any { expose: self.expose.clone() },
            AllowOrigin::List(list) => match origin.and_then(|origin| list.value(origin)) {
                Some(origin) => Answer::Open { origin, credentials: self.credentials, expose: self.expose.clone() },
                None => Answer::Closed,
            },
        };
        Forward(answer)
    }

    fn preflight<'r>(&self, origin: Option<impl Field<'r> + Copy>, allowed: bool) -> Preflight {
        let value = match &self.origins {
            AllowOrigin::Any => Some(ANY),
            AllowOrigin::List(list) => origin.and_then(|origin| list.value(origin)),
        };
        match value.filter(|_| allowed) {
            Some(value) => self.granted(value),
            None => Preflight { status: StatusCode::FORBIDDEN, headers: self.denied.clone() },
        }
    }

    /// The prepared answer with the origin put in its place: one clone, and nothing is hashed.
    fn granted(&self, origin: HeaderValue) -> Preflight {
        let mut headers = self.granted.clone();
        // A clone has the order of its original.
        if let Some(place) = headers.values_mut().nth(self.place) {
            *place = origin;
        }
        Preflight { status: self.status, headers }
    }
}
