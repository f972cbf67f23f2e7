//! The response to a request that the service does not see.

use http::{Request, Response, StatusCode};

use crate::web::grpc::{self, Code};

/// A refusal: a response with a status and no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refused {
    status: StatusCode,
    is_call: bool,
}

impl Refused {
    /// Creates the refusal of a request.
    pub(super) fn new<Q>(status: StatusCode, request: &Request<Q>) -> Self {
        Self { status, is_call: grpc::calls(request) }
    }

    /// Creates a refusal for a caller that does not have the request.
    pub(super) fn with(status: StatusCode, is_call: bool) -> Self {
        Self { status, is_call }
    }

    pub(super) fn response<B: Default>(self) -> Response<B> {
        if self.is_call {
            return grpc::ended(Code::of(self.status), self.status.canonical_reason().unwrap_or_default());
        }
        let mut response = Response::new(B::default());
        *response.status_mut() = self.status;
        response
    }
}
