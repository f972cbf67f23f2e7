//! What the log has about an error.

use std::{
    pin::pin,
    task::{Context, Poll},
};

use bytes::Buf;
use http::{HeaderValue, Method, Request, StatusCode, uri::PathAndQuery};
use http_body::Body;

use super::id::Id;
use crate::web::grpc;

/// The most bytes of a path or of a replaced body that the log shows.
const SHOWN: usize = 1024;

/// What was asked for. The query is kept, for the two share their memory, and never shown: it can hold a token.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    method: Method,
    path: Option<PathAndQuery>,
    /// Whether it is a call of gRPC.
    pub(super) is_call: bool,
}

impl Asked {
    pub(super) fn of<Q>(request: &Request<Q>) -> Self {
        Self {
            method: request.method().clone(),
            path: request.uri().path_and_query().cloned(),
            is_call: grpc::calls(request),
        }
    }

    fn path(&self) -> &str {
        let path = self.path.as_ref().map_or("", PathAndQuery::path);
        path.get(..SHOWN).unwrap_or(path)
    }
}

/// `?` writes with the escapes of Rust, so that nothing in a path looks like a line of the log.
pub(super) fn replaced(id: &Id, asked: &Asked, status: StatusCode) {
    let (status, method, path) = (status.as_u16(), &asked.method, asked.path());
    tracing::error!(%id, status, %method, ?path, "replaced the body of an error response");
}

/// The status of a call is the service's own text, so it is written with escapes as well.
pub(super) fn concealed(id: &Id, asked: &Asked, grpc_status: &HeaderValue) {
    let path = asked.path();
    tracing::error!(%id, ?grpc_status, ?path, "replaced the message of a failed call");
}

pub(super) fn panicked(id: &Id, asked: &Asked) {
    let (method, path) = (&asked.method, asked.path());
    tracing::error!(%id, status = 500, %method, ?path, "the service panicked");
}

/// Logs the beginning of a body that is there already; one that would have to be waited for is not read.
pub(super) fn body<B: Body>(id: &Id, body: B, context: &mut Context<'_>) {
    let body = pin!(body);
    let Poll::Ready(Some(Ok(frame))) = body.poll_frame(context) else { return };
    let Ok(mut data) = frame.into_data() else { return };
    let bytes = data.copy_to_bytes(data.remaining().min(SHOWN));
    let text = String::from_utf8_lossy(&bytes);
    tracing::error!(%id, body = ?text, "original body of a replaced error response");
}
