//! The log lines about replaced errors.

use std::{
    pin::pin,
    task::{Context, Poll},
};

use bytes::Buf;
use http::{HeaderValue, Method, Request, StatusCode, uri::PathAndQuery};
use http_body::Body;

use super::id::Id;
use crate::web::grpc;

/// The maximum number of bytes of a path or a replaced body that the log shows.
const SHOWN: usize = 1024;

/// The request that is logged. The query is in the same buffer as the path, but it is never logged: it can contain a token.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    method: Method,
    path: Option<PathAndQuery>,
    /// Whether the request is a gRPC call.
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
        match path.len() {
            ..=SHOWN => path,
            _ => (0..=SHOWN).rev().find_map(|end| path.get(..end)).unwrap_or_default(),
        }
    }
}

/// Logs a replaced error body. `?` escapes the path as Rust does, so that it cannot look like another line of the log.
pub(super) fn replaced(id: &Id, asked: &Asked, status: StatusCode) {
    let (status, method, path) = (status.as_u16(), &asked.method, asked.path());
    tracing::error!(%id, status, %method, ?path, "replaced the body of an error response");
}

/// Logs a replaced gRPC message. The status is text of the service, so it is escaped too.
pub(super) fn concealed(id: &Id, asked: &Asked, grpc_status: &HeaderValue) {
    let path = asked.path();
    tracing::error!(%id, ?grpc_status, ?path, "replaced the message of a failed call");
}

pub(super) fn panicked(id: &Id, asked: &Asked) {
    let (method, path) = (&asked.method, asked.path());
    tracing::error!(%id, status = 500, %method, ?path, "the service panicked");
}

/// Logs the start of a body, if it is available without waiting.
pub(super) fn body<B: Body>(id: &Id, body: B, context: &mut Context<'_>) {
    let body = pin!(body);
    let Poll::Ready(Some(Ok(frame))) = body.poll_frame(context) else { return };
    let Ok(mut data) = frame.into_data() else { return };
    let bytes = data.copy_to_bytes(data.remaining().min(SHOWN));
    let text = String::from_utf8_lossy(&bytes);
    tracing::error!(%id, body = ?text, "original body of a replaced error response");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_is_cut_where_a_character_ends() {
        for (path, shown) in [
            (format!("/{}", "a".repeat(1022)), 1023),
            (format!("/{}", "a".repeat(1023)), 1024),
            (format!("/{}", "a".repeat(1024)), 1024),
            (format!("/{}\u{e9}", "a".repeat(1022)), 1023),
            (format!("/{}\u{1f600}{}", "a".repeat(1020), "b".repeat(2000)), 1021),
        ] {
            let asked = Asked::of(&Request::get(&path).body(()).unwrap());
            assert_eq!(asked.path().len(), shown, "{} bytes", path.len());
            assert!(path.starts_with(asked.path()));
        }
    }
}
