//! Checks whether a user can tell an item of the other user from one that does not exist.

use http::StatusCode;

use super::{
    actor::Actor,
    nothing::{Nothing, is_same, leaves, like, missing},
    reads::{self, is_refusal},
};
use crate::{
    answer::{Answer, NoAnswer},
    control::Probe,
    judge::Seen,
    outcome::Fact,
};

/// Compares the answer for the item of the other user with that for an item that does not exist.
pub(super) async fn judge(actor: &Actor<'_>, owner: &Actor<'_>, theirs: &Probe, nothing: &Nothing) -> Seen {
    let (made_up, (exchange, got)) = (&nothing.made_up, &nothing.probe);
    let evidence = vec![theirs.0.clone(), exchange.clone()];
    let (theirs, missing_one) = match (&theirs.1, got) {
        (Ok(theirs), Ok(missing)) => (theirs, missing),
        (Err(reason), _) => return Seen::Unclear(reason.to_string(), evidence),
        (_, Err(reason)) => return Seen::Unclear(reason.to_string(), evidence),
    };
    if actor.context.prober.is_rehearsal() {
        return Seen::Refused(evidence);
    }
    let is_refused = is_refusal(theirs.status) || nothing.is_like(theirs, &owner.id);
    if !is_refused || owner.wrote(theirs) {
        return Seen::Unclear("the item is not refused; see isolation-read".to_owned(), evidence);
    }
    let (there, nowhere) = (theirs.status.as_u16(), missing_one.status.as_u16());
    if there == nowhere {
        if is_same(theirs, &owner.id, missing_one, made_up) {
            return Seen::Refused(evidence);
        }
        return again(actor, owner, (theirs, missing_one), made_up, evidence).await;
    }
    if matches!(missing_one.status, StatusCode::NOT_FOUND | StatusCode::GONE) {
        let fact = Fact::new("the item of ").with(owner.who()).with(" is answered with ").with(there);
        return Seen::Broken(fact.with(", and one that does not exist with ").with(nowhere), evidence);
    }
    Seen::Unclear(
        format!("an item that does not exist is answered with {nowhere}, so nothing can be compared"),
        evidence,
    )
}

/// Repeats both requests if the bodies differ, because times and request numbers differ in every answer.
async fn again(
    actor: &Actor<'_>,
    owner: &Actor<'_>,
    (theirs, missing_one): (&Answer, &Answer),
    made_up: &str,
    mut evidence: Vec<hardened_core::verification::Exchange>,
) -> Seen {
    let Ok(other) = like(&owner.id) else { return Seen::Unclear("no random bytes".to_owned(), evidence) };
    let probes = [reads::item(actor, owner).await, missing(actor, owner, &other).await];
    let [theirs_again, missing_again] = probes.map(|(exchange, got): (_, Result<Answer, NoAnswer>)| {
        evidence.push(exchange);
        got.ok()
    });
    let (Some(theirs_again), Some(missing_again)) = (theirs_again, missing_again) else {
        return Seen::Unclear("the responses differ, and could not be compared again".to_owned(), evidence);
    };
    let first = (leaves(theirs, &owner.id), leaves(missing_one, made_up));
    let second = (leaves(&theirs_again, &owner.id), leaves(&missing_again, &other));
    let names: std::collections::BTreeSet<_> = first.0.keys().chain(first.1.keys()).collect();
    let tells = names.into_iter().any(|name| {
        let is_steady = first.0.get(name) == second.0.get(name) && first.1.get(name) == second.1.get(name);
        is_steady && first.0.get(name) != first.1.get(name)
    });
    if tells {
        let fact = Fact::new("the item of ")
            .with(owner.who())
            .with(" is answered with a different body than one that does not exist");
        return Seen::Broken(fact, evidence);
    }
    Seen::Refused(evidence)
}
