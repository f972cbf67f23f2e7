//! Which origins can read answers.
//!
//! First what must work: each allowed origin, as a browser judges it. Then what must not: origins derived from those that
//! are allowed, under the control that the allowed one works. Where no allowed origin is known, the host of the API itself
//! is what others are derived from, the control is a plain request, and good practice is the measure.

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
