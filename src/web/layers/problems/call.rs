//! Errors of the server that a call of gRPC ends with, without their text.

use http::{HeaderMap, Response, StatusCode};

use super::{
    id::Id,
    log::{self, Asked},
};
use crate::web::grpc::{self, Code};

/// Whose text is the server's own: what a handler makes of an error that it did not expect.
const CONCEALED: [Code; 3] = [Code::Unknown, Code::Internal, Code::DataLoss];

/// An answer of the server that is an error, as the end of the call.
pub(super) fn ended<B: Default>(status: StatusCode, id: &Id) -> Response<B> {
    grpc::ended(Code::of(status), &message(status, id))
}

/// Replaces the message of a call that the server failed, among the headers or trailers that end it.
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
