//! poem: the decisions in a function around an endpoint. poem uses the header and target types of the crate `http`.

use std::sync::Arc;

use hardened::{
    Http,
    cors::{CorsPolicy, Decision},
    health::HealthService,
    layers::{Admission, ClientAddress, Clients, HttpLayer, PeerAddress},
    listen::TrustedProxies,
};
use http_body_util::BodyExt;
use poem::{Body, Endpoint, IntoResponse, Request, Response, Result};
use tower::ServiceExt;

/// The protections around an application. Create them once: clones share the policies.
#[derive(Debug, Clone)]
pub struct Protections {
    http: HttpLayer,
    cors: CorsPolicy,
    clients: Clients,
}

impl Protections {
    /// Creates the protections from the settings.
    pub fn new(http: &Http, cors: &CorsPolicy, proxies: &TrustedProxies) -> Self {
        Self { http: http.layer(), cors: cors.clone(), clients: Clients::new(proxies) }
    }
}

/// Applies the protections: `app.around(move |app, request| protect(protections.clone(), app, request))`.
///
/// # Errors
///
/// Never: an error of the application becomes its response, so that it has the headers as well.
pub async fn protect<E: Endpoint>(protections: Protections, app: Arc<E>, mut request: Request) -> Result<Response> {
    let security = match protections.http.decide(request.original_uri(), request.headers()) {
        Admission::Refused(answer) => return Ok(carried(answer.map(|()| Body::empty()))),
        Admission::Admitted(security) => security,
    };
    let peer = request.remote_addr().as_socket_addr().map_or_else(PeerAddress::unix, |peer| PeerAddress::from(*peer));
    if let Some(client) = protections.clients.client(peer, request.headers()) {
        request.extensions_mut().insert::<ClientAddress>(client);
    }
    let mut response = match protections.cors.decide(request.method(), request.headers()) {
        Decision::Preflight(answer) => carried(answer.into_response().map(|()| Body::empty())),
        Decision::Forward(forward) => {
            let mut response = app.get_response(request).await;
            forward.apply(response.headers_mut());
            response
        }
    };
    security.apply(response.headers_mut());
    Ok(response)
}

/// Answers a health check: `get(make(move |_| health_check(health.readyz())))`.
pub async fn health_check(service: HealthService) -> Response {
    let Ok(answer) = service.oneshot(http::Request::new(())).await;
    let (head, body) = answer.into_parts();
    let Ok(body) = body.collect().await;
    carried(http::Response::from_parts(head, Body::from(body.to_bytes())))
}

fn carried(response: http::Response<Body>) -> Response {
    let (head, body) = response.into_parts();
    let mut response = body.into_response();
    response.set_status(head.status);
    *response.headers_mut() = head.headers;
    response
}
