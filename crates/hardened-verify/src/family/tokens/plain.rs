//! Checks that need no knowledge of the token: no token, junk, another scheme, another place.

use http::{StatusCode, header};

use super::{
    causes::Case,
    checks::{CHALLENGE, JUNK, MISSING, QUERY, SCHEME, STATUS},
    judge::judge,
    send::{FORGED, refused},
};
use crate::{
    answer::{Answer, NoAnswer},
    check::Family,
    context::Context,
    control::Batch,
    credentials::{Carrier, User},
    forge::Token,
    outcome::{Fact, Outcome},
    request::Request,
};
use hardened_core::verification::Exchange;

/// Sends the requests and returns the cases. Checks that are not about a refusal are added to the outcomes.
pub(super) async fn run(
    context: &Context,
    batch: &Batch<'_>,
    route: &Request,
    carrier: &Carrier,
    outcomes: &mut Vec<Outcome>,
) -> Vec<Case> {
    let (exchange, got) = batch.probe(route.clone().expects(StatusCode::UNAUTHORIZED)).await;
    outcomes.push(status(context, carrier, &exchange, &got));
    outcomes.push(challenge(context, carrier, &exchange, &got));
    let seen = judge(context, &batch.answer, false, (exchange, got));
    let missing = Case { check: MISSING, name: String::new(), is_by_issuer: false, seen };
    if missing.is_broken() {
        let reason = "the route needs no token; see tokens-missing";
        outcomes.extend([JUNK, SCHEME, QUERY].map(|check| check.skipped(reason)));
        return vec![missing];
    }
    let mut cases = vec![missing];
    let mut texts = vec![("junk", context.nonce().to_owned()), ("an empty token", String::new())];
    if Token::parse(&carrier.token).is_none() {
        texts.push(("another last letter", changed(&carrier.token, 1)));
    }
    for (name, text) in texts {
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
            outcomes.push(QUERY.skipped("it would write the token into URL logs; use --deep"));
        }
    } else {
        let reason = "the credential is not a bearer token";
        outcomes.extend([SCHEME, QUERY].map(|check| check.skipped(reason)));
    }
    cases
}

/// Sends the request without a token if the valid token does not work. The result is inconclusive.
pub(super) async fn alone(context: &Context, route: &Request, reason: &str) -> Outcome {
    let (exchange, got) = context.send(Family::Tokens, route.clone().expects(StatusCode::UNAUTHORIZED)).await;
    match got {
        Ok(_) => MISSING.unclear(reason, vec![exchange]),
        Err(no_answer) => MISSING.unclear(no_answer.to_string(), vec![exchange]),
    }
}

/// Changes the letter of a token at this position from its end.
pub(super) fn changed(token: &str, place: usize) -> String {
    let at = token.char_indices().rev().nth(place - 1).map_or(0, |(at, _)| at);
    let mut letters = token.get(at..).unwrap_or_default().chars();
    let other = if letters.next() == Some('A') { 'B' } else { 'A' };
    format!("{}{other}{}", token.get(..at).unwrap_or_default(), letters.as_str())
}

/// Judges whether the refusal has the status that the contract names.
fn status(context: &Context, carrier: &Carrier, exchange: &Exchange, got: &Result<Answer, NoAnswer>) -> Outcome {
    let evidence = vec![exchange.clone()];
    match got {
        Err(reason) => STATUS.unclear(reason.to_string(), evidence),
        Ok(answer) if context.refusals.contains(&answer.status) => STATUS.shown(evidence),
        Ok(answer) => match answer.status {
            // 401 names an authentication scheme, and cookies do not have one.
            StatusCode::FORBIDDEN if !carrier.is_authorization() => STATUS.skipped(
                "a request without a session is answered with 403, which is acceptable where sessions are cookies",
            ),
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
        // This is the actual status, not the meaning of a GraphQL answer.
        Ok(_) if exchange.got.status != Some(401) && !context.prober.is_rehearsal() => {
            CHALLENGE.skipped("no 401 response was seen")
        }
        Ok(answer) if answer.headers.contains_key(header::WWW_AUTHENTICATE) => CHALLENGE.shown(evidence),
        Ok(_) => CHALLENGE.failed("the 401 response has no `WWW-Authenticate`", evidence),
    }
}
