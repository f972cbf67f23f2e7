//! The gRPC health check: <https://github.com/grpc/grpc/blob/master/doc/health-checking.md>.

mod body;
mod message;

use std::{
    convert::Infallible,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use http::{HeaderValue, Request, Response, StatusCode, header::CONTENT_TYPE};
use http_body::Body;
use tower_service::Service;

pub use self::body::GrpcHealthBody;
use self::{
    body::Watched,
    message::{Serving, service},
};
use super::Health;
use crate::{
    layers::Stop,
    web::grpc::{self, Code},
};

impl Health {
    /// Returns the service `grpc.health.v1.Health`, whose status is that of `/readyz`: `NOT_SERVING` while the database
    /// does not answer, and as soon as the service drains. It is an HTTP tower service and needs no gRPC library:
    ///
    /// ```
    /// use axum::Router;
    /// use hardened::{Tier, health::Health};
    ///
    /// let health = Health::without_database(Tier::Production).build();
    /// // With tonic: `tonic::service::Routes::new(orders).into_axum_router()` in place of `Router::new()`.
    /// let app: Router = Router::new().route_service("/grpc.health.v1.Health/{method}", health.grpc());
    /// ```
    ///
    /// A `Watch` call checks the status once a second; simultaneous calls share a check. When the service stops, the
    /// call ends after sending `NOT_SERVING`.
    #[must_use]
    pub fn grpc(&self) -> GrpcHealth {
        GrpcHealth { health: self.clone(), services: Vec::new() }
    }
}

/// Answers `Check` and `Watch` of `grpc.health.v1.Health`. See [`Health::grpc`].
#[derive(Debug, Clone)]
pub struct GrpcHealth {
    health: Health,
    services: Vec<&'static str>,
}

impl GrpcHealth {
    /// Adds a service that clients can ask for by name, such as `shop.v1.Orders`. Its status is the same as that of the
    /// empty name, which is the whole process. Other names are unknown.
    #[must_use]
    pub fn service(mut self, name: &'static str) -> Self {
        self.services.push(name);
        self
    }

    fn knows(&self, name: &str) -> bool {
        name.is_empty() || self.services.contains(&name)
    }

    async fn answer<B: Body>(self, request: Request<B>) -> Response<GrpcHealthBody> {
        let (head, body) = request.into_parts();
        if !grpc::is_call(&head.headers) {
            let mut response = Response::new(GrpcHealthBody::default());
            *response.status_mut() = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return response;
        }
        let name = match service(body).await {
            Ok(name) => name,
            Err(code) => return grpc::ended(code, "the request is not a HealthCheckRequest"),
        };
        let (is_known, stop) = (self.knows(&name), head.extensions.get::<Stop>().cloned());
        match head.uri.path().rsplit('/').next() {
            Some("Check") if is_known => begun(GrpcHealthBody::once(self.health.serving(stop.as_ref()).await)),
            Some("Check") => grpc::ended(Code::NotFound, "unknown service"),
            Some("Watch") => begun(GrpcHealthBody::watched(Watched { health: self.health, stop, is_known })),
            _ => grpc::ended(Code::Unimplemented, "unknown method"),
        }
    }
}

impl Health {
    /// Returns the status for a gRPC client: the same as that of `/readyz`.
    async fn serving(&self, stop: Option<&Stop>) -> Serving {
        let is_ready = !stop.is_some_and(Stop::is_draining) && self.is_ready().await;
        if is_ready { Serving::Yes } else { Serving::No }
    }
}

fn begun(body: GrpcHealthBody) -> Response<GrpcHealthBody> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(grpc::GRPC));
    response
}

impl<B> Service<Request<B>> for GrpcHealth
where
    B: Body<Data: Send, Error: Send> + Send + 'static,
{
    type Response = Response<GrpcHealthBody>;
    type Error = Infallible;
    type Future = GrpcHealthFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> GrpcHealthFuture {
        let service = self.clone();
        GrpcHealthFuture(Box::pin(async move { Ok(service.answer(request).await) }))
    }
}

/// The response future of a [`GrpcHealth`].
pub struct GrpcHealthFuture(Pin<Box<dyn Future<Output = Result<Response<GrpcHealthBody>, Infallible>> + Send>>);

impl Future for GrpcHealthFuture {
    type Output = Result<Response<GrpcHealthBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for GrpcHealthFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GrpcHealthFuture(..)")
    }
}
