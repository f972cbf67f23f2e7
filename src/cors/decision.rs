//! What becomes of one request: pure, and of no framework.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};

use super::{allow_origin::AllowOrigin, policy::Inner, vary};

/// What a policy decides about one request, made by [`CorsPolicy::decide`](crate::CorsPolicy::decide).
#[derive(Debug, Clone)]
#[must_use = "a decision does nothing until it is carried out"]
pub enum Decision {
    /// No preflight: the service answers, and its answer gets these headers.
    Forward(Forward),
    /// A preflight: this is the answer, and the service does not see the request.
    Preflight(Preflight),
}

/// The headers for an answer of the service.
#[derive(Debug, Clone)]
#[must_use = "the answer of the service needs these headers"]
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
    /// Puts the headers on an answer. What the service says itself about them is replaced, and its `Vary` is kept.
    pub fn apply(self, headers: &mut HeaderMap) {
        let varies = self.varies();
        for (name, value) in NAMES.into_iter().zip(self.into_values()) {
            match value {
                // A map that can hold no more is left as it is: it panics otherwise.
                Some(value) => drop(headers.try_insert(name, value)),
                None => drop(headers.remove(name)),
            }
        }
        if varies {
            vary::merge(headers);
        }
    }

    /// The headers for an answer, where [`apply`](Self::apply) cannot be used because a framework has a map of its
    /// own: each is to be set, or with `None` removed.
    #[must_use]
    pub fn headers(self) -> [(HeaderName, Option<HeaderValue>); 3] {
        let [origin, credentials, expose] = self.into_values();
        let [first, second, third] = NAMES;
        [(first, origin), (second, credentials), (third, expose)]
    }

    /// Whether the answer depends on `Origin`: then `Vary` must have it among the service's own.
    #[must_use]
    pub fn varies(&self) -> bool {
        !matches!(self.0, Answer::Any { .. })
    }

    /// Whether the request has an origin that is allowed, or any is.
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

/// The answer to a preflight, which has no body.
#[derive(Debug, Clone)]
#[must_use = "this is the answer to the request"]
pub struct Preflight {
    status: StatusCode,
    headers: HeaderMap,
}

impl Preflight {
    /// The status: the policy's own where the request is allowed, otherwise 403.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers: none of the protocol where the request is denied.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The answer with an empty body.
    pub fn into_response<B: Default>(self) -> Response<B> {
        let mut response = Response::new(B::default());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// The three headers of a request that a decision looks at.
#[derive(Clone, Copy)]
pub(super) enum Asked {
    Origin,
    Method,
    Headers,
}

impl Asked {
    #[inline]
    pub(super) fn name(self) -> HeaderName {
        match self {
            Self::Origin => header::ORIGIN,
            Self::Method => header::ACCESS_CONTROL_REQUEST_METHOD,
            Self::Headers => header::ACCESS_CONTROL_REQUEST_HEADERS,
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Method => "access-control-request-method",
            Self::Headers => "access-control-request-headers",
        }
    }
}

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
    /// The decision.
    #[inline]
    pub(super) fn decide<'r, V>(&self, method: &str, header: impl Fn(Asked) -> V) -> Decision
    where
        V: Iterator<Item: Field<'r> + Copy>,
    {
        let mut origins = header(Asked::Origin);
        let first = origins.next();
        // Several origins are no origin: browsers send one.
        let origin = first.filter(|_| origins.next().is_none());
        // RFC 9110 and the Fetch standard: an OPTIONS without these two is a request for the service.
        if method == Method::OPTIONS.as_str() && first.is_some() {
            let mut methods = header(Asked::Method);
            if let Some(requested) = methods.next() {
                let requested = Some(requested.bytes()).filter(|_| methods.next().is_none());
                let names = || header(Asked::Headers).map(Field::bytes);
                return Decision::Preflight(self.preflight(origin, requested, names));
            }
        }
        Decision::Forward(self.forward(origin))
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

    fn preflight<'r, V: Iterator<Item = &'r [u8]>>(
        &self,
        origin: Option<impl Field<'r> + Copy>,
        requested: Option<&[u8]>,
        names: impl Fn() -> V,
    ) -> Preflight {
        let value = match &self.origins {
            AllowOrigin::Any => Some(ANY),
            AllowOrigin::List(list) => origin.and_then(|origin| list.value(origin)),
        };
        let allowed = requested.is_some_and(|method| self.methods.allow(method)) && self.headers.allow(names());
        match value.filter(|_| allowed) {
            Some(value) => self.granted(value),
            None => Preflight { status: StatusCode::FORBIDDEN, headers: self.denied.clone() },
        }
    }

    /// The prepared answer with the origin put in: one clone, and nothing is hashed but that one name.
    fn granted(&self, origin: HeaderValue) -> Preflight {
        let mut headers = self.granted.clone();
        if let Some(place) = headers.get_mut(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
            *place = origin;
        }
        Preflight { status: self.status, headers }
    }
}
