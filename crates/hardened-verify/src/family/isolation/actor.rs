//! A user with an item: what the other user must not reach.

use hardened_core::verification::Exchange;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    canary,
    check::Family,
    context::Context,
    control::{Batch, Expectation, Probe},
    credentials::{Credential, User},
    find,
    ledger::{Item, Write},
    profile::{IdPlace, Resource},
    recipe,
    request::Request,
};

/// One of the two users, and the item that the user made.
pub(super) struct Actor<'c> {
    pub(super) context: &'c Context,
    pub(super) resource: &'c Resource,
    pub(super) user: User,
    credential: &'c Credential,
    /// What the user wrote.
    pub(super) canary: String,
    /// As it is in a path.
    pub(super) id: String,
    /// The number of the item in the ledger.
    pub(super) number: usize,
}

impl<'c> Actor<'c> {
    /// Makes an item of the user's own.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(super) async fn create(context: &'c Context, resource: &'c Resource, user: User) -> Result<Self, String> {
        let credential = context.credentials.get(user)?;
        let canary = canary::new().map_err(|error| error.to_string())?;
        let body = filled(context, user, &resource.create, &canary)?;
        let number = context.ledger.begin(user, Write::Item(item(resource, &canary)))?;
        let (_, made) = make(context, resource, credential, user, &body, number).await;
        let id = made?;
        Ok(Self { context, resource, user, credential, canary, id, number })
    }

    pub(super) fn who(&self) -> &'static str {
        self.user.who()
    }

    /// The path of the user's own item.
    pub(super) fn path(&self) -> String {
        self.path_of(&self.id)
    }

    pub(super) fn path_of(&self, id: &str) -> String {
        self.context.path(&self.resource.item.replace("{id}", id))
    }

    /// Sends a request in the name of the user.
    pub(super) async fn send(&self, request: Request) -> Probe {
        self.context.send(Family::Isolation, self.signed(request)).await
    }

    pub(super) fn signed(&self, request: Request) -> Request {
        self.credential.on(request, self.user.who())
    }

    /// The request that reads the user's own item.
    pub(super) fn own(&self) -> Request {
        self.signed(Request::get(self.path())).expects_json(json!({ "text": self.canary }))
    }

    /// Reads the user's own item for the first time: the control of everything that the other user must not do.
    ///
    /// # Errors
    ///
    /// Why the user's own access shows nothing.
    pub(super) async fn open(&self) -> Result<Batch<'c>, String> {
        let batch = self.context.batch(Family::Isolation, self.own(), holds(self.canary.clone())).await?;
        self.context.ledger.confirmed(self.number);
        Ok(batch)
    }

    /// Changes an item; the body holds this text.
    pub(super) fn update(&self, method: &Method, body: &Value, path: &str, text: &str) -> Result<Request, String> {
        Ok(self.signed(Request::new(method.clone(), path).json(&filled(self.context, self.user, body, text)?)))
    }

    /// Makes a further item with this body, and returns its identifier.
    pub(super) async fn make(&self, body: &Value, number: usize) -> (Exchange, Result<String, String>) {
        make(self.context, self.resource, self.credential, self.user, body, number).await
    }
}

/// How an item of a resource is written down.
pub(super) fn item(resource: &Resource, canary: &str) -> Item {
    Item {
        collection: resource.collection.clone(),
        item: resource.item.clone(),
        list: resource.list.clone(),
        id_place: resource.id.clone(),
        has_delete: resource.has_delete,
        is_shared: false,
        canaries: vec![canary.to_owned()],
        id: None,
    }
}

/// A body of a user with a text in it.
pub(super) fn filled(context: &Context, user: User, body: &Value, text: &str) -> Result<Value, String> {
    let random = canary::letters(8).map_err(|error| error.to_string())?;
    let values = context.named(user).with("canary", text).with("random", random);
    values.fill_json(body).map_err(|unfilled| format!("no value is known for {{{{{}}}}} in [isolation]", unfilled.0))
}

async fn make(
    context: &Context,
    resource: &Resource,
    credential: &Credential,
    user: User,
    body: &Value,
    number: usize,
) -> (Exchange, Result<String, String>) {
    let request =
        Request::new(Method::POST, context.path(&resource.collection)).json(body).expects(StatusCode::CREATED);
    let rehearsed = if user == User::A { "rehearsal-a" } else { "rehearsal-b" };
    let request = request.expects_json(match &resource.id {
        IdPlace::Json(pointer) => recipe::at(pointer, rehearsed.into()),
        IdPlace::Location => json!({ "id": rehearsed }),
    });
    let (exchange, got) = context.send(Family::Isolation, credential.on(request, user.who())).await;
    let name = format!("POST {} by {}", resource.collection, user.who());
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => {
            if !reason.was_perhaps_sent() {
                context.ledger.gone(number);
            }
            return (exchange, Err(format!("{name} got no answer: {reason}")));
        }
    };
    (exchange, identifier(context, resource, number, &name, &answer))
}

fn identifier(
    context: &Context,
    resource: &Resource,
    number: usize,
    name: &str,
    answer: &Answer,
) -> Result<String, String> {
    let status = answer.status.as_u16();
    if !answer.status.is_success() && answer.status != StatusCode::SEE_OTHER {
        if answer.status.is_client_error() {
            context.ledger.gone(number);
        }
        return Err(format!("{name} was answered with {status}; name the body in `create` of [isolation]"));
    }
    let id = find::in_creation(&resource.id, &resource.item, answer);
    context.ledger.made(number, id.as_deref());
    id.ok_or_else(|| format!("the answer to {name} has no identifier; name its place in `id` of [isolation]"))
}

/// The item is there, with its text.
fn holds(canary: String) -> Expectation {
    Box::new(move |answer| {
        let status = answer.status.as_u16();
        if !answer.status.is_success() {
            Err(format!("was answered with {status}"))
        } else if !canary::is_in(answer, &canary) {
            Err(format!("was answered with {status}, without what the user wrote"))
        } else {
            Ok(())
        }
    })
}
