//! Attempts of a user to read data of the other: items, lists, searches, and what is below an item.

use std::time::Duration;

use hardened_core::verification::Exchange;
use http::StatusCode;
use serde_json::json;
use tokio::time::sleep;

use super::{actor::Actor, nothing::Nothing};
use crate::{
    answer::{Answer, NoAnswer},
    calls::Call,
    canary,
    control::Probe,
    judge::Seen,
    outcome::Fact,
    request::Request,
    template::encode,
};

/// How often a list is requested if it does not show an item yet.
const TRIES: usize = 3;

/// Requests the item of the other user.
pub(super) async fn item(actor: &Actor<'_>, owner: &Actor<'_>) -> Probe {
    actor.send(owner.reading(&owner.id).expects(StatusCode::NOT_FOUND)).await
}

/// Judges the answer to a request for the item of the other user; `nothing` is the answer for an item that does not exist.
pub(super) fn judge(
    actor: &Actor<'_>,
    owner: &Actor<'_>,
    (exchange, got): Probe,
    nothing: &Result<Nothing, String>,
) -> Seen {
    let evidence = vec![exchange];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    if owner.wrote(&answer) {
        return Seen::Broken(leak(actor, owner, &answer), evidence);
    }
    // If each user has separate identifiers, the path leads to the user's own item.
    let is_own = answer.status.is_success() && actor.wrote(&answer);
    let is_nothing = nothing.as_ref().is_ok_and(|nothing| nothing.is_like(&answer, &owner.id));
    if is_own || is_nothing || is_refusal(answer.status) || actor.context.prober.is_rehearsal() {
        return Seen::Refused(evidence);
    }
    let status = answer.status.as_u16();
    Seen::Unclear(format!("was answered with {status}, without what {} wrote", owner.who()), evidence)
}

fn leak(actor: &Actor<'_>, owner: &Actor<'_>, answer: &Answer) -> Fact {
    let status = answer.status.as_u16();
    let text = if answer.status.is_success() { "reads what " } else { "is refused, but the response contains what " };
    Fact::new("").with(actor.who()).with(" ").with(text).with(owner.who()).with(" wrote; answered with ").with(status)
}

/// Returns whether a status refuses an item: it is hidden, or does not belong to the user.
pub(super) fn is_refusal(status: StatusCode) -> bool {
    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE)
}

/// Requests an item without a credential; `nothing` is the answer for an item that does not exist.
pub(super) async fn anonymous(owner: &Actor<'_>, nothing: &Result<Nothing, String>) -> Seen {
    let request = owner.reading(&owner.id).expects(StatusCode::UNAUTHORIZED);
    let (exchange, got) = owner.context.send(crate::check::Family::Isolation, request).await;
    let evidence = vec![exchange];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let status = answer.status.as_u16();
    if owner.wrote(&answer) {
        let fact = Fact::new("anyone can read what ").with(owner.who()).with(" wrote; answered with ").with(status);
        return Seen::Broken(fact, evidence);
    }
    let is_nothing = nothing.as_ref().is_ok_and(|nothing| nothing.is_like(&answer, &owner.id));
    // Services with cookies redirect to a sign-in page.
    if is_refusal(answer.status) || answer.status.is_redirection() || is_nothing {
        return Seen::Refused(evidence);
    }
    Seen::Unclear(format!("was answered with {status}, without what {} wrote", owner.who()), evidence)
}

/// A list, as one user sees it.
pub(super) struct List {
    exchange: Exchange,
    got: Result<Answer, NoAnswer>,
    /// Whether it was requested again, because it did not show the user's own item at once.
    pub(super) is_late: bool,
}

/// Requests the list of a user until it shows the user's own item.
pub(super) async fn list(actor: &Actor<'_>, call: &Call) -> List {
    let mut tries = 0;
    loop {
        let request = actor.calling(call, "", "").expects_json(json!([{ "text": actor.canary }]));
        let (exchange, got) = actor.send(request).await;
        tries += 1;
        let shows = got.as_ref().is_ok_and(|answer| actor.wrote(answer));
        let is_list = got.as_ref().is_ok_and(|answer| answer.status.is_success());
        if shows || !is_list || tries == TRIES || actor.context.prober.is_rehearsal() {
            return List { exchange, got, is_late: tries > 1 };
        }
        sleep(Duration::from_millis(200)).await;
    }
}

/// Judges the list of a user. Both lists must show their user's own item, or the result is inconclusive.
pub(super) fn judge_list(actor: &Actor<'_>, own: &List, owner: &Actor<'_>, theirs: &List) -> Seen {
    let evidence = vec![own.exchange.clone(), theirs.exchange.clone()];
    if let Ok(answer) = &own.got
        && owner.wrote(answer)
    {
        return Seen::Broken(leak(actor, owner, answer), evidence);
    }
    for (user, list) in [(actor, own), (owner, theirs)] {
        if let Err(reason) = shows(user, list) {
            return Seen::Unclear(reason, evidence);
        }
    }
    Seen::Refused(evidence)
}

/// Checks that a list shows its user's own item: otherwise it shows nothing that the other item is missing.
fn shows(user: &Actor<'_>, list: &List) -> Result<(), String> {
    let answer = list.got.as_ref().map_err(|reason| format!("the list of {} got no response: {reason}", user.who()))?;
    if user.context.prober.is_rehearsal() || user.wrote(answer) {
        return Ok(());
    }
    let (who, status) = (user.who(), answer.status.as_u16());
    Err(format!(
        "the list of {who}, answered with {status}, does not show what {who} wrote; name a `list` in [isolation] that does"
    ))
}

/// Requests a list filtered by the owner, with the other user's value.
pub(super) async fn filtered(actor: &Actor<'_>, owner: &Actor<'_>, call: &Call, (member, value): (&str, &str)) -> Seen {
    let mark = if call.path.contains('?') { '&' } else { '?' };
    let path = format!("{}{mark}{}={}", call.path, encode(member), encode(value));
    theirs(actor, owner, &Call { path, ..call.clone() }).await
}

/// Requests the list of the other user.
pub(super) async fn theirs(actor: &Actor<'_>, owner: &Actor<'_>, call: &Call) -> Seen {
    let (exchange, got) = actor.send(actor.calling(call, "", "").expects_json(json!([]))).await;
    let evidence = vec![exchange];
    match got {
        Ok(answer) if owner.wrote(&answer) => Seen::Broken(leak(actor, owner, &answer), evidence),
        Ok(answer) if answer.status.is_success() || answer.status.is_client_error() => Seen::Refused(evidence),
        Ok(answer) => Seen::Unclear(format!("was answered with {}", answer.status.as_u16()), evidence),
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
    }
}

/// Searches for what the owner wrote, as the owner and as the other user.
pub(super) async fn search(actor: &Actor<'_>, owner: &Actor<'_>) -> Seen {
    let (own_exchange, own) = find(owner, &owner.canary, &owner.canary).await;
    let (exchange, got) = find(actor, &owner.canary, "").await;
    let evidence = vec![own_exchange, exchange];
    let (own, answer) = match (own, got) {
        (Ok(own), Ok(answer)) => (own, answer),
        (Err(reason), _) | (_, Err(reason)) => return Seen::Unclear(reason.to_string(), evidence),
    };
    if actor.context.prober.is_rehearsal() {
        return Seen::Refused(evidence);
    }
    let (found, others) = (count(&own, &owner.canary), count(&answer, &owner.canary));
    if others > 0 {
        // An answer may repeat the search words.
        let Ok(nothing) = canary::new() else { return Seen::Unclear("no random bytes".to_owned(), evidence) };
        let (_, echoed) = find(actor, &nothing, "").await;
        let echoes = echoed.map_or(usize::MAX, |answer| count(&answer, &nothing));
        if echoes == usize::MAX {
            return Seen::Unclear(
                "it could not be seen whether the response only repeats the search text".to_owned(),
                evidence,
            );
        }
        if others > echoes {
            return Seen::Broken(leak(actor, owner, &answer), evidence);
        }
        if found <= echoes {
            return Seen::Unclear(format!("the search by {} does not find what was written", owner.who()), evidence);
        }
        return Seen::Refused(evidence);
    }
    if found == 0 {
        return Seen::Unclear(format!("the search by {} does not find what was written", owner.who()), evidence);
    }
    if !answer.status.is_success() && !is_refusal(answer.status) {
        return Seen::Unclear(format!("was answered with {}", answer.status.as_u16()), evidence);
    }
    Seen::Refused(evidence)
}

async fn find(actor: &Actor<'_>, words: &str, expected: &str) -> Probe {
    let request = match &actor.calls.search {
        Some(search) => actor.calling(search, "", words),
        None => Request::get(actor.context.path("/")),
    };
    actor.send(request.expects_json(json!([{ "text": expected }]))).await
}

fn count(answer: &Answer, canary: &str) -> usize {
    answer.body.windows(canary.len()).filter(|window| window.eq_ignore_ascii_case(canary.as_bytes())).count()
}

/// Requests what is below an item, as its owner and as the other user.
pub(super) async fn nested(actor: &Actor<'_>, owner: &Actor<'_>, call: &Call, made_up: &str) -> Seen {
    let of = |id: &str| owner.calling(call, id, "");
    let (own_exchange, own) = owner.send(of(&owner.id)).await;
    let (exchange, got) = actor.send(of(&owner.id).expects(StatusCode::NOT_FOUND)).await;
    let mut evidence = vec![own_exchange, exchange];
    let (own, answer) = match (own, got) {
        (Ok(own), Ok(answer)) => (own, answer),
        (Err(reason), _) | (_, Err(reason)) => return Seen::Unclear(reason.to_string(), evidence),
    };
    if !own.status.is_success() {
        let status = own.status.as_u16();
        return Seen::Unclear(format!("{} cannot read it either: answered with {status}", owner.who()), evidence);
    }
    if owner.wrote(&answer) {
        return Seen::Broken(leak(actor, owner, &answer), evidence);
    }
    if is_refusal(answer.status) {
        return Seen::Refused(evidence);
    }
    let status = answer.status.as_u16();
    if !answer.status.is_success() {
        return Seen::Unclear(format!("was answered with {status}"), evidence);
    }
    // An empty list can be the answer for any item, even for one that does not exist.
    let (exchange, got) = actor.send(of(made_up).expects(StatusCode::NOT_FOUND)).await;
    evidence.push(exchange);
    match got {
        Ok(other) if is_refusal(other.status) => {
            let fact = Fact::new("").with(actor.who()).with(" is answered with ").with(status);
            let fact = fact.with(" below the item of ").with(owner.who()).with(", and with ");
            Seen::Broken(fact.with(other.status.as_u16()).with(" below an item that does not exist"), evidence)
        }
        Ok(other) if other.status == answer.status && owner.wrote(&own) && other.body == answer.body => {
            Seen::Refused(evidence)
        }
        _ => Seen::Unclear(
            format!(
                "was answered with {status}, without what {} wrote, as for an item that does not exist",
                owner.who()
            ),
            evidence,
        ),
    }
}
