//! Attempts of a user to write data of the other: updates, removals, and items in the other's name.

use hardened_core::verification::Exchange;
use http::{Method, StatusCode};
use serde_json::Value;

use super::{
    actor::{Actor, item, with_member},
    reads::is_refusal,
};
use crate::{
    answer::{Answer, NoAnswer},
    calls::Call,
    canary,
    control::Probe,
    judge::Seen,
    ledger::{Item, Write},
    outcome::Fact,
};

/// The attempt of one user to change the item of the other.
pub(super) struct Attempt {
    evidence: Vec<Exchange>,
    got: Result<Answer, NoAnswer>,
    /// The text that the attempt wrote.
    text: String,
    /// The status of the user's own update, or why it got no response.
    own: Result<StatusCode, String>,
    /// The owner's item afterwards, if the attempt was not refused.
    after: Option<Result<Answer, NoAnswer>>,
}

/// Changes the user's own item, and then the item of the other user in the same way.
///
/// # Errors
///
/// The reason why nothing could be written.
pub(super) async fn update(actor: &Actor<'_>, owner: &Actor<'_>, call: &Call) -> Result<Attempt, String> {
    actor.context.ledger.also(actor.number, &actor.later)?;
    let (own_exchange, own) = actor.change(actor, actor.calling(call, &actor.id, &actor.later)).await;
    let text = canary::new().map_err(|error| error.to_string())?;
    // The text is removed with the owner's item, or PUT created an item of the user with the same identifier.
    actor.context.ledger.also(owner.number, &text)?;
    let copy = Item { id: Some(owner.id.clone()), ..item(&actor.calls, &text) };
    let copy =
        (call.method == Method::PUT).then(|| actor.context.ledger.begin(actor.user, Write::Item(copy))).transpose()?;
    // The path is the owner's, while the body names the user who writes.
    let path = owner.calls.update.as_ref().map_or(&call.path, |theirs| &theirs.path).clone();
    let request = actor.calling(&Call { path, ..call.clone() }, &owner.id, &text);
    let (exchange, got) = actor.change(owner, request.expects(StatusCode::NOT_FOUND)).await;
    let is_refused = got.as_ref().is_ok_and(|answer| answer.status.is_client_error());
    if let Some(copy) = copy
        && is_refused
    {
        actor.context.ledger.gone(copy);
    }
    let mut evidence = vec![own_exchange, exchange];
    let own = own.map(|answer| answer.status).map_err(|reason| reason.to_string());
    let mut after = None;
    if !is_refused && !actor.context.prober.is_rehearsal() {
        let (exchange, got) = owner.send(owner.own()).await;
        evidence.push(exchange);
        after = Some(got);
    }
    Ok(Attempt { evidence, got, text, own, after })
}

/// Judges an update attempt; `theirs` and `own` are the final items of the owner and of the user.
pub(super) fn judge_update(
    (actor, owner): (&Actor<'_>, &Actor<'_>),
    attempt: Attempt,
    theirs: &Result<Answer, NoAnswer>,
    own: &Result<Answer, NoAnswer>,
) -> Seen {
    let Attempt { mut evidence, got, text, own: own_update, after } = attempt;
    let has = |got: &Result<Answer, NoAnswer>, text| got.as_ref().is_ok_and(|answer| canary::is_in(answer, text));
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let status = answer.status.as_u16();
    if after.as_ref().is_some_and(|after| has(after, &text)) || has(theirs, &text) {
        let fact = Fact::new("").with(actor.who()).with(" changes the item of ").with(owner.who());
        return Seen::Broken(fact.with("; answered with ").with(status), evidence);
    }
    // The owner could read the item just before. After the update it belongs to someone else.
    let is_refused = |got: &Result<Answer, NoAnswer>| got.as_ref().is_ok_and(|answer| is_refusal(answer.status));
    if answer.status.is_success() && after.as_ref().is_some_and(is_refused) {
        let fact = Fact::new("").with(actor.who()).with(" takes the item of ").with(owner.who());
        return Seen::Broken(fact.with(" away; answered with ").with(status), evidence);
    }
    if owner.wrote(&answer) {
        let fact = Fact::new("the response to the update by ").with(actor.who()).with(" contains what ");
        return Seen::Broken(fact.with(owner.who()).with(" wrote; answered with ").with(status), evidence);
    }
    if actor.context.prober.is_rehearsal() {
        return Seen::Refused(evidence);
    }
    if let Err(reason) = own_works(actor, own_update, has(own, &actor.later)) {
        return Seen::Unclear(reason, evidence);
    }
    if is_refusal(answer.status) || answer.status.is_success() || is_bad(answer.status) {
        return Seen::Refused(evidence);
    }
    evidence.truncate(2);
    Seen::Unclear(format!("was answered with {status}"), evidence)
}

/// Returns whether a status refuses the identifier as invalid. This counts as a refusal, because the user's own request of
/// the same form succeeded and the item is unchanged.
fn is_bad(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY)
}

/// Checks that the user's own update had an effect: otherwise a failed attempt on another item shows nothing.
fn own_works(actor: &Actor<'_>, update: Result<StatusCode, String>, is_changed: bool) -> Result<(), String> {
    const NAME: &str = "name `update` and `update_method` in [isolation]";
    let who = actor.who();
    let status = update.map_err(|reason| format!("{who}'s own update got no response: {reason}"))?;
    if !status.is_success() {
        return Err(format!("{who}'s own update was answered with {}; {NAME}", status.as_u16()));
    }
    if !is_changed {
        return Err(format!("{who}'s own update was answered with {}, and changed nothing; {NAME}", status.as_u16()));
    }
    Ok(())
}

/// Tries to remove the item of the other user.
pub(super) async fn delete(actor: &Actor<'_>, owner: &Actor<'_>, call: &Call) -> Probe {
    let request = owner.calling(owner.calls.delete.as_ref().unwrap_or(call), &owner.id, "");
    actor.change(owner, request.expects(StatusCode::NOT_FOUND)).await
}

/// Judges a removal attempt; `last` is the owner's item afterwards. Whether the owner can remove it is checked later.
pub(super) fn judge_delete(actor: &Actor<'_>, owner: &Actor<'_>, (exchange, got): Probe, last: &Probe) -> Seen {
    let evidence = vec![exchange, last.0.clone()];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let status = answer.status.as_u16();
    let is_gone = last.1.as_ref().is_ok_and(|last| {
        // An earlier update may have given the item to someone else.
        let is_closed = matches!(last.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
        let is_trouble = is_closed || last.status.is_server_error() || last.status == StatusCode::TOO_MANY_REQUESTS;
        matches!(last.status, StatusCode::NOT_FOUND | StatusCode::GONE)
            || (answer.status.is_success() && !is_trouble && !holds_anything(owner, last))
    });
    if is_gone && !actor.context.prober.is_rehearsal() {
        let fact = Fact::new("").with(actor.who()).with(" removes the item of ").with(owner.who());
        return Seen::Broken(fact.with("; answered with ").with(status), evidence);
    }
    if owner.wrote(&answer) {
        let fact = Fact::new("the response to the removal by ").with(actor.who()).with(" contains what ");
        return Seen::Broken(fact.with(owner.who()).with(" wrote; answered with ").with(status), evidence);
    }
    // Some services answer a removal with success even if there is nothing to remove.
    if is_refusal(answer.status) || answer.status.is_success() || is_bad(answer.status) {
        return Seen::Refused(evidence);
    }
    Seen::Unclear(format!("was answered with {status}"), evidence)
}

/// Returns whether an answer still shows an item, by its text or its identifier.
fn holds_anything(owner: &Actor<'_>, answer: &Answer) -> bool {
    owner.wrote(answer) || answer.contains(&owner.id)
}

/// Creates an item as one user that names the other as its owner.
///
/// # Errors
///
/// The reason why this was not tried.
pub(super) async fn in_the_name(
    actor: &Actor<'_>,
    owner: &Actor<'_>,
    member: &str,
    theirs: &Answer,
) -> Result<Seen, String> {
    let unknown = || format!("the item of {} does not show `{member}`; name `owner` in [isolation]", owner.who());
    let value = match theirs.json().as_ref().and_then(|body| find(body, member)) {
        Some(value) => value,
        None if actor.context.prober.is_rehearsal() => "rehearsal".into(),
        None => return Err(unknown()),
    };
    let text = canary::new().map_err(|error| error.to_string())?;
    let call =
        with_member(&actor.calls.create, member, &value).ok_or("the body that creates an item is not an object")?;
    let shared = Item { is_shared: true, ..item(&actor.calls, &text) };
    let number = actor.context.ledger.begin(actor.user, Write::Item(shared))?;
    let (exchange, made) = actor.make(&call, &text, number).await;
    let mut evidence = vec![exchange];
    let Ok(id) = made else {
        let status = evidence.first().and_then(|exchange| exchange.got.status);
        return Ok(match status {
            Some(400..=499) => Seen::Refused(evidence),
            Some(status) => Seen::Unclear(format!("was answered with {status}"), evidence),
            None => Seen::Unclear("got no response".to_owned(), evidence),
        });
    };
    let (exchange, got) = owner.send(owner.reading(&id).expects(StatusCode::NOT_FOUND)).await;
    evidence.push(exchange);
    Ok(match got {
        Ok(answer) if canary::is_in(&answer, &text) => {
            // If everybody can read every item, only its member shows who owns it.
            if answer.json().and_then(|body| find(&body, member)) != Some(value) {
                return Ok(Seen::Refused(evidence));
            }
            let fact = Fact::new("").with(actor.who()).with(" creates an item in the name of ").with(owner.who());
            Seen::Broken(fact, evidence)
        }
        Ok(answer) if is_refusal(answer.status) => Seen::Refused(evidence),
        Ok(answer) => Seen::Unclear(format!("was answered with {}", answer.status.as_u16()), evidence),
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
    })
}

/// Finds the value of a member at any depth.
pub(super) fn find(value: &Value, member: &str) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let own = members.get(member).filter(|value| !value.is_null());
            own.cloned().or_else(|| members.values().find_map(|value| find(value, member)))
        }
        Value::Array(items) => items.iter().find_map(|value| find(value, member)),
        _ => None,
    }
}
