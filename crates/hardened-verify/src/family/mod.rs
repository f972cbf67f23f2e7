//! The families of checks, each in its own module.

mod cookies;
mod cors;
mod docs;
mod drift;
mod errors;
mod exposure;
mod forwarded;
mod headers;
mod health;
mod hosts;
mod isolation;
mod reach;
mod tls;
mod tokens;

use std::panic::AssertUnwindSafe;

use futures_util::{FutureExt, future::join_all};

use crate::{
    check::{Check, Family},
    context::Context,
    ledger::Write,
    outcome::{Outcome, Verdict},
    prepare,
    progress::Progress,
};

/// Returns every check of a family.
pub(crate) const fn checks(family: Family) -> &'static [&'static Check] {
    match family {
        Family::Reach => reach::ALL,
        Family::Tls => tls::ALL,
        Family::Health => health::ALL,
        Family::Cors => cors::ALL,
        Family::Tokens => tokens::ALL,
        Family::Docs => docs::ALL,
        Family::Exposure => exposure::ALL,
        Family::Isolation => isolation::ALL,
        Family::Headers => headers::ALL,
        Family::Errors => errors::ALL,
        Family::Hosts => hosts::ALL,
        Family::Drift => drift::ALL,
    }
}

/// Runs the families: first `reach`, which finds out about the target, then most others at the same time, then those that
/// search paths with the requests that are left, then those that judge the earlier answers.
pub(crate) async fn run(context: &mut Context, families: &[Family]) -> Vec<Outcome> {
    let mut outcomes = one(context, Family::Reach).await;
    if !families.contains(&Family::Reach) {
        outcomes.clear();
    }
    prepare::run(context, families).await;
    let context = &*context;
    let looks_back = |family: &Family| matches!(family, Family::Headers | Family::Drift);
    let others = families.iter().filter(|family| **family != Family::Reach);
    let (last, others): (Vec<&Family>, Vec<&Family>) = others.partition(|family| looks_back(family));
    let (searches, others): (Vec<&Family>, Vec<&Family>) =
        others.into_iter().partition(|family| SEARCHES.contains(family));
    outcomes.extend(join_all(others.into_iter().map(|family| one(context, *family))).await.into_iter().flatten());
    lend_to_searches(context);
    outcomes.extend(join_all(searches.into_iter().map(|family| one(context, *family))).await.into_iter().flatten());
    for family in last {
        outcomes.extend(one(context, *family).await);
    }
    outcomes.sort_by_key(|outcome| outcome.check().family());
    outcomes
}

/// The families that try paths, as many as the budget allows.
const SEARCHES: [Family; 2] = [Family::Docs, Family::Exposure];

/// How many further paths each of them knows.
const FURTHER_PATHS: [u32; 2] = [34, 22];

/// The number of requests that are reserved for the later families.
const LATER: u32 = 12;

/// Gives the requests that are left to the families that search paths, unless an item must still be removed. The requests
/// to remove accounts are reserved separately.
fn lend_to_searches(context: &Context) {
    if context.ledger.open().iter().any(|(_, entry)| matches!(entry.write, Write::Item(_))) {
        return;
    }
    let budget = context.prober.budget();
    let is_done = |family: &&Family| !SEARCHES.contains(family) && !matches!(family, Family::Headers | Family::Drift);
    let left = |family: &Family| budget.left(*family);
    let mut spare = Family::ALL.iter().filter(is_done).map(left).sum::<u32>().saturating_sub(LATER);
    for (to, further) in SEARCHES.into_iter().zip(FURTHER_PATHS) {
        let mut needed = further.min(spare);
        for from in Family::ALL.iter().filter(is_done) {
            let lent = budget.lend(*from, to, needed.min(left(from)));
            needed -= lent;
            spare -= lent;
        }
    }
}

/// Runs one family. Checks that have no outcome afterwards, for example because the family panicked, are inconclusive.
async fn one(context: &Context, family: Family) -> Vec<Outcome> {
    let running = AssertUnwindSafe(dispatch(context, family)).catch_unwind().await;
    let mut outcomes = running.unwrap_or_default();
    outcomes.retain(|outcome| !context.unasked.contains(outcome.check().id()));
    for check in checks(family) {
        if context.unasked.contains(check.id()) {
            outcomes.push(Outcome::new(check, Verdict::Skipped { reason: "it was excluded".to_owned() }));
            continue;
        }
        if !outcomes.iter().any(|outcome| outcome.check() == *check) {
            outcomes.push(unreached(check, "the run ended before this check"));
        }
    }
    context.observer.tell(&Progress::Ended(family, &outcomes));
    outcomes
}

async fn dispatch(context: &Context, family: Family) -> Vec<Outcome> {
    match family {
        Family::Reach => reach::run(context).await,
        Family::Tls => tls::run(context).await,
        Family::Health => health::run(context).await,
        Family::Cors => cors::run(context).await,
        Family::Tokens => tokens::run(context).await,
        Family::Docs => docs::run(context).await,
        Family::Exposure => exposure::run(context).await,
        Family::Isolation => isolation::run(context).await,
        Family::Headers => headers::run(context).await,
        Family::Errors => errors::run(context).await,
        Family::Hosts => hosts::run(context).await,
        Family::Drift => drift::run(context).await,
    }
}

/// Returns the outcomes of a run that could not start.
pub(crate) fn none(families: &[Family], reason: &str) -> Vec<Outcome> {
    families.iter().flat_map(|family| checks(*family)).map(|check| unreached(check, reason)).collect()
}

fn unreached(check: &'static Check, reason: &str) -> Outcome {
    Outcome::new(check, Verdict::Inconclusive { reason: reason.to_owned(), evidence: Vec::new() })
}

impl Family {
    /// Returns every check of the family.
    #[must_use]
    pub const fn checks(self) -> &'static [&'static Check] {
        checks(self)
    }
}
