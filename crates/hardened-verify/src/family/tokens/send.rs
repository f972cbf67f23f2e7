//! Sends requests that must be refused.

use http::StatusCode;

use super::{causes::Case, judge::judge};
use crate::{context::Context, control::Batch, judge::Negative, request::Request};

/// The text that replaces a forged token in the evidence.
pub(super) const FORGED: &str = "a forged token";

/// Sends a request of a batch that must be refused.
pub(super) async fn refused(
    context: &Context,
    batch: &Batch<'_>,
    check: Negative,
    name: &str,
    request: Request,
) -> Case {
    let is_malformed = matches!(check.0.id(), "tokens-junk" | "tokens-scheme" | "tokens-query");
    let got = batch.probe(request.expects(StatusCode::UNAUTHORIZED)).await;
    Case { check, name: name.to_owned(), is_by_issuer: false, seen: judge(context, &batch.answer, is_malformed, got) }
}
