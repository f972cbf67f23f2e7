//! What needs no knowledge of the token: none, junk, another scheme, another place.

use http::{StatusCode, header};

use super::{
    FORGED,
    causes::Case,
    checks::{CHALLENGE, JUNK, MISSING, QUERY, SCHEME, STATUS},
    judge, refused,
};
use crate::{
    answer::{Answer, NoAnswer},
    check::{Check, Family},
    context::Context,
    control::{Batch, Control},
    credentials::{Carrier, User},
    forge::Token,
    judge::Seen,
    outcome::{Fact, Outcome},
    request::Request,
};
use hardened_core::verification::Exchange;

/// The checks of this file but for the one of an open route.
pub(super) const MISSING_CHECKS: &[&Check] = &[JUNK.0, SCHEME.0, QUERY.0, STATUS.0, CHALLENGE.0];

/// Sends them; what is not about a refusal goes to the outcomes.
pub(super) async fn run(
    context: &Context,
    batch: &Batch<'_>,
    route: &Request,
    carrier: &Carrier,
    outcomes: &mut Vec<Outcome>,
) -> Vec<Case> {
    let (exchange, got) = batch.probe(route.clone().expects(StatusCode::UNAUTHORIZED)).await;
    outcomes.push(status(context, &exchange, &got));
    outcomes.push(challenge(context, carrier, &exchange, &got));
    let seen = judge(context, &batch.answer, false, (exchange, got));
    let missing = Case { check: MISSING, name: String::new(), seen };
    if missing.is_broken() {
        let reason = "the route needs no token; see tokens-missing";
        outcomes.extend([JUNK, SCHEME, QUERY].map(|check| check.skipped(reason)));
        return vec![missing];
    }
    let mut cases = vec![missing];
    for (name, text) in [
        ("junk", context.nonce().to_owned()),
        ("an empty token", String::new()),
        ("another last letter", changed(carrier)),
    ] {
        if let Some(request) = carrier.on(route.clone(), &text, FORGED) {
            cases.push(refused(context, batch, JUNK, name, request).await);
        }
    }
    if carrier.is_bearer() {
        if let Some(request) = carrier.under(route.clone(), "Basic", User::A.who()) {
            cases.push(refused(context, batch, SCHEME, "Basic", request).await);
        }
        if context.target.is_loopback() || context.deep {
            let request = route.clone().secret_parameter("access_token", &carrier.token, User::A.who());
            cases.push(refused(context, batch, QUERY, "access_token", request).await);
        } else {
            outcomes.push(QUERY.skipped("it would write the token into logs of URLs; use --deep"));
        }
    } else {
        let reason = "the credential is not a bearer token";
        outcomes.extend([SCHEME, QUERY].map(|check| check.skipped(reason)));
    }
    cases
}

/// Whether the route is open, where the valid token is of no use.
pub(super) async fn alone(context: &Context, route: &Request, control: &Result<Control, String>) -> Outcome {
    let (exchange, got) = context.send(Family::Tokens, route.clone().expects(StatusCode::UNAUTHORIZED)).await;
    let reason = control.as_ref().err().cloned().unwrap_or_default();
    let evidence = vec![exchange];
    match got {
        // A success without a token may be that of every path; only the control tells.
        Ok(_) => MISSING.judged(Seen::Unclear(reason, evidence), control),
        Err(reason) => MISSING.unclear(reason.to_string(), evidence),
    }
}

/// The token with another last letter: in the middle of the signature of a JSON Web Token, whose last letter has bits that
/// do not count.
fn changed(carrier: &Carrier) -> String {
    let token = &carrier.token;
    let tail = if Token::parse(token).is_some() { 8 } else { 1 };
    let at = token.char_indices().rev().nth(tail - 1).map_or(0, |(at, _)| at);
    let mut letters = token.get(at..).unwrap_or_default().chars();
    let other = if letters.next() == Some('A') { 'B' } else { 'A' };
    format!("{}{other}{}", token.get(..at).unwrap_or_default(), letters.as_str())
}

/// Whether the refusal has the status that the contract names.
fn status(context: &Context, exchange: &Exchange, got: &Result<Answer, NoAnswer>) -> Outcome {
    let evidence = vec![exchange.clone()];
    match got {
        Err(reason) => STATUS.unclear(reason.to_string(), evidence),
        Ok(answer) if context.refusals.contains(&answer.status) => STATUS.shown(evidence),
        Ok(answer) => match answer.status {
            StatusCode::FORBIDDEN | StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => STATUS.failed(
                Fact::new("a request without a token is answered with ").with(answer.status.as_u16()),
                evidence,
            ),
            status if status.is_success() => STATUS.skipped("nothing was refused; see tokens-missing"),
            status => {
                STATUS.unclear(format!("a request without a token is answered with {}", status.as_u16()), evidence)
            }
        },
    }
}

fn challenge(context: &Context, carrier: &Carrier, exchange: &Exchange, got: &Result<Answer, NoAnswer>) -> Outcome {
    let evidence = vec![exchange.clone()];
    match got {
        Err(reason) => CHALLENGE.unclear(reason.to_string(), evidence),
        Ok(_) if !carrier.is_bearer() => CHALLENGE.skipped("the credential is not a bearer token"),
        Ok(answer) if answer.status != StatusCode::UNAUTHORIZED && !context.prober.is_rehearsal() => {
            CHALLENGE.skipped("no answer with 401 was seen")
        }
        Ok(answer) if answer.headers.contains_key(header::WWW_AUTHENTICATE) => CHALLENGE.shown(evidence),
        Ok(_) => CHALLENGE.failed("the answer with 401 has no `WWW-Authenticate`", evidence),
    }
}
