//! The lines of a journal: JSON, one for each event.

use serde_json::{Value, json};

use super::entry::{Account, Item, Write};
use crate::{
    calls::{Call, Payload},
    credentials::User,
    profile::{IdPlace, Removal},
};

/// One line of a journal.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Line {
    Begin { target: String, profile: String },
    Write { number: usize, user: User, write: Box<Write> },
    Also { number: usize, canary: String },
    Made { number: usize, id: Option<String> },
    Gone { number: usize },
}

/// The version of the journal format.
const VERSION: u64 = 2;

impl Line {
    pub(super) fn to_json(&self) -> Value {
        match self {
            Self::Begin { target, profile } => json!({ "journal": VERSION, "target": target, "profile": profile }),
            Self::Write { number, user, write } => match &**write {
                Write::Item(item) => json!({
                    "write": number, "user": letter(*user), "collection": item.collection, "read": call(&item.read),
                    "list": item.list.as_ref().map(call), "delete": item.delete.as_ref().map(call),
                    "id_place": place(&item.id_place), "is_shared": item.is_shared,
                    "canaries": item.canaries, "id": item.id,
                }),
                Write::Account(account) => json!({
                    "write": number, "user": letter(*user), "account": account.path, "random": account.random,
                    "email": account.email, "username": account.username, "password": account.password,
                    "remove": account.removal.as_ref().map(|removal| json!([removal.method.as_str(), removal.path])),
                }),
            },
            Self::Also { number, canary } => json!({ "also": number, "canary": canary }),
            Self::Made { number, id } => json!({ "made": number, "id": id }),
            Self::Gone { number } => json!({ "gone": number }),
        }
    }

    /// Reads a line; `None` if it is not a line of this version.
    pub(super) fn of_json(line: &Value) -> Option<Self> {
        let number = |name: &str| line[name].as_u64().and_then(|number| usize::try_from(number).ok());
        let text = |name: &str| line[name].as_str().map(str::to_owned);
        if line.get("journal").is_some() {
            let is_known = line["journal"].as_u64() == Some(VERSION);
            return is_known
                .then_some(())
                .and_then(|()| Some(Self::Begin { target: text("target")?, profile: text("profile")? }));
        }
        if let Some(number) = number("also") {
            return Some(Self::Also { number, canary: text("canary")? });
        }
        if let Some(number) = number("made") {
            return Some(Self::Made { number, id: text("id") });
        }
        if let Some(number) = number("gone") {
            return Some(Self::Gone { number });
        }
        let (number, user) = (number("write")?, user(&text("user")?)?);
        let write = if line.get("account").is_some() { account(line)? } else { item(line)? };
        Some(Self::Write { number, user, write: Box::new(write) })
    }
}

fn item(line: &Value) -> Option<Write> {
    let text = |name: &str| line[name].as_str().map(str::to_owned);
    let canaries: Vec<_> = line["canaries"].as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let known = |name: &str| read_call(&line[name]);
    Some(Write::Item(Item {
        collection: text("collection")?,
        read: known("read").filter(Call::names_id)?,
        list: known("list"),
        delete: known("delete").filter(Call::names_id),
        id_place: match text("id_place")?.as_str() {
            "Location" => IdPlace::Location,
            pointer => IdPlace::Json(pointer.to_owned()),
        },
        is_shared: line["is_shared"].as_bool()?,
        // Without a canary, any item would be taken for ours.
        canaries: Some(canaries)
            .filter(|canaries| canaries.iter().all(|canary| canary.len() >= 16) && !canaries.is_empty())?,
        id: text("id"),
    }))
}

/// Writes a request: its method, its path, and its GraphQL document. That is enough to find and remove an item.
fn call(call: &Call) -> Value {
    match &call.payload {
        Payload::Query(document) => json!([call.method.as_str(), call.path, document]),
        _ => json!([call.method.as_str(), call.path]),
    }
}

fn read_call(call: &Value) -> Option<Call> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let (method, path, payload) = match call.as_array()?.as_slice() {
        [method, path] => (method, path, Payload::None),
        [method, path, document] => (method, path, Payload::Query(text(document)?)),
        _ => return None,
    };
    let path = text(path).filter(|path| path.starts_with('/'))?;
    Some(Call { method: method.as_str()?.parse().ok()?, path, payload })
}

fn account(line: &Value) -> Option<Write> {
    let text = |name: &str| line[name].as_str().map(str::to_owned);
    let removal = match line["remove"].as_array().map(Vec::as_slice) {
        Some([method, path]) => {
            Some(Removal { method: method.as_str()?.parse().ok()?, path: path.as_str()?.to_owned() })
        }
        _ => None,
    };
    Some(Write::Account(Account {
        path: text("account")?,
        random: text("random")?,
        email: text("email")?,
        username: text("username")?,
        password: text("password"),
        removal,
    }))
}

const fn letter(user: User) -> &'static str {
    match user {
        User::A => "a",
        User::B => "b",
    }
}

fn user(letter: &str) -> Option<User> {
    match letter {
        "a" => Some(User::A),
        "b" => Some(User::B),
        _ => None,
    }
}

fn place(place: &IdPlace) -> &str {
    match place {
        IdPlace::Json(pointer) => pointer,
        IdPlace::Location => "Location",
    }
}
