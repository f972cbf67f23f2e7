//! The finished, valid policy.

use std::{fmt, sync::Arc};

use http::{HeaderMap, Method};

use super::{
    Decision,
    allow_origin::AllowOrigin,
    compiled::Compiled,
    request::{Head, REQUEST_HEADERS},
};
use crate::{Report, origin::OriginPattern};

/// A valid CORS policy: once it exists, nothing can fail or panic. Cloning is cheap because clones share their data.
///
/// [`CorsPolicy::builder`] builds one in code; [`CorsSettings`](crate::CorsSettings) reads one from a variable. Every
/// header value is prepared, so a decision costs one look-up, however many origins there are.
#[derive(Clone)]
pub struct CorsPolicy(pub(super) Arc<Compiled>);

impl CorsPolicy {
    /// Decides about one request, from its method and headers only.
    ///
    /// A preflight is an `OPTIONS` request with `Origin` and `Access-Control-Request-Method`
    /// ([Fetch](https://fetch.spec.whatwg.org/#cors-preflight-request)); every other `OPTIONS` request goes to the
    /// service. A request with several `Origin` headers is treated as one from an origin that is not in the list.
    ///
    /// Does not allocate for a request to the service; for a preflight it allocates the header map of the response.
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue, Method, header};
    /// use hardened::{Tier, cors::{CorsPolicy, Decision}};
    ///
    /// let policy = CorsPolicy::builder().allow_origins(["https://app.example.com"]).build(Tier::Production)?;
    /// let mut request = HeaderMap::new();
    /// request.insert(header::ORIGIN, HeaderValue::from_static("https://app.example.com"));
    ///
    /// let mut answer = HeaderMap::new();
    /// match policy.decide(&Method::GET, &request) {
    ///     Decision::Forward(forward) => forward.apply(&mut answer),
    ///     Decision::Preflight(_) => unreachable!(),
    /// }
    /// assert_eq!(answer[header::ACCESS_CONTROL_ALLOW_ORIGIN], "https://app.example.com");
    /// assert_eq!(answer[header::VARY], "origin");
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    #[inline]
    pub fn decide(&self, method: &Method, headers: &HeaderMap) -> Decision {
        self.0.decide_http(method, headers)
    }

    /// Decides about one request of a framework with its own header map: `header` returns every value of the header
    /// with the given lower-case name.
    ///
    /// ```
    /// # use hardened::{Tier, cors::{CorsPolicy, Decision}};
    /// # let policy = CorsPolicy::builder().allow_origins(["https://app.example.com"]).build(Tier::Production)?;
    /// let headers = [("origin", "https://evil.example"), ("access-control-request-method", "PUT")];
    /// let values = |name: &'static str| {
    ///     headers.iter().filter(move |header| header.0 == name).map(|header| header.1.as_bytes())
    /// };
    /// match policy.decide_with("OPTIONS", values) {
    ///     Decision::Preflight(answer) => assert_eq!(answer.status(), 403),
    ///     Decision::Forward(_) => unreachable!(),
    /// }
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    pub fn decide_with<'r, V>(&self, method: &str, header: impl Fn(&'static str) -> V) -> Decision
    where
        V: Iterator<Item = &'r [u8]>,
    {
        let head = Head::ask(&header);
        self.0.decide(method == Method::OPTIONS.as_str(), head, || header(REQUEST_HEADERS))
    }

    /// Returns whether an origin is allowed. `origin` is the value of the `Origin` header.
    #[must_use]
    pub fn allows(&self, origin: &[u8]) -> bool {
        match &self.0.origins {
            AllowOrigin::Any => true,
            AllowOrigin::List(list) => list.allows(origin),
        }
    }

    /// Returns the allowed origins and patterns; empty if any origin is allowed.
    #[must_use]
    pub fn origins(&self) -> &[OriginPattern] {
        match &self.0.origins {
            AllowOrigin::Any => &[],
            AllowOrigin::List(list) => &list.patterns,
        }
    }

    /// Returns the warnings, notes and waivers from building the policy.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.0.report
    }
}

/// Shows the origins and what they are allowed to do.
impl fmt::Debug for CorsPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
