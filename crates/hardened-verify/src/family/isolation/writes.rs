//! What a user changes: items of the other user, by update, by removal, and in the other's name.

use hardened_core::verification::Exchange;
use http::{Method, StatusCode};
use serde_json::Value;

use super::{
    actor::{Actor, filled, item},
    reads::is_refusal,
};
use crate::{
    answer::{Answer, NoAnswer},
    canary,
    control::Probe,
    judge::Seen,
    ledger::{Item, Write},
    outcome::Fact,
    request::Request,
};

/// The attempt of one user to change the item of the other.
pub(super) struct Attempt {
    evidence: Vec<Exchange>,
    got: Result<Answer, NoAnswer>,
    /// What was written.
    text: String,
    /// The status of the user's own update, where it was answered.
    own: Result<StatusCode, String>,
    /// The owner's item afterwards, where the attempt was not refused.
    after: Option<Result<Answer, NoAnswer>>,
}

/// Changes the user's own item, and then in the same way that of the other user.
///
/// # Errors
///
/// Why nothing could be written.
pub(super) async fn update(
    actor: &Actor<'_>,
    owner: &Actor<'_>,
    (method, body): &(Method, Value),
) -> Result<Attempt, String> {
    let own = actor.update(method, body, &actor.path(), &actor.canary)?;
    let (own_exchange, own) = actor.send(own).await;
    let text = canary::new().map_err(|error| error.to_string())?;
    // What is written there is removed with the item, or is an item of the user's own under the same identifier.
    actor.context.ledger.also(owner.number, &text)?;
    let copy = Item { id: Some(owner.id.clone()), ..item(actor.resource, &text) };
    let copy =
        (*method == Method::PUT).then(|| actor.context.ledger.begin(actor.user, Write::Item(copy))).transpose()?;
    let request = actor.update(method, body, &owner.path(), &text)?.expects(StatusCode::NOT_FOUND);
    let (exchange, got) = actor.send(request).await;
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

/// Judges an attempt to change; `last` is the owner's item at the end.
pub(super) fn judge_update(
    actor: &Actor<'_>,
    owner: &Actor<'_>,
    attempt: Attempt,
    last: &Result<Answer, NoAnswer>,
) -> Seen {
    let Attempt { evidence, got, text, own, after } = attempt;
    let is_changed = |got: &Result<Answer, NoAnswer>| got.as_ref().is_ok_and(|answer| canary::is_in(answer, &text));
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let status = answer.status.as_u16();
    if after.as_ref().is_some_and(is_changed) || is_changed(last) {
        let fact = Fact::new("").with(actor.who()).with(" changes the item of ").with(owner.who());
        return Seen::Broken(fact.with("; answered with ").with(status), evidence);
    }
    // The owner read the item just before; after the update it is somebody else's.
    let is_refused = |got: &Result<Answer, NoAnswer>| got.as_ref().is_ok_and(|answer| is_refusal(answer.status));
    if answer.status.is_success() && after.as_ref().is_some_and(is_refused) {
        let fact = Fact::new("").with(actor.who()).with(" takes the item of ").with(owner.who());
        return Seen::Broken(fact.with(" away; answered with ").with(status), evidence);
    }
    if canary::is_in(&answer, &owner.canary) {
        let fact = Fact::new("the answer to the update by ").with(actor.who()).with(" holds what ");
        return Seen::Broken(fact.with(owner.who()).with(" wrote; answered with ").with(status), evidence);
    }
    let who = actor.who();
    match own {
        _ if actor.context.prober.is_rehearsal() => Seen::Refused(evidence),
        Err(reason) => Seen::Unclear(format!("the own update of {who} got no answer: {reason}"), evidence),
        Ok(own) if !own.is_success() => {
            let own = own.as_u16();
            Seen::Unclear(
                format!(
                    "the own update of {who} was answered with {own}; name `update` and `update_method` in [isolation]"
                ),
                evidence,
            )
        }
        Ok(_) if is_refusal(answer.status) || answer.status.is_success() => Seen::Refused(evidence),
        Ok(_) => Seen::Unclear(format!("was answered with {status}"), evidence),
    }
}

/// The attempt of one user to remove the item of the other.
pub(super) async fn delete(actor: &Actor<'_>, owner: &Actor<'_>) -> Probe {
    let request = Request::new(Method::DELETE, owner.path()).expects(StatusCode::NOT_FOUND);
    actor.send(actor.signed(request)).await
}

/// Judges an attempt to remove; `last` is the owner's item afterwards. That the owner can remove it is seen later.
pub(super) fn judge_delete(actor: &Actor<'_>, owner: &Actor<'_>, (exchange, got): Probe, last: &Probe) -> Seen {
    let evidence = vec![exchange, last.0.clone()];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let status = answer.status.as_u16();
    let is_gone = last.1.as_ref().is_ok_and(|last| {
        matches!(last.status, StatusCode::NOT_FOUND | StatusCode::GONE)
            || (last.status.is_success() && answer.status.is_success() && !holds_anything(owner, last))
    });
    if is_gone && !actor.context.prober.is_rehearsal() {
        let fact = Fact::new("").with(actor.who()).with(" removes the item of ").with(owner.who());
        return Seen::Broken(fact.with("; answered with ").with(status), evidence);
    }
    if canary::is_in(&answer, &owner.canary) {
        let fact = Fact::new("the answer to the removal by ").with(actor.who()).with(" holds what ");
        return Seen::Broken(fact.with(owner.who()).with(" wrote; answered with ").with(status), evidence);
    }
    // A removal that is answered with success and removes nothing is how some services answer for what is not there.
    if is_refusal(answer.status) || answer.status.is_success() {
        return Seen::Refused(evidence);
    }
    Seen::Unclear(format!("was answered with {status}"), evidence)
}

/// Whether an answer still shows an item: its text, or its identifier.
fn holds_anything(owner: &Actor<'_>, answer: &Answer) -> bool {
    canary::is_in(answer, &owner.canary) || answer.contains(&owner.id)
}

/// Makes an item as one user, and names the other as its owner.
///
/// # Errors
///
/// Why that was not tried.
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
    let mut body = filled(actor.context, actor.user, &actor.resource.create, &text)?;
    if !put(&mut body, member, &value, &text) {
        return Err("the body that creates an item is not an object".to_owned());
    }
    let shared = Item { is_shared: true, ..item(actor.resource, &text) };
    let number = actor.context.ledger.begin(actor.user, Write::Item(shared))?;
    let (exchange, made) = actor.make(&body, number).await;
    let mut evidence = vec![exchange];
    let Ok(id) = made else {
        let status = evidence.first().and_then(|exchange| exchange.got.status);
        return Ok(match status {
            Some(400..=499) => Seen::Refused(evidence),
            Some(status) => Seen::Unclear(format!("was answered with {status}"), evidence),
            None => Seen::Unclear("got no answer".to_owned(), evidence),
        });
    };
    let (exchange, got) = owner.send(Request::get(owner.path_of(&id)).expects(StatusCode::NOT_FOUND)).await;
    evidence.push(exchange);
    Ok(match got {
        Ok(answer) if canary::is_in(&answer, &text) => {
            // Where everybody reads everything, that the other reads it does not show whose it is.
            if answer.json().and_then(|body| find(&body, member)) != Some(value) {
                return Ok(Seen::Refused(evidence));
            }
            let fact = Fact::new("").with(actor.who()).with(" makes an item in the name of ").with(owner.who());
            Seen::Broken(fact, evidence)
        }
        Ok(answer) if is_refusal(answer.status) => Seen::Refused(evidence),
        Ok(answer) => Seen::Unclear(format!("was answered with {}", answer.status.as_u16()), evidence),
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
    })
}

/// The value of a member, wherever it is.
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

/// Puts a member into the object that holds a text.
fn put(body: &mut Value, member: &str, value: &Value, text: &str) -> bool {
    let Value::Object(members) = body else { return false };
    let is_here = members.values().any(|value| value.as_str().is_some_and(|value| value.contains(text)));
    if is_here {
        members.insert(member.to_owned(), value.clone());
        return true;
    }
    members.values_mut().any(|inner| put(inner, member, value, text))
}
