//! Which tokens are accepted.
//!
//! A valid token opens a protected route, before and after. Between, the same request is sent without it, and with tokens
//! that nobody issued: first what needs no knowledge of the token, then forgeries of a JSON Web Token, then, with a signing
//! key, what only the issuer can make. What one cause explains is reported once.

mod causes;
mod checks;
mod forgeries;
mod judge;
mod offline;
mod plain;
mod signed;

use hardened_core::verification::Exchange;
use http::StatusCode;

pub(super) use self::checks::ALL;
use self::{
    causes::{Case, one_cause_once},
    judge::{judge, works},
};
use crate::{
    check::{Check, Family},
    context::Context,
    control::{Batch, Control},
    credentials::{Carrier, User},
    forge::Token,
    judge::Negative,
    outcome::{Outcome, Verdict},
    request::Request,
};

/// What the evidence says instead of a forged token.
const FORGED: &str = "a forged token";

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let (route, carrier) = match subject(context) {
        Ok(subject) => subject,
        Err(reason) => return ALL.iter().map(|check| skipped(check, &reason)).collect(),
    };
    let token = Token::parse(&carrier.token);
    let mut outcomes = Vec::new();
    if let Some(token) = &token {
        outcomes.extend(signed::run(context, &route, &carrier, token).await);
    }
    let control = carrier.on(route.clone(), &carrier.token, User::A.who());
    let Some(control) = control else {
        return ALL.iter().map(|check| skipped(check, "the token cannot be sent")).collect();
    };
    let batch = match context.batch(Family::Tokens, control, works(context)).await {
        Ok(batch) => batch,
        Err(reason) => {
            outcomes.extend(without_control(context, &route, token.as_ref(), &reason).await);
            return finished(outcomes, token.as_ref());
        }
    };
    let mut cases = plain::run(context, &batch, &route, &carrier, &mut outcomes).await;
    if let Some(token) = &token
        && !cases.iter().any(Case::is_broken)
    {
        cases.extend(forgeries::run(context, &batch, &route, &carrier, token).await);
    }
    let before = batch.before().clone();
    let control = batch.close().await;
    if let Some(token) = &token {
        outcomes.extend(offline::run(context, token, Some(&before), &control).await);
    }
    outcomes.extend(judged(cases, &control));
    finished(outcomes, token.as_ref())
}

/// The route and the token that are tried.
fn subject(context: &Context) -> Result<(Request, Carrier), String> {
    let route = context.protected()?;
    let credential = context.credentials.of(User::A).ok_or("no token is given; name one in the profile")?;
    let carrier = credential.carrier().ok_or("the credential is no text that a token could be exchanged in")?;
    Ok((route.expects(StatusCode::OK), carrier))
}

fn judged(cases: Vec<Case>, control: &Result<Control, String>) -> Vec<Outcome> {
    let (cases, explained) = one_cause_once(cases);
    let judged = cases.into_iter().map(|case| {
        let outcome = case.check.judged(case.seen, control);
        if case.name.is_empty() { outcome } else { outcome.case(case.name) }
    });
    judged.chain(explained).collect()
}

/// Without a control nothing passes; an open route and a published key are still found.
async fn without_control(context: &Context, route: &Request, token: Option<&Token>, reason: &str) -> Vec<Outcome> {
    let control = Err(reason.to_owned());
    match token {
        Some(token) => offline::run(context, token, None, &control).await,
        None => Vec::new(),
    }
    .into_iter()
    .chain(plain::MISSING_CHECKS.iter().map(|check| unclear(check, reason)))
    .chain(std::iter::once(plain::alone(context, route, &control).await))
    .collect()
}

/// Adds the checks that said nothing, with the reason.
fn finished(mut outcomes: Vec<Outcome>, token: Option<&Token>) -> Vec<Outcome> {
    for check in ALL {
        if outcomes.iter().any(|outcome| outcome.check() == *check) {
            continue;
        }
        let reason = match token {
            None => "the token is not a JSON Web Token",
            Some(_) => "what it asks is answered by another check of this family",
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

/// Sends a request of a batch that must be refused.
async fn refused(context: &Context, batch: &Batch<'_>, check: Negative, name: &str, request: Request) -> Case {
    let is_malformed = matches!(check.0.id(), "tokens-junk" | "tokens-scheme" | "tokens-query");
    let got = batch.probe(request.expects(StatusCode::UNAUTHORIZED)).await;
    Case { check, name: name.to_owned(), seen: judge(context, &batch.answer, is_malformed, got) }
}

/// What a batch saw first.
type Before<'a> = Option<&'a Exchange>;
