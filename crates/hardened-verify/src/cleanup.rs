//! Removes what a run wrote on the target, and reports what could not be removed.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use http::StatusCode;
use serde_json::Value;
use tokio::time::sleep;

use crate::{
    answer::{Answer, NoAnswer},
    calls::Call,
    canary,
    context::Context,
    credentials::User,
    find,
    ledger::{Account, Entry, Item, State, Write},
    request::Request,
};

/// How often a list is requested to find an item that it does not show yet.
const TRIES: usize = 3;

/// A list with fewer items than this is taken to be complete, because pages are not smaller.
const SMALLEST_PAGE: usize = 10;

/// The reason why something was not removed.
struct Trouble {
    reason: String,
    /// Whether another attempt may help, because there was no answer.
    is_passing: bool,
    /// Whether the budget was spent. More requests may be available after every family has ended.
    is_short: bool,
}

impl From<String> for Trouble {
    fn from(reason: String) -> Self {
        Self { reason, is_passing: false, is_short: false }
    }
}

/// Removes the items that are left, as far as the budget allows; [`all`] removes the rest at the end.
pub(crate) async fn items(context: &Context) {
    for (number, entry) in context.ledger.open() {
        if let Write::Item(item) = &entry.write {
            let removed = twice(|| remove_item(context, &entry, item)).await;
            settle(context, number, removed, item.canaries.first());
        }
    }
}

/// Removes everything that is left. Accounts are removed last, because their users must remove the items first.
pub(crate) async fn all(context: &Context) {
    context.prober.budget().lend_all();
    items(context).await;
    for (number, entry) in context.ledger.open() {
        if let Write::Account(account) = &entry.write {
            let removed = twice(|| remove_account(context, entry.user, account)).await;
            settle(context, number, removed, Some(&account.email));
        }
    }
}

/// Makes a second attempt if the first was not answered or panicked.
async fn twice<F: Future<Output = Result<(), Trouble>>>(remove: impl Fn() -> F) -> Result<(), Trouble> {
    let attempt = || async {
        let removing = AssertUnwindSafe(remove()).catch_unwind().await;
        removing.unwrap_or_else(|_| Err(Trouble { is_passing: true, ..Trouble::from("removing it failed".to_owned()) }))
    };
    match attempt().await {
        Err(trouble) if trouble.is_passing => attempt().await,
        removed => removed,
    }
}

fn settle(context: &Context, number: usize, removed: Result<(), Trouble>, text: Option<&String>) {
    let text = text.filter(|text| !text.is_empty()).map(|text| format!("; it contains {text}")).unwrap_or_default();
    let state = match removed {
        Ok(()) => State::Gone,
        Err(Trouble { reason, is_short: true, .. }) => State::Waiting(format!("{reason}{text}")),
        Err(Trouble { reason, .. }) => State::Left(format!("{reason}{text}")),
    };
    context.ledger.settle(number, state);
}

async fn remove_account(context: &Context, user: User, account: &Account) -> Result<(), Trouble> {
    let who = user.who();
    let Some(removal) = &account.removal else {
        let reason =
            format!("the sign-up created an account for {who}; name `remove` in [sign_up] to remove such accounts");
        return Err(reason.into());
    };
    let request = Request::new(removal.method.clone(), context.path(&removal.path)).expects(StatusCode::NO_CONTENT);
    let answer = as_user(context, user, request).await?;
    if answer.status.is_success() || context.prober.is_rehearsal() {
        return Ok(());
    }
    Err(format!("{} {} by {who} was answered with {}", removal.method, removal.path, answer.status.as_u16()).into())
}

/// The state of an item after its removal, as one user sees it.
#[derive(PartialEq)]
enum Removal {
    Gone,
    /// Neither its path nor the complete list of the user shows it.
    Absent,
}

/// Removes an item as the user who wrote it, or else as the other user if it may belong to that user.
async fn remove_item(context: &Context, entry: &Entry, item: &Item) -> Result<(), Trouble> {
    if item.delete.is_none() {
        return Err("no removal is known for it".to_owned().into());
    }
    let own = remove_as(context, entry.user, entry, item).await;
    if matches!(own, Ok(Removal::Gone)) || (matches!(own, Ok(Removal::Absent)) && !item.is_shared) {
        return Ok(());
    }
    let theirs = remove_as(context, entry.user.other(), entry, item).await;
    match (own, theirs) {
        (_, Ok(Removal::Gone)) | (Ok(_), Ok(Removal::Absent)) => Ok(()),
        (Err(trouble), _) | (_, Err(trouble)) => Err(trouble),
    }
}

async fn remove_as(context: &Context, user: User, entry: &Entry, item: &Item) -> Result<Removal, Trouble> {
    let is_own = user == entry.user;
    let known = match &item.id {
        // The item was read there.
        Some(id) if entry.is_confirmed && is_own => Some(id.clone()),
        // Only an item with the text of this run may be removed.
        Some(id) => {
            let answer = as_user(context, user, reading(context, item, id)).await?;
            holds(&answer, item).then(|| id.clone())
        }
        None => None,
    };
    let found = match known {
        Some(id) => Some(id),
        None => find(context, user, item).await?,
    };
    match (found, &item.delete) {
        (Some(id), Some(call)) => delete(context, user, item, call, &id).await,
        _ => Ok(Removal::Absent),
    }
}

/// Removes an item, and checks that it is gone.
async fn delete(context: &Context, user: User, item: &Item, call: &Call, id: &str) -> Result<Removal, Trouble> {
    let request = call.request(context.target.base(), id, "").expects(StatusCode::NO_CONTENT);
    let mut deleted = as_user(context, user, request.clone()).await?;
    let mut read = as_user(context, user, reading(context, item, id)).await?;
    // Some services accept only a conditional request.
    if deleted.wants_version()
        && let Some(request) = request.for_version_of(&read)
    {
        deleted = as_user(context, user, request).await?;
        read = as_user(context, user, reading(context, item, id)).await?;
    }
    let (was, is) = (deleted.status.as_u16(), read.status.as_u16());
    let is_away = matches!(read.status, StatusCode::NOT_FOUND | StatusCode::GONE);
    if holds(&read, item) {
        Err(format!("the removal by {} was answered with {was}, and the item can still be read", user.who()).into())
    } else if is_away || deleted.status.is_success() {
        Ok(Removal::Gone)
    } else {
        Err(format!("the removal by {} was answered with {was}, and reading the item with {is}", user.who()).into())
    }
}

fn reading(context: &Context, item: &Item, id: &str) -> Request {
    item.read.request(context.target.base(), id, "").expects(StatusCode::NOT_FOUND)
}

/// Finds the identifier of an item in the list of a user, by its text; `None` if the complete list does not show it.
async fn find(context: &Context, user: User, item: &Item) -> Result<Option<String>, Trouble> {
    let Some(call) = &item.list else {
        return Err("its identifier is not known, and no list shows it".to_owned().into());
    };
    let list = format!("{} {}", call.method, call.path);
    for attempt in 0..TRIES {
        if attempt > 0 {
            sleep(Duration::from_millis(200)).await;
        }
        let answer = as_user(context, user, call.request(context.target.base(), "", "")).await?;
        let status = answer.status.as_u16();
        if !answer.status.is_success() {
            let who = user.who();
            return Err(format!("{list} by {who}, sent to find it, was answered with {status}").into());
        }
        let Some(body) = answer.json() else {
            return Err(format!("{list}, sent to find it, was not answered with JSON").into());
        };
        if holds(&answer, item) {
            let id = find::in_list(&item.id_place, &item.read.path, &body, &item.canaries);
            let id = id.ok_or_else(|| format!("{list} shows it without an identifier"))?;
            return Ok(Some(id));
        }
        if longest(&body) >= SMALLEST_PAGE {
            return Err(
                format!("the first page of {} does not show it, and it may be on another page", call.path).into()
            );
        }
    }
    Ok(None)
}

/// Returns the length of the longest array in a value.
fn longest(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len().max(items.iter().map(longest).max().unwrap_or(0)),
        Value::Object(members) => members.values().map(longest).max().unwrap_or(0),
        _ => 0,
    }
}

fn holds(answer: &Answer, item: &Item) -> bool {
    item.canaries.iter().any(|canary| canary::is_in(answer, canary))
}

async fn as_user(context: &Context, user: User, request: Request) -> Result<Answer, Trouble> {
    let name = format!("{} {} by {}", request.method, request.path, user.who());
    let request = context.credentials.get(user)?.on(request, user.who());
    let (_, got) = context.prober.send_last(request).await;
    got.map_err(|reason| Trouble {
        is_passing: reason.was_perhaps_sent(),
        is_short: reason == NoAnswer::BudgetSpent,
        reason: format!("{name} got no response: {reason}"),
    })
}
