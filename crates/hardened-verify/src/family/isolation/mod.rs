//! Whether one user can reach the data of another.
//!
//! Each of two users makes an item that holds a canary. Then each tries to reach the item of the other, between two
//! readings of the own items: what is refused to both users shows nothing. In the end, everything that was made is removed.

mod actor;
mod checks;
mod existence;
mod nothing;
mod reads;
mod writes;

pub(super) use self::checks::ALL;
use serde_json::Value;

use self::{
    actor::Actor,
    checks::{ANONYMOUS, DELETE, EXISTENCE, LIST, NESTED, OWNER, READ, SEARCH, UPDATE},
    nothing::Nothing,
};
use crate::{
    answer::Answer,
    check::Family,
    cleanup,
    context::Context,
    control::{Batch, Control},
    credentials::User,
    judge::{Negative, Seen},
    ledger::State,
    outcome::Outcome,
    profile::Resource,
};

/// The requests that the checks need that are always made.
const FEWEST: u32 = 20;

/// The requests that a further check needs.
const FURTHER: u32 = 3;

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let resource = match ready(context) {
        Ok(resource) => resource,
        Err(Unready::Skipped(reason)) => return all(|check| check.skipped(reason.clone())),
        Err(Unready::Unclear(reason)) => return all(|check| check.unclear(reason.clone(), Vec::new())),
    };
    let outcomes = with_items(context, &resource).await;
    cleanup::items(context).await;
    outcomes
}

const NEGATIVES: [Negative; 9] = [READ, LIST, SEARCH, NESTED, ANONYMOUS, UPDATE, DELETE, OWNER, EXISTENCE];

fn all(outcome: impl Fn(Negative) -> Outcome) -> Vec<Outcome> {
    NEGATIVES.into_iter().map(outcome).collect()
}

enum Unready {
    /// Something was not given.
    Skipped(String),
    /// Something was given, and does not work.
    Unclear(String),
}

/// The resource, where everything is there that the family needs.
fn ready(context: &Context) -> Result<Resource, Unready> {
    for user in User::BOTH {
        if let Err(reason) = context.credentials.get(user) {
            let has_failed = context.credentials.has_failed(user);
            return Err(if has_failed { Unready::Unclear(reason) } else { Unready::Skipped(reason) });
        }
    }
    if context.credentials.are_one_user() && !context.prober.is_rehearsal() {
        let reason = "both credentials are of the same user; name two users in the profile";
        return Err(Unready::Unclear(reason.to_owned()));
    }
    if !context.profile.writes {
        let reason = "it writes two items and removes them again; set `writes = true` in the profile";
        return Err(Unready::Skipped(reason.to_owned()));
    }
    let resource = context.resource().map_err(Unready::Skipped)?;
    if context.prober.budget().left(Family::Isolation) < FEWEST {
        return Err(Unready::Unclear("too few requests are left; raise --max-requests".to_owned()));
    }
    Ok(resource)
}

/// Makes the items and runs the checks. What is made is removed by the caller, however this ends.
async fn with_items(context: &Context, resource: &Resource) -> Vec<Outcome> {
    let unclear = |reason: String| all(|check| check.unclear(reason.clone(), Vec::new()));
    // B first: when the list of A shows the item of A, that of B is older.
    let b = match Actor::create(context, resource, User::B).await {
        Ok(b) => b,
        Err(reason) => return unclear(reason),
    };
    let a = match Actor::create(context, resource, User::A).await {
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

/// What a check saw of one user's attempt, and which user that was.
type Attempted = (Negative, &'static str, Result<Seen, String>);

/// Adds to a failure what its reader has to rule out.
fn noted(context: &Context, seen: Seen) -> Seen {
    const NOTE: &str =
        "; the resource was taken from the OpenAPI document: if users share it, name another in [isolation]";
    match seen {
        Seen::Broken(fact, evidence) if context.profile.isolation.collection().is_none() => {
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

/// Reads both own items again. The control of an attempt is that its owner, and the one who attempts it, still read what is
/// theirs.
async fn turn<'c>(a: Batch<'c>, b: Batch<'c>) -> (Result<Control, String>, Option<(Batch<'c>, Batch<'c>)>) {
    let (control_a, _, next_a) = a.next().await;
    let (control_b, _, next_b) = b.next().await;
    (control_a.and_then(|control| control_b.map(|_| control)), next_a.zip(next_b))
}

const B_TRIES: &str = "user B tries";
const A_TRIES: &str = "user A tries";

/// Everything that only reads.
async fn read(a: &Actor<'_>, b: &Actor<'_>, item: &Answer) -> Vec<Attempted> {
    let resource = a.resource;
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
    seen.push((ANONYMOUS, "nobody tries", Ok(reads::anonymous(a).await)));
    match &resource.list {
        Some(path) => seen.extend(lists(a, b, path).await),
        None => seen.push((LIST, "", Err("no list is known; name `list` in [isolation]".to_owned()))),
    }
    // The checks that come always are done first.
    let has_room = || left() >= needed_to_write(resource) + FURTHER;
    let too_few = || Err("too few requests are left; raise --max-requests".to_owned());
    seen.push((
        SEARCH,
        B_TRIES,
        match &resource.search {
            Some(path) if has_room() => Ok(reads::search(b, a, path).await),
            Some(_) => too_few(),
            None => Err("no search is known; name `search` in [isolation]".to_owned()),
        },
    ));
    if resource.nested.is_empty() {
        seen.push((NESTED, "", Err("no path below an item is known; name `nested` in [isolation]".to_owned())));
    }
    for path in &resource.nested {
        let seen_below = match nothing::like(&a.id) {
            Ok(made_up) if has_room() => Ok(reads::nested(b, a, path, &made_up).await),
            Ok(_) => too_few(),
            Err(error) => Err(error.to_string()),
        };
        seen.push((NESTED, B_TRIES, seen_below));
    }
    // A list that does not show what its own user wrote shows nothing with a filter either.
    let is_unclear = |(check, _, seen): &Attempted| check.0 == LIST.0 && matches!(seen, Ok(Seen::Unclear(..)));
    if let (Some(path), Some(member)) = (&resource.list, &resource.owner)
        && !seen.iter().any(is_unclear)
        && let Some(value) = item.json().and_then(|body| writes::find(&body, member)).and_then(text)
        && left() > needed_to_write(resource)
    {
        seen.push((LIST, "user B filters by owner", Ok(reads::filtered(b, a, path, (member, &value)).await)));
    }
    seen
}

/// A value that a query can carry.
fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// How many requests the checks need that write, with the readings of the own items around them.
fn needed_to_write(resource: &Resource) -> u32 {
    let of = |is_known: bool, requests: u32| if is_known { requests } else { 0 };
    4 + of(resource.update.is_some(), 4) + of(resource.has_delete, 2) + of(resource.owner.is_some(), 2)
}

async fn lists(a: &Actor<'_>, b: &Actor<'_>, path: &str) -> Vec<Attempted> {
    let mut of_a = reads::list(a, path).await;
    let of_b = reads::list(b, path).await;
    if of_b.is_late {
        // It may have been too early for the item of B as well.
        of_a = reads::list(a, path).await;
    }
    vec![
        (LIST, B_TRIES, Ok(reads::judge_list(b, &of_b, a, &of_a))),
        (LIST, A_TRIES, Ok(reads::judge_list(a, &of_a, b, &of_b))),
    ]
}

/// Everything that changes something. The users' own removal of their items shows that a removal can succeed.
async fn write(
    a: &Actor<'_>,
    b: &Actor<'_>,
    batch_a: Batch<'_>,
    batch_b: Batch<'_>,
    first: &(Answer, Answer),
) -> Vec<Outcome> {
    let resource = a.resource;
    if a.id == b.id {
        let reason = "the items of both users have the same identifier, so that it does not say whose item is meant";
        return [UPDATE, DELETE, OWNER].map(|check| check.unclear(reason, Vec::new())).into();
    }
    let mut updates = Vec::new();
    if let Some(update) = &resource.update {
        updates.push((B_TRIES, b, a, writes::update(b, a, update).await));
        updates.push((A_TRIES, a, b, writes::update(a, b, update).await));
    }
    let mut deletes = Vec::new();
    if resource.has_delete {
        deletes.push((B_TRIES, b, a, writes::delete(b, a).await));
        deletes.push((A_TRIES, a, b, writes::delete(a, b).await));
    }
    let (control_a, last_a, _) = batch_a.next().await;
    let (control_b, last_b, _) = batch_b.next().await;
    let last = |user: User| if user == User::A { &last_a } else { &last_b };
    let control = |owner: User| if owner == User::A { &control_a } else { &control_b };
    let mut outcomes = vec![owner(a, b, &first.0, &control_b).await];
    outcomes.extend(updates.into_iter().map(|(case, actor, owner, attempt)| {
        let outcome = match attempt {
            Ok(attempt) => {
                let seen = writes::judge_update(actor, owner, attempt, &last(owner.user).1);
                UPDATE.judged(noted(a.context, seen), control(owner.user))
            }
            Err(reason) => UPDATE.unclear(reason, Vec::new()),
        };
        outcome.case(case)
    }));
    if resource.update.is_none() {
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

/// That both users can remove their own items: otherwise that a removal is refused shows nothing.
fn removed(actor: &Actor<'_>, owner: &Actor<'_>) -> Result<(), String> {
    for user in [owner, actor] {
        if let Some(State::Left(reason) | State::Waiting(reason)) = user.context.ledger.state(user.number) {
            return Err(format!("{} cannot remove the own item either: {reason}", user.who()));
        }
    }
    Ok(())
}

async fn owner(a: &Actor<'_>, b: &Actor<'_>, theirs: &Answer, control: &Result<Control, String>) -> Outcome {
    let Some(member) = &a.resource.owner else {
        return OWNER.skipped("no member says whose an item is; name `owner` in [isolation]");
    };
    if a.context.prober.budget().left(Family::Isolation) < 2 {
        return OWNER.skipped("too few requests are left; raise --max-requests");
    }
    match writes::in_the_name(b, a, member, theirs).await {
        Ok(seen) => OWNER.judged(seen, control).case(B_TRIES),
        Err(reason) => OWNER.skipped(reason),
    }
}
