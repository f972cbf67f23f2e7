//! Redirects or refuses requests that came over `http:`.

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

/// Redirects a request to the same address over `https:` (308) if a trusted proxy says that the client used `http:`.
///
/// Put it inside [`Http::layer`](crate::Http::layer) with its [`clients`](super::HttpLayer::clients), which sets the
/// trusted proxies, and around the whole app:
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
/// Only `GET` and `HEAD` are redirected: browsers send them when a user types a name. Any other request, and any with
/// `Authorization`, gets 403: a program that sends its token or its data in the clear must not go on doing so
/// unnoticed. Health checks are always answered, because probes do not come through the proxy. If no trusted proxy says
/// what the client used, no request is refused.
///
/// The redirect leads to the host that the request names, so set `ALLOWED_HOSTS`. Its port is left out.
///
/// Source: OWASP ASVS 5.0, 4.1.2.
#[derive(Debug, Clone, Copy, Default)]
pub struct HttpsOnly;

/// Returns whether a trusted proxy says that the client used `http:`. Health checks do not count.
fn came_in_the_clear<Q>(request: &Request<Q>) -> bool {
    let client = request.extensions().get::<ClientAddress>();
    client.is_some_and(|client| client.is_secure() == Some(false)) && !is_health_check(request.uri().path())
}

/// Returns the same address over `https:`, or `None` if the request must be refused.
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
