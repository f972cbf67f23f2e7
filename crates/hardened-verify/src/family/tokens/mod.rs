//! The family `tokens`: which tokens are accepted.
//!
//! The control is a request for a protected route with a valid token, before and after. In between, the same request is
//! sent without a token and with bad ones: first those that need no knowledge of the token, then forged JSON Web Tokens,
//! then, with a signing key, tokens that only the issuer can make. Failures with the same cause are reported once.

mod causes;
mod checks;
mod forgeries;
mod judge;
mod offline;
mod plain;
mod send;
mod signed;

use http::StatusCode;

pub(super) use self::checks::ALL;
use self::{
    causes::{Case, named, one_cause_once},
    checks::{JUNK, MISSING, TAMPERED},
    judge::works,
};
use crate::{
    check::{Check, Family},
    context::Context,
    control::{Batch, Control},
    credentials::{Carrier, User},
    forge::Token,
    outcome::{Outcome, Verdict},
    request::Request,
};

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let (route, carriers) = match subject(context) {
        Ok(subject) => subject,
        Err(reason) => return ALL.iter().map(|check| skipped(check, &reason)).collect(),
    };
    match open(context, &route, carriers).await {
        Ok(Subject { route, carrier, batch }) => with_control(context, &route, &carrier, batch).await,
        Err((carrier, reason)) => {
            let token = carrier.and_then(|carrier| Token::parse(&carrier.token));
            without_control(context, &route, token.as_ref(), &reason).await
        }
    }
}

/// The subject of the checks: a route, the header whose token is replaced, and the batch that the control opened.
struct Subject<'c> {
    route: Request,
    carrier: Carrier,
    batch: Batch<'c>,
}

/// Opens a batch with the first header whose token is accepted. If there is none, returns the first header and the reason.
async fn open<'c>(
    context: &'c Context,
    route: &Request,
    carriers: Vec<Carrier>,
) -> Result<Subject<'c>, (Option<Carrier>, String)> {
    let mut first = None;
    for carrier in carriers {
        let route = carrier.without_token(route.clone());
        let Some(control) = carrier.on(route.clone(), &carrier.token, User::A.who()) else { continue };
        match context.batch(Family::Tokens, control, works(context)).await {
            Ok(batch) => return Ok(Subject { route, carrier, batch }),
            Err(reason) => first = first.or(Some((Some(carrier), reason))),
        }
    }
    Err(first.unwrap_or_else(|| (None, "the token cannot be sent".to_owned())))
}

async fn with_control(context: &Context, route: &Request, carrier: &Carrier, batch: Batch<'_>) -> Vec<Outcome> {
    let token = Token::parse(&carrier.token);
    let mut outcomes = Vec::new();
    let mut cases = plain::run(context, &batch, route, carrier, &mut outcomes).await;
    let is_closed = !cases.iter().any(|case| [MISSING.0, JUNK.0].contains(&case.check.0) && case.is_broken());
    if let Some(token) = token.as_ref().filter(|_| is_closed) {
        cases.extend(forgeries::run(context, &batch, route, carrier, token).await);
    }
    let before = batch.before().clone();
    let control = batch.close().await;
    let mut by_issuer = Err(String::new());
    if let Some(token) = &token {
        outcomes.extend(offline::run(context, token, Some(&before), &control).await);
        if is_closed {
            by_issuer = signed::run(context, route, carrier, token, &mut cases, &mut outcomes).await;
        }
    }
    outcomes.extend(judged(cases, &control, &by_issuer));
    finished(context, outcomes, token.as_ref(), is_closed)
}

/// Returns the route and the headers to try.
fn subject(context: &Context) -> Result<(Request, Vec<Carrier>), String> {
    let route = context.protected()?;
    let carriers = context.credentials.get(User::A)?.carriers();
    if carriers.is_empty() {
        return Err("the credential is not a text in which a token can be replaced".to_owned());
    }
    Ok((route.expects(StatusCode::OK), carriers))
}

fn judged(cases: Vec<Case>, control: &Result<Control, String>, by_issuer: &Result<Control, String>) -> Vec<Outcome> {
    let (cases, explained) = one_cause_once(cases);
    let judged = cases.into_iter().map(|case| {
        let control = if case.is_by_issuer { by_issuer } else { control };
        named(case.check.judged(case.seen, control), case.name)
    });
    judged.chain(explained).collect()
}

/// Runs the checks that work without a control: nothing passes, but a published key is still found.
async fn without_control(context: &Context, route: &Request, token: Option<&Token>, reason: &str) -> Vec<Outcome> {
    let control = Err(reason.to_owned());
    let mut outcomes = vec![plain::alone(context, route, reason).await];
    if let Some(token) = token {
        outcomes.extend(offline::run(context, token, None, &control).await);
    }
    for check in ALL {
        if !outcomes.iter().any(|outcome| outcome.check() == *check) {
            outcomes.push(unclear(check, reason));
        }
    }
    outcomes
}

/// Adds the checks that have no outcome yet as skipped, with the reason.
fn finished(context: &Context, mut outcomes: Vec<Outcome>, token: Option<&Token>, is_closed: bool) -> Vec<Outcome> {
    let is_tampered = outcomes
        .iter()
        .any(|outcome| *outcome.check() == *TAMPERED.0 && matches!(outcome.verdict(), Verdict::Fail { .. }));
    for check in ALL {
        if outcomes.iter().any(|outcome| outcome.check() == *check) {
            continue;
        }
        let reason = match token {
            None => "the token is not a JSON Web Token",
            Some(_) if !is_closed || is_tampered => "not tried, because other checks of this family failed",
            Some(_) if context.signing_key.is_some() => {
                "no requests are left after the tokens of the signing key; raise --max-requests"
            }
            Some(_) => "it does not apply to this token, or no requests are left; raise --max-requests",
        };
        outcomes.push(skipped(check, reason));
    }
    outcomes
}

fn skipped(check: &'static Check, reason: &str) -> Outcome {
    Outcome::new(check, Verdict::Skipped { reason: reason.to_owned() })
}

fn unclear(check: &'static Check, reason: &str) -> Outcome {
    Outcome::new(check, Verdict::Inconclusive { reason: reason.to_owned(), evidence: Vec::new() })
}
