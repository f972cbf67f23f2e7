//! The decision about one request before the service sees it: pure, and independent of any framework.

use http::{
    HeaderMap, HeaderValue, Response, StatusCode, Uri,
    header::{CONTENT_TYPE, HOST},
    uri::Authority,
};

use super::{headers::ResponseHeaders, http_layer::HttpLayer, refused::Refused};
use crate::web::grpc;

/// The decision about one request: the result of [`HttpLayer::decide`].
#[derive(Debug)]
#[must_use = "a decision does nothing until it is applied"]
pub enum Admission {
    /// The service handles the request, and its response gets these headers.
    Admitted(ResponseHeaders),
    /// This is the response, and the service does not see the request: it names a host that is not allowed (421) or no
    /// valid host (400), or asks for documentation that is not public (404). The response has the security headers and
    /// no body: `response.map(|()| Body::empty())`.
    Refused(Response<()>),
}

impl<P> HttpLayer<P> {
    /// Decides about one request, from its target and headers only, for servers that take no tower layer. The layer
    /// makes the same decisions; [`CorsPolicy::decide`](crate::cors::CorsPolicy::decide) makes those of CORS.
    ///
    /// ```
    /// use hardened::{Environment, Http, Loader, layers::Admission};
    /// use http::{HeaderMap, Request, Response};
    ///
    /// fn answer(http: &Http, request: &Request<()>) -> Response<()> {
    ///     match http.layer().decide(request.uri(), request.headers()) {
    ///         Admission::Refused(response) => response,
    ///         Admission::Admitted(headers) => {
    ///             let mut response = Response::new(()); // the service's
    ///             headers.apply(response.headers_mut());
    ///             response
    ///         }
    ///     }
    /// }
    ///
    /// let environment = Environment::empty().set("ENVIRONMENT", "production").set("ALLOWED_HOSTS", "api.example.com");
    /// let http = Loader::new().environment(environment).load::<Http>()?;
    /// let request = Request::get("/").header("host", "evil.example").body(()).unwrap();
    /// assert_eq!(answer(&http, &request).status(), 421);
    /// let request = Request::get("/").header("host", "api.example.com").body(()).unwrap();
    /// assert_eq!(answer(&http, &request).headers()["x-content-type-options"], "nosniff");
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    ///
    /// Create the layer once, not for each request. This does not replace error bodies, catch panics, redirect to
    /// `https:`, or leave out `Strict-Transport-Security` if a trusted proxy says that the client used `http:`. It does
    /// not see the HTTP version, so a request with the content type of gRPC is refused as a call, even over HTTP/1.
    pub fn decide(&self, uri: &Uri, headers: &HeaderMap) -> Admission {
        let header = |name: &'static str| headers.get_all(name).iter().map(HeaderValue::as_bytes);
        self.decide_with(uri.path(), uri.authority().map(Authority::as_str), header)
    }

    /// Decides about one request of a framework with its own types: the path and the authority of the request target,
    /// as they were sent, and a function that returns every value of the header with the given lower-case name.
    ///
    /// ```
    /// # use hardened::{Environment, Http, Loader, layers::Admission};
    /// # let http = Loader::new().environment(Environment::empty().set("ENVIRONMENT", "production")).load::<Http>()?;
    /// let headers = [("host", "api.example.com")];
    /// let values = |name: &'static str| {
    ///     headers.iter().filter(move |header| header.0 == name).map(|header| header.1.as_bytes())
    /// };
    /// match http.layer().decide_with("/docs/index.html", None, values) {
    ///     Admission::Refused(response) => assert_eq!(response.status(), 404),
    ///     Admission::Admitted(_) => unreachable!(),
    /// }
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    pub fn decide_with<'r, V>(
        &self,
        path: &str,
        authority: Option<&str>,
        header: impl Fn(&'static str) -> V,
    ) -> Admission
    where
        V: Iterator<Item = &'r [u8]>,
    {
        let headers = self.headers.of_response(path);
        match self.judge(path, authority, header(HOST.as_str())) {
            Ok(()) => Admission::Admitted(headers),
            Err(status) => {
                let is_call = header(CONTENT_TYPE.as_str()).next().is_some_and(grpc::is_call_type);
                let mut response = Refused::with(status, is_call).response();
                headers.apply(response.headers_mut());
                Admission::Refused(response)
            }
        }
    }

    fn judge<'r>(
        &self,
        path: &str,
        authority: Option<&str>,
        hosts: impl Iterator<Item = &'r [u8]>,
    ) -> Result<(), StatusCode> {
        self.hosts.judge(path, authority, hosts)?;
        self.docs.judge(path)
    }
}
