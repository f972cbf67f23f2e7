//! A user and the item that this user created, which the other user must not reach.

use std::time::Duration;

use hardened_core::verification::Exchange;
use http::StatusCode;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    answer::Answer,
    calls::{Call, Calls, Payload},
    canary,
    check::Family,
    context::Context,
    control::{Batch, Expectation, Probe},
    credentials::{Credential, User},
    find,
    ledger::{Item, Write},
    profile::IdPlace,
    recipe,
    request::Request,
    template,
};

/// The number of requests that the mandatory checks need.
pub(super) const FEWEST: u32 = 20;

/// The waits in milliseconds before reading a new item again, because some services create items in the background.
const WAITS: [u64; 3] = [100, 300, 600];

/// One of the two users, and the item that this user created.
pub(super) struct Actor<'c> {
    pub(super) context: &'c Context,
    /// The requests of this user.
    pub(super) calls: Calls,
    pub(super) user: User,
    credential: &'c Credential,
    /// The text that the user wrote into the item.
    pub(super) canary: String,
    /// The text that the user writes later, when updating the item.
    pub(super) later: String,
    /// The identifier of the item, percent-encoded.
    pub(super) id: String,
    /// The number of the item in the ledger.
    pub(super) number: usize,
}

impl<'c> Actor<'c> {
    /// Creates an item as the user.
    ///
    /// # Errors
    ///
    /// The reason why there is no item.
    pub(super) async fn create(context: &'c Context, user: User) -> Result<Self, String> {
        let (calls, credential) = (context.calls_of(user)?, context.credentials.get(user)?);
        let text = || canary::new().map_err(|error| error.to_string());
        let (canary, later) = (text()?, text()?);
        let number = context.ledger.begin(user, Write::Item(item(&calls, &canary)))?;
        let actor = Self { context, calls, user, credential, canary, later, id: String::new(), number };
        let (_, made) = actor.make(&actor.calls.create, &actor.canary, number).await;
        Ok(Self { id: made?, ..actor })
    }

    pub(super) fn who(&self) -> &'static str {
        self.user.who()
    }

    /// Returns the request for an item of this user, without a credential.
    pub(super) fn reading(&self, id: &str) -> Request {
        self.calling(&self.calls.read, id, "")
    }

    /// Returns a request of this user with an identifier and a text, without a credential.
    pub(super) fn calling(&self, call: &Call, id: &str, text: &str) -> Request {
        call.request(self.context.target.base(), id, text)
    }

    /// Sends a request as this user.
    pub(super) async fn send(&self, request: Request) -> Probe {
        self.context.send(Family::Isolation, self.signed(request)).await
    }

    pub(super) fn signed(&self, request: Request) -> Request {
        self.credential.on(request, self.user.who())
    }

    /// Sends a request that changes an item of the owner. If the target demands a conditional request, it is sent again with
    /// the version that the owner reads.
    pub(super) async fn change(&self, owner: &Actor<'_>, request: Request) -> Probe {
        let probe = self.send(request.clone()).await;
        if !probe.1.as_ref().is_ok_and(Answer::wants_version) {
            return probe;
        }
        let (_, read) = owner.send(owner.own()).await;
        match read.ok().and_then(|read| request.for_version_of(&read)) {
            Some(request) => self.send(request).await,
            None => probe,
        }
    }

    /// Returns the request with which the user reads the own item.
    pub(super) fn own(&self) -> Request {
        self.signed(self.reading(&self.id)).expects_json(json!({ "text": self.canary }))
    }

    /// Returns whether an answer contains what the user wrote.
    pub(super) fn wrote(&self, answer: &Answer) -> bool {
        canary::is_in(answer, &self.canary) || canary::is_in(answer, &self.later)
    }

    /// Opens the batch of this user's item: reading the own item is the control of what the other user must not do.
    ///
    /// # Errors
    ///
    /// The reason why the user's own access does not work.
    pub(super) async fn open(&self) -> Result<Batch<'c>, String> {
        let open = || self.context.batch(Family::Isolation, self.own(), holds([&self.canary, &self.later]));
        let batch = match open().await {
            Err(_) if self.appears().await => open().await?,
            batch => batch?,
        };
        self.context.ledger.confirmed(self.number);
        Ok(batch)
    }

    /// Waits until the own item appears. Returns whether it may be there.
    async fn appears(&self) -> bool {
        let left = || self.context.prober.budget().left(Family::Isolation);
        for wait in WAITS.into_iter().filter(|_| left() > FEWEST) {
            sleep(Duration::from_millis(wait)).await;
            match self.send(self.own()).await.1 {
                Ok(answer) if answer.status == StatusCode::NOT_FOUND => {}
                got => return got.is_ok(),
            }
        }
        false
    }

    /// Creates an item with a text, and returns its identifier.
    pub(super) async fn make(&self, call: &Call, text: &str, number: usize) -> (Exchange, Result<String, String>) {
        let rehearsed = if self.user == User::A { "rehearsal-a" } else { "rehearsal-b" };
        let body = match &self.calls.id {
            IdPlace::Json(pointer) => recipe::at(pointer, rehearsed.into()),
            IdPlace::Location => json!({ "id": rehearsed }),
        };
        let request = self.calling(call, "", text).expects(StatusCode::CREATED).expects_json(body);
        let (exchange, got) = self.send(request).await;
        let name = format!("{} {} by {}", call.method, call.path, self.who());
        let answer = match got {
            Ok(answer) => answer,
            Err(reason) => {
                if !reason.was_perhaps_sent() {
                    self.context.ledger.gone(number);
                }
                return (exchange, Err(format!("{name} got no response: {reason}")));
            }
        };
        (exchange, self.identifier(number, &name, &answer))
    }

    fn identifier(&self, number: usize, name: &str, answer: &Answer) -> Result<String, String> {
        let status = answer.status.as_u16();
        if !answer.status.is_success() && answer.status != StatusCode::SEE_OTHER {
            if answer.status.is_client_error() {
                self.context.ledger.gone(number);
            }
            if answer.status.is_redirection() {
                return Err(format!(
                    "{name} was answered with {status}; name the path that it leads to in [isolation]"
                ));
            }
            return Err(format!("{name} was answered with {status}; name the body in `create` of [isolation]"));
        }
        let id = find::in_creation(&self.calls.id, &self.calls.read.path, answer);
        self.context.ledger.made(number, id.as_deref());
        id.ok_or_else(|| format!("the response to {name} has no identifier; name its place in `id` of [isolation]"))
    }
}

/// Returns the ledger entry of an item.
pub(super) fn item(calls: &Calls, canary: &str) -> Item {
    Item {
        collection: calls.create.path.clone(),
        read: calls.read.clone(),
        list: calls.list.clone(),
        delete: calls.delete.clone(),
        id_place: calls.id.clone(),
        is_shared: false,
        canaries: vec![canary.to_owned()],
        id: None,
    }
}

/// Adds a member next to the text in the body of a creation; `None` if the body has no placeholder for the text.
pub(super) fn with_member(create: &Call, member: &str, value: &Value) -> Option<Call> {
    let Payload::Json(body) = &create.payload else { return None };
    let mut body = body.clone();
    put(&mut body, member, value).then(|| Call { payload: Payload::Json(body), ..create.clone() })
}

/// Inserts a member into the object that has the placeholder for the text.
fn put(body: &mut Value, member: &str, value: &Value) -> bool {
    let Value::Object(members) = body else { return false };
    let is_here = members.values().any(|value| value.as_str().is_some_and(|text| template::names(text, "canary")));
    if is_here {
        members.insert(member.to_owned(), value.clone());
        return true;
    }
    members.values_mut().any(|inner| put(inner, member, value))
}

/// Returns the expectation that the item is there with one of its texts.
fn holds(texts: [&str; 2]) -> Expectation {
    let texts = texts.map(str::to_owned);
    Box::new(move |answer| {
        let status = answer.status.as_u16();
        if !answer.status.is_success() {
            Err(format!("was answered with {status}"))
        } else if !texts.iter().any(|text| canary::is_in(answer, text)) {
            Err(format!("was answered with {status}, without what the user wrote"))
        } else {
            Ok(())
        }
    })
}
