//! Judges the answer to a token that must be refused.

use hardened_core::verification::Exchange;
use http::StatusCode;
use serde_json::Value;

use crate::{
    answer::{Answer, NoAnswer},
    context::Context,
    control::Expectation,
    judge::Seen,
    outcome::Fact,
};

/// The minimum length of a body for its repetition to be significant.
const TELLING: usize = 16;

/// Returns the expectation of the control: the valid token gets a success that is not the catch-all.
pub(super) fn works(context: &Context) -> Expectation {
    let catch_all = context.found().catch_all.clone();
    Box::new(move |answer| {
        if !answer.status.is_success() {
            Err(format!("was answered with {}; is the token still valid?", answer.status.as_u16()))
        } else if catch_all.as_ref().is_some_and(|all| all.is(answer)) {
            Err("was answered like a path that does not exist".to_owned())
        } else {
            Ok(())
        }
    })
}

/// Judges whether a token was refused. `control` is the answer to the valid token. A malformed request may be answered with
/// 400 as well (RFC 6750, section 3.1).
pub(super) fn judge(
    context: &Context,
    control: &Answer,
    is_malformed: bool,
    (exchange, got): (Exchange, Result<Answer, NoAnswer>),
) -> Seen {
    let evidence = vec![exchange];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let status = answer.status.as_u16();
    let is_repeated = answer.body.len() >= TELLING && answer.body == control.body;
    if is_repeated && !answer.status.is_success() {
        return Seen::Broken(
            Fact::new("the response has the body that the valid token gets, with the status ").with(status),
            evidence,
        );
    }
    if answer.status.is_success() {
        return match other_than_success(context, control, &answer) {
            Some(what) => Seen::Unclear(format!("answered with {status}, {what}"), evidence),
            None => Seen::Broken(Fact::new("accepted with ").with(status), evidence),
        };
    }
    if context.refusals.contains(&answer.status) || is_malformed && answer.status == StatusCode::BAD_REQUEST {
        return Seen::Refused(evidence);
    }
    Seen::Unclear(
        format!("answered with {status}, which does not refuse a token unless `refused` in the profile names it"),
        evidence,
    )
}

/// Explains a success that does not grant access: a page for people, the catch-all, or an error in the body.
fn other_than_success(context: &Context, control: &Answer, answer: &Answer) -> Option<&'static str> {
    let catch_all = context.found().catch_all.as_ref();
    let has_error = |answer: &Answer| match answer.json() {
        Some(Value::Object(members)) => {
            ["error", "errors"].iter().any(|name| members.get(*name).is_some_and(|value| !value.is_null()))
        }
        _ => false,
    };
    if answer.is_html() && !control.is_html() {
        Some("with a page for people")
    } else if catch_all.is_some_and(|all| all.is(answer)) {
        Some("like a path that does not exist")
    } else if has_error(answer) && !has_error(control) {
        Some("with an error in the body")
    } else {
        None
    }
}
