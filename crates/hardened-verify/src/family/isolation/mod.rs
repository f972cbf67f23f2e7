//! The family `isolation`: whether one user can reach the data of another.
//!
//! Each of two users creates an item that holds a canary. Then each tries to reach the item of the other. The users read
//! their own items before and after, because a refusal to both would show nothing. In the end, all items are removed.

mod actor;
mod checks;
mod existence;
mod nothing;
mod reads;
mod writes;

pub(super) use self::checks::ALL;
use serde_json::Value;

use self::{
    actor::{Actor, FEWEST},
    checks::{ANONYMOUS, DELETE, EXISTENCE, LIST, NESTED, OWNER, READ, SEARCH, UPDATE},
    nothing::Nothing,
};
use crate::{
    answer::Answer,
    calls::{Call, Calls},
    check::Family,
    cleanup,
    context::Context,
    control::{Batch, Control},
    credentials::User,
    judge::{Negative, Seen},
    ledger::State,
    outcome::Outcome,
};

/// The number of requests that an optional check needs.
const FURTHER: u32 = 3;

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    match ready(context) {
        Ok(()) => {}
        Err(Unready::Skipped(reason)) => return all(|check| check.skipped(reason.clone())),
        Err(Unready::Unclear(reason)) => return all(|check| check.unclear(reason.clone(), Vec::new())),
    }
    let outcomes = with_items(context).await;
    cleanup::items(context).await;
    outcomes
}

const NEGATIVES: [Negative; 9] = [READ, LIST, SEARCH, NESTED, ANONYMOUS, UPDATE, DELETE, OWNER, EXISTENCE];

fn all(outcome: impl Fn(Negative) -> Outcome) -> Vec<Outcome> {
    NEGATIVES.into_iter().map(outcome).collect()
}

enum Unready {
    /// The caller did not give something that the family needs.
    Skipped(String),
    /// The caller gave something that does not work.
    Unclear(String),
}

/// Checks that the family has everything that it needs.
fn ready(context: &Context) -> Result<(), Unready> {
    for user in User::BOTH {
        if let Err(reason) = context.credentials.get(user) {
            let has_failed = context.credentials.has_failed(user);
            return Err(if has_failed { Unready::Unclear(reason) } else { Unready::Skipped(reason) });
        }
    }
    if context.credentials.are_one_user() && !context.prober.is_rehearsal() {
        let reason = "both credentials belong to the same user; name two users in the profile";
        return Err(Unready::Unclear(reason.to_owned()));
    }
    if !context.profile.writes {
        let reason = "it writes two items and removes them again; set `writes = true` in the profile";
        return Err(Unready::Skipped(reason.to_owned()));
    }
    context.calls().map_err(Unready::Skipped)?;
    if context.prober.budget().left(Family::Isolation) < FEWEST {
        return Err(Unready::Unclear("too few requests are left; raise --max-requests".to_owned()));
    }
    Ok(())
}

/// Creates the items and runs the checks. The caller removes the items in any case.
async fn with_items(context: &Context) -> Vec<Outcome> {
    let unclear = |reason: String| all(|check| check.unclear(reason.clone(), Vec::new()));
    // B creates first: a list that shows the item of A could already show that of B, which is older.
    let b = match Actor::create(context, User::B).await {
        Ok(b) => b,
        Err(reason) => return unclear(reason),
    };
    let a = match Actor::create(context, User::A).await {
        Ok(a) => a,
        Err(reason) => return unclear(reason),
    };
    let (batch_a, batch_b) = match (a.open().await, b.open().await) {
        (Ok(batch_a), Ok(batch_b)) => (batch_a, batch_b),
        (Err(reason), _) | (_, Err(reason)) => return unclear(reason),
    };
    let first = (batch_a.answer.clone(), batch_b.answer.clone());
    let seen = read(&a, &b, &first.0).await;
    let (read_controls, next) = turn(batch_a, batch_b).await;
    let mut outcomes = judged(context, seen, &read_controls);
    match next {
        Some((batch_a, batch_b)) => outcomes.extend(write(&a, &b, batch_a, batch_b, &first).await),
        None => {
            let reason = read_controls.err().unwrap_or_default();
            outcomes.extend([UPDATE, DELETE, OWNER].map(|check| check.unclear(reason.clone(), Vec::new())));
        }
    }
    outcomes
}

/// A check, the attempt that was made, and what was seen of it, or why it was skipped.
type Attempted = (Negative, &'static str, Result<Seen, String>);

/// Adds a note to a failure if the resource was guessed, because the users may share it.
fn noted(context: &Context, seen: Seen) -> Seen {
    const NOTE: &str =
        "; the resource was taken from the OpenAPI document: if users share it, name another in [isolation]";
    match seen {
        Seen::Broken(fact, evidence) if context.profile.isolation.is_guessed() => {
            Seen::Broken(fact.with(NOTE), evidence)
        }
        seen => seen,
    }
}

fn judged(context: &Context, seen: Vec<Attempted>, control: &Result<Control, String>) -> Vec<Outcome> {
    let outcome = |(check, case, seen): Attempted| match seen {
        Ok(seen) => check.judged(noted(context, seen), control).case(case),
        Err(reason) => check.skipped(reason),
    };
    seen.into_iter().map(outcome).collect()
}

/// Reads both own items again. The control of an attempt is that both the owner and the other user can still read their own
/// items.
async fn turn<'c>(a: Batch<'c>, b: Batch<'c>) -> (Result<Control, String>, Option<(Batch<'c>, Batch<'c>)>) {
    let (control_a, _, next_a) = a.next().await;
    let (control_b, _, next_b) = b.next().await;
    (control_a.and_then(|control| control_b.map(|_| control)), next_a.zip(next_b))
}

const B_TRIES: &str = "user B tries";
const A_TRIES: &str = "user A tries";

/// Makes all attempts that only read.
async fn read(a: &Actor<'_>, b: &Actor<'_>, item: &Answer) -> Vec<Attempted> {
    let calls = &a.calls;
    let left = || a.context.prober.budget().left(Family::Isolation);
    let mut seen: Vec<Attempted> = Vec::new();
    let by_b = reads::item(b, a).await;
    let by_a = reads::item(a, b).await;
    let nothing = Nothing::ask(b, a).await;
    seen.push((
        EXISTENCE,
        B_TRIES,
        match &nothing {
            Ok(nothing) => Ok(existence::judge(b, a, &by_b, nothing).await),
            Err(reason) => Err(reason.clone()),
        },
    ));
    seen.push((READ, B_TRIES, Ok(reads::judge(b, a, by_b, &nothing))));
    seen.push((READ, A_TRIES, Ok(reads::judge(a, b, by_a, &nothing))));
    seen.push((ANONYMOUS, "nobody tries", Ok(reads::anonymous(a, &nothing).await)));
    match a.calls.list.as_ref().zip(b.calls.list.as_ref()) {
        Some(paths) => seen.extend(lists(a, b, paths).await),
        None => seen.push((LIST, "", Err("no list is known; name `list` in [isolation]".to_owned()))),
    }
    // The mandatory checks come first.
    let has_room = || left() >= needed_to_write(calls) + FURTHER;
    let too_few = || Err("too few requests are left; raise --max-requests".to_owned());
    seen.push((
        SEARCH,
        B_TRIES,
        match &calls.search {
            Some(_) if has_room() => Ok(reads::search(b, a).await),
            Some(_) => too_few(),
            None => Err("no search is known; name `search` in [isolation]".to_owned()),
        },
    ));
    if calls.nested.is_empty() {
        seen.push((NESTED, "", Err("no path below an item is known; name `nested` in [isolation]".to_owned())));
    }
    for call in &calls.nested {
        let seen_below = match nothing::like(&a.id) {
            Ok(made_up) if has_room() => Ok(reads::nested(b, a, call, &made_up).await),
            Ok(_) => too_few(),
            Err(error) => Err(error.to_string()),
        };
        seen.push((NESTED, B_TRIES, seen_below));
    }
    // A list that does not show the user's own item does not show anything with a filter either.
    let is_unclear = |(check, _, seen): &Attempted| check.0 == LIST.0 && matches!(seen, Ok(Seen::Unclear(..)));
    if let (Some(list), Some(member)) = (&calls.list, &calls.owner)
        && !seen.iter().any(is_unclear)
        && let Some(value) = item.json().and_then(|body| writes::find(&body, member)).and_then(text)
        && left() > needed_to_write(calls)
    {
        seen.push((LIST, "user B filters by owner", Ok(reads::filtered(b, a, list, (member, &value)).await)));
    }
    seen
}

/// Returns a JSON value as text for a query, if it is a string or a number.
fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns how many requests the checks that write need, including the reads of the own items before and after.
fn needed_to_write(calls: &Calls) -> u32 {
    let of = |is_known: bool, requests: u32| if is_known { requests } else { 0 };
    4 + of(calls.update.is_some(), 4) + of(calls.delete.is_some(), 2) + of(calls.owner.is_some(), 2)
}

async fn lists(a: &Actor<'_>, b: &Actor<'_>, (list_of_a, list_of_b): (&Call, &Call)) -> Vec<Attempted> {
    let mut of_a = reads::list(a, list_of_a).await;
    let of_b = reads::list(b, list_of_b).await;
    if of_b.is_late {
        // The first request for the list of A may have been too early to show the item of B.
        of_a = reads::list(a, list_of_a).await;
    }
    let mut seen = vec![
        (LIST, B_TRIES, Ok(reads::judge_list(b, &of_b, a, &of_a))),
        (LIST, A_TRIES, Ok(reads::judge_list(a, &of_a, b, &of_b))),
    ];
    // Each user has a separate list.
    if list_of_a != list_of_b {
        seen.push((LIST, "user B asks for the list of user A", Ok(reads::theirs(b, a, list_of_a).await)));
    }
    seen
}

/// Makes all attempts that change something. Afterwards the users remove their own items, which shows that a removal works.
async fn write(
    a: &Actor<'_>,
    b: &Actor<'_>,
    batch_a: Batch<'_>,
    batch_b: Batch<'_>,
    first: &(Answer, Answer),
) -> Vec<Outcome> {
    let calls = &a.calls;
    // If the paths contain the user, both users may have items with the same identifier.
    if a.id == b.id && a.calls.read == b.calls.read {
        let reason = "the items of both users have the same identifier, so it does not say whose item is meant";
        return [UPDATE, DELETE, OWNER].map(|check| check.unclear(reason, Vec::new())).into();
    }
    let mut updates = Vec::new();
    if let (Some(of_a), Some(of_b)) = (&calls.update, &b.calls.update) {
        updates.push((B_TRIES, b, a, writes::update(b, a, of_b).await));
        updates.push((A_TRIES, a, b, writes::update(a, b, of_a).await));
    }
    let mut deletes = Vec::new();
    if let Some(call) = &calls.delete {
        deletes.push((B_TRIES, b, a, writes::delete(b, a, call).await));
        deletes.push((A_TRIES, a, b, writes::delete(a, b, call).await));
    }
    let (control_a, last_a, _) = batch_a.next().await;
    let (control_b, last_b, _) = batch_b.next().await;
    let last = |user: User| if user == User::A { &last_a } else { &last_b };
    let control = |owner: User| if owner == User::A { &control_a } else { &control_b };
    let mut outcomes = vec![owner(a, b, &first.0, &control_b).await];
    outcomes.extend(updates.into_iter().map(|(case, actor, owner, attempt)| {
        let outcome = match attempt {
            Ok(attempt) => {
                let seen = writes::judge_update((actor, owner), attempt, &last(owner.user).1, &last(actor.user).1);
                UPDATE.judged(noted(a.context, seen), control(owner.user))
            }
            Err(reason) => UPDATE.unclear(reason, Vec::new()),
        };
        outcome.case(case)
    }));
    if calls.update.is_none() {
        outcomes.push(UPDATE.skipped("no update is known; name `update` and `update_method` in [isolation]"));
    }
    if deletes.is_empty() {
        outcomes.push(DELETE.skipped("no removal is known"));
        return outcomes;
    }
    cleanup::items(a.context).await;
    for (case, actor, owner, probe) in deletes {
        let seen = writes::judge_delete(actor, owner, probe, last(owner.user));
        let control = control(owner.user).clone().and_then(|control| removed(actor, owner).map(|()| control));
        outcomes.push(DELETE.judged(noted(a.context, seen), &control).case(case));
    }
    outcomes
}

/// Checks that both users could remove their own items: otherwise a refused removal shows nothing.
fn removed(actor: &Actor<'_>, owner: &Actor<'_>) -> Result<(), String> {
    for user in [owner, actor] {
        if let Some(State::Left(reason) | State::Waiting(reason)) = user.context.ledger.state(user.number) {
            return Err(format!("{} cannot remove their own item either: {reason}", user.who()));
        }
    }
    Ok(())
}

async fn owner(a: &Actor<'_>, b: &Actor<'_>, theirs: &Answer, control: &Result<Control, String>) -> Outcome {
    let Some(member) = &a.calls.owner else {
        return OWNER.skipped("no member names the owner of an item; name `owner` in [isolation]");
    };
    if a.context.prober.budget().left(Family::Isolation) < 2 {
        return OWNER.skipped("too few requests are left; raise --max-requests");
    }
    match writes::in_the_name(b, a, member, theirs).await {
        Ok(seen) => OWNER.judged(seen, control).case(B_TRIES),
        Err(reason) => OWNER.skipped(reason),
    }
}
