//! actix-web: the decisions in a middleware function.
//!
//! actix-web has its own types for targets and headers, so the decisions are made with `decide_with`, and the headers of
//! their answers are converted by name and bytes.

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{HeaderMap, HeaderName, HeaderValue, VARY},
    },
    middleware::Next,
};
use hardened::{
    Http,
    cors::{CorsPolicy, Decision, Forward},
    health::HealthService,
    layers::{Admission, ClientAddress, Clients, HttpLayer, PeerAddress},
    listen::TrustedProxies,
};
use http_body_util::BodyExt;
use tower_service::Service;

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

/// Applies the protections: `App::new().wrap(from_fn(move |request, next| protect(protections.clone(), request, next)))`.
///
/// # Errors
///
/// The errors of the service.
pub async fn protect<B: MessageBody + 'static>(
    protections: Protections,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (uri, headers) = (request.uri(), request.headers());
    let authority = uri.authority().map(|authority| authority.as_str());
    match protections.http.decide_with(uri.path(), authority, |name| headers.get_all(name).map(HeaderValue::as_bytes)) {
        Admission::Refused(answer) => Ok(request.into_response(carried(answer.status().as_u16(), answer.headers()))),
        Admission::Admitted(security) => {
            note_client(&protections.clients, &request);
            let mut response = cors(protections.cors, request, next).await?;
            let mut headers = to_http(response.headers());
            security.apply(&mut headers);
            response.headers_mut().clear();
            append(response.headers_mut(), &headers);
            Ok(response)
        }
    }
}

/// Stores the client's address for handlers, which get it with `request.extensions().get::<ClientAddress>()`.
fn note_client(clients: &Clients, request: &ServiceRequest) {
    let peer = request.peer_addr().map_or_else(PeerAddress::unix, PeerAddress::from);
    if let Some(client) = clients.client(peer, &to_http(request.headers())) {
        request.extensions_mut().insert::<ClientAddress>(client);
    }
}

/// Applies a CORS policy, as middleware.
///
/// # Errors
///
/// The errors of the service.
pub async fn cors<B: MessageBody + 'static>(
    policy: CorsPolicy,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let headers = request.headers();
    let decision =
        policy.decide_with(request.method().as_str(), |name| headers.get_all(name).map(HeaderValue::as_bytes));
    match decision {
        Decision::Preflight(answer) => Ok(request.into_response(carried(answer.status().as_u16(), answer.headers()))),
        Decision::Forward(forward) => {
            let mut response = next.call(request).await?.map_into_boxed_body();
            apply(forward, response.headers_mut());
            Ok(response)
        }
    }
}

/// Answers a health check: `web::get().to(move || health_check(health.readyz()))`.
pub async fn health_check(mut service: HealthService) -> HttpResponse {
    let Ok(answer) = service.call(http::Request::new(())).await;
    let (head, body) = answer.into_parts();
    let Ok(body) = body.collect().await;
    carried(head.status.as_u16(), &head.headers).set_body(BoxBody::new(body.to_bytes()))
}

/// Returns the client of a request, for handlers.
pub fn client(request: &HttpRequest) -> Option<ClientAddress> {
    request.extensions().get().copied()
}

/// Applies the headers of a decision to an answer of the service.
fn apply(forward: Forward, headers: &mut HeaderMap) {
    let varies = forward.varies();
    let own: Vec<_> = headers.keys().filter(|name| Forward::removes(name.as_str())).cloned().collect();
    for name in own {
        headers.remove(name);
    }
    for (name, value) in forward.headers() {
        if let Some((name, value)) = header(&name, &value) {
            headers.insert(name, value);
        }
    }
    if varies {
        headers.append(VARY, HeaderValue::from_static("origin"));
    }
}

/// Creates a response without a body.
fn carried(status: u16, headers: &http::HeaderMap) -> HttpResponse {
    let mut response = HttpResponse::new(StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN));
    append(response.headers_mut(), headers);
    response
}

fn append(to: &mut HeaderMap, headers: &http::HeaderMap) {
    for (name, value) in headers.iter().filter_map(|(name, value)| header(name, value)) {
        to.append(name, value);
    }
}

fn header(name: &http::HeaderName, value: &http::HeaderValue) -> Option<(HeaderName, HeaderValue)> {
    Some((HeaderName::try_from(name.as_str()).ok()?, HeaderValue::from_bytes(value.as_bytes()).ok()?))
}

/// Converts headers to those of the crate `http`, which code such as a session cookie needs.
pub fn to_http(headers: &HeaderMap) -> http::HeaderMap {
    let carry = |(name, value): (&HeaderName, &HeaderValue)| {
        let name = http::HeaderName::try_from(name.as_str()).ok()?;
        Some((name, http::HeaderValue::from_bytes(value.as_bytes()).ok()?))
    };
    let mut map = http::HeaderMap::new();
    for (name, value) in headers.iter().filter_map(carry) {
        map.append(name, value);
    }
    map
}
