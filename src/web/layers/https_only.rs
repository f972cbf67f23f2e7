//! Requests that came over `http:`.

use std::task::{Context, Poll};

use hardened_core::origin::Host;
use http::{
    HeaderValue, Method, Request, Response, StatusCode,
    header::{AUTHORIZATION, HOST},
};
use tower_layer::Layer;
use tower_service::Service;

use super::{answered::Answered, client::ClientAddress, refused::Refused};
use crate::listen::is_health_check;

/// Answers a request whose client used `http:`, as a trusted proxy says, with a redirect to the same address over `https:`
/// (308).
///
/// Put it inside [`Http::layer`](crate::Http::layer) with its [`clients`](super::HttpLayer::clients), which says which proxies
/// are believed, and around the whole app:
///
/// ```
/// use axum::Router;
/// use hardened::{Http, layers::HttpsOnly, listen::TrustedProxies};
///
/// fn around(app: Router, http: &Http, proxies: &TrustedProxies) -> Router {
///     app.layer(HttpsOnly).layer(http.layer().clients(proxies))
/// }
/// ```
///
/// Only `GET` and `HEAD` are redirected, as browsers send them when somebody types a name. Everything else, and what has
/// `Authorization`, gets 403: a program that sends its token or its data in the clear must not go on doing so unnoticed.
/// Health checks are answered, because they are asked without the proxy. Where no trusted proxy says what
/// the client used, nothing is refused.
///
/// The redirect leads to the host that the request names, so set `ALLOWED_HOSTS`; a port is left out.
///
/// Source: OWASP ASVS 5.0, 4.1.2.
#[derive(Debug, Clone, Copy, Default)]
pub struct HttpsOnly;

/// Whether a trusted proxy says that the client used `http:`.
fn came_in_the_clear<Q>(request: &Request<Q>) -> bool {
    let client = request.extensions().get::<ClientAddress>();
    client.is_some_and(|client| client.is_secure() == Some(false)) && !is_health_check(request.uri().path())
}

/// The same address over `https:`; none for what is refused.
fn over_tls<Q>(request: &Request<Q>) -> Option<HeaderValue> {
    let is_typed = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_typed || request.headers().contains_key(AUTHORIZATION) {
        return None;
    }
    let named = || request.headers().get(HOST)?.to_str().ok();
    let authority = request.uri().authority().map(http::uri::Authority::as_str).or_else(named)?;
    let host = match Host::of_authority(authority)? {
        Host::Name(name) => name.to_owned(),
        Host::Address(std::net::IpAddr::V6(address)) => format!("[{address}]"),
        Host::Address(address) => address.to_string(),
    };
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    HeaderValue::try_from(format!("https://{host}{path}")).ok()
}

impl<S> Layer<S> for HttpsOnly {
    type Service = HttpsOnlyService<S>;

    fn layer(&self, inner: S) -> HttpsOnlyService<S> {
        HttpsOnlyService { inner }
    }
}

/// The tower service of [`HttpsOnly`].
#[derive(Debug, Clone)]
pub struct HttpsOnlyService<S> {
    inner: S,
}

impl<S, Q, B> Service<Request<Q>> for HttpsOnlyService<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
    B: Default,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = Answered<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        if !came_in_the_clear(&request) {
            return Answered::by(self.inner.call(request));
        }
        match over_tls(&request) {
            Some(location) => Answered::elsewhere(location),
            None => Answered::here(Refused::new(StatusCode::FORBIDDEN, &request)),
        }
    }
}
