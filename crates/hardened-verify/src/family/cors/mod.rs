//! The family `cors`: which origins can read answers.
//!
//! First come positive checks: each allowed origin must work, as a browser judges it. Then negative checks: origins derived
//! from the allowed ones must not work, with an allowed one as the control. If no allowed origin is known, origins are
//! derived from the host of the API itself, the control is a plain request, and good practice replaces the policy.

mod allowed;
mod browser;
mod bypass;
mod checks;
mod foreign;
mod place;
mod preflight;

pub(super) use self::checks::ALL;
use self::{
    checks::{
        ALLOWED, ANY, CASE, CREDENTIALS, EXPOSED, FOREIGN, MAX_AGE, PREFLIGHT, PRIVATE, REFLECTED, SHARED, SPELLING,
        VARY,
    },
    place::{Place, UNKNOWN},
};
use crate::{context::Context, outcome::Outcome};

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let place = match Place::find(context) {
        Ok(place) => place,
        Err(reason) => return nowhere(&reason),
    };
    let policy = context.policy.as_ref();
    let mut outcomes = match policy {
        Some(policy) => allowed::run(context, policy, &place).await,
        None => Vec::from([ALLOWED, PREFLIGHT, CREDENTIALS, EXPOSED, MAX_AGE].map(|check| check.skipped(UNKNOWN))),
    };
    outcomes.extend(foreign::run(context, policy, &place).await);
    outcomes.extend(preflight::run(context, policy, &place).await);
    outcomes
}

fn nowhere(reason: &str) -> Vec<Outcome> {
    let positive =
        [ALLOWED, PREFLIGHT, CREDENTIALS, EXPOSED, MAX_AGE, VARY].map(|check| check.unclear(reason, Vec::new()));
    let negative =
        [FOREIGN, SPELLING, CASE, ANY, REFLECTED, PRIVATE, SHARED].map(|check| check.unclear(reason, Vec::new()));
    positive.into_iter().chain(negative).collect()
}
