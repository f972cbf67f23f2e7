//! The trait of the services that can be served.

use std::future::Future;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::{request_body::RequestBody, response_body::BoxError};

/// A service that `serve` can run: any tower service for HTTP requests that can be cloned, such as an `axum::Router`.
///
/// ```
/// use hardened::serve::App;
///
/// fn is_app(_: impl App) {}
/// is_app(axum::Router::new());
/// ```
pub trait App:
    Service<
        Request<RequestBody>,
        Response = Response<Self::Body>,
        Error: Into<BoxError> + Send + Sync,
        Future: Future<Output = Result<Response<Self::Body>, Self::Error>> + Send,
    > + Clone
    + Send
    + 'static
{
    /// The response body.
    type Body: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static;
}

impl<S, B> App for S
where
    S: Service<
            Request<RequestBody>,
            Response = Response<B>,
            Error: Into<BoxError> + Send + Sync,
            Future: Future<Output = Result<Response<B>, S::Error>> + Send,
        > + Clone
        + Send
        + 'static,
    B: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    type Body = B;
}
