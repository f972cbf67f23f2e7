//! Removes the text of server errors from gRPC calls.

use http::{HeaderMap, Response, StatusCode};

use super::{
    id::Id,
    log::{self, Asked},
};
use crate::web::grpc::{self, Code};

/// The codes whose message is replaced: handlers return them for errors that they did not expect.
const CONCEALED: [Code; 3] = [Code::Unknown, Code::Internal, Code::DataLoss];

/// Returns the response that ends a call with a server error.
pub(super) fn ended<B: Default>(status: StatusCode, id: &Id) -> Response<B> {
    grpc::ended(Code::of(status), &message(status, id))
}

/// Replaces the message of a server error in the headers or trailers that end a call.
pub(super) fn conceal(end: &mut HeaderMap, asked: &Asked) {
    let Some(status) = end.get(grpc::STATUS) else { return };
    if !CONCEALED.iter().any(|code| *status == code.value()) {
        return;
    }
    let id = Id::new();
    log::concealed(&id, asked, status);
    end.remove("grpc-status-details-bin");
    grpc::set_message(end, &message(StatusCode::INTERNAL_SERVER_ERROR, &id));
}

fn message(status: StatusCode, id: &Id) -> String {
    format!("{}, {id}", status.canonical_reason().unwrap_or("Server Error"))
}
