//! The compiled policy and its decision about one request: pure, and independent of any framework.

use std::{fmt, time::Duration};

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use super::{
    allow_headers::AllowHeaders,
    allow_methods::AllowMethods,
    allow_origin::AllowOrigin,
    decision::{ANY, Answer, Decision, Forward, Preflight},
    request::{Head, HeaderBytes, Seen},
};
use crate::Report;

/// A policy with every header value prepared. All clones share it.
pub(super) struct Compiled {
    pub(super) origins: AllowOrigin,
    pub(super) credentials: bool,
    pub(super) methods: AllowMethods,
    pub(super) headers: AllowHeaders,
    pub(super) expose: Option<HeaderValue>,
    pub(super) max_age: Option<Duration>,
    pub(super) status: StatusCode,
    /// The headers of an allowed preflight, with a placeholder for the origin.
    pub(super) granted: HeaderMap,
    /// The position of the origin among them.
    pub(super) place: usize,
    /// The headers of a denied preflight.
    pub(super) denied: HeaderMap,
    pub(super) report: Report,
}

impl Compiled {
    /// Decides about a request with the header map of the `http` crate.
    #[inline]
    pub(super) fn decide_http(&self, method: &Method, headers: &HeaderMap) -> Decision {
        let names = || headers.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS).iter().map(HeaderValue::as_bytes);
        let options = method == Method::OPTIONS;
        self.decide(options, Head::scan(options, headers), names)
    }

    /// Decides about a request. `names` returns the lines of `Access-Control-Request-Headers` if there are several.
    #[inline]
    pub(super) fn decide<'r, F, V>(&self, options: bool, head: Head<F>, names: impl Fn() -> V) -> Decision
    where
        F: HeaderBytes<'r> + Copy,
        V: Iterator<Item = &'r [u8]>,
    {
        // An `OPTIONS` request without these two headers is for the service.
        if options && !matches!(head.origin, Seen::Never) && !matches!(head.method, Seen::Never) {
            let requested = head.method.once().map(HeaderBytes::bytes);
            let allowed = requested.is_some_and(|method| self.methods.allow(method))
                && match head.names {
                    Seen::Never => true,
                    Seen::Once(line) => self.headers.allow(std::iter::once(line.bytes())),
                    Seen::Often => self.headers.allow(names()),
                };
            return Decision::Preflight(self.preflight(head.origin.once(), allowed));
        }
        // Several `Origin` headers count as none, because browsers send one.
        Decision::Forward(self.forward(head.origin.once()))
    }

    #[inline]
    fn forward<'r>(&self, origin: Option<impl HeaderBytes<'r> + Copy>) -> Forward {
        let answer = match &self.origins {
            AllowOrigin::Any => Answer::Any { expose: self.expose.clone() },
            AllowOrigin::List(list) => match origin.and_then(|origin| list.value(origin)) {
                Some(origin) => Answer::Open { origin, credentials: self.credentials, expose: self.expose.clone() },
                None => Answer::Closed,
            },
        };
        Forward(answer)
    }

    fn preflight<'r>(&self, origin: Option<impl HeaderBytes<'r> + Copy>, allowed: bool) -> Preflight {
        let value = match &self.origins {
            AllowOrigin::Any => Some(ANY),
            AllowOrigin::List(list) => origin.and_then(|origin| list.value(origin)),
        };
        match value.filter(|_| allowed) {
            Some(value) => self.granted(value),
            None => Preflight { status: StatusCode::FORBIDDEN, headers: self.denied.clone() },
        }
    }

    /// Clones the prepared response and puts the origin in its place, without hashing a name.
    fn granted(&self, origin: HeaderValue) -> Preflight {
        let mut headers = self.granted.clone();
        // A clone keeps the order of the original.
        if let Some(place) = headers.values_mut().nth(self.place) {
            *place = origin;
        }
        Preflight { status: self.status, headers }
    }
}

impl fmt::Debug for Compiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut policy = f.debug_struct("CorsPolicy");
        match &self.origins {
            AllowOrigin::Any => policy.field("origins", &"*"),
            AllowOrigin::List(list) => policy.field("origins", &list.patterns),
        };
        policy.field("credentials", &self.credentials);
        policy.field("methods", &self.methods.value).field("headers", &self.headers.value);
        policy.field("expose", &self.expose).field("max_age", &self.max_age).field("status", &self.status);
        policy.finish()
    }
}
