//! A service with accounts and notes, which can be healthy or lack one defence.
#![allow(clippy::panic, reason = "a service that fails is asked for")]

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// How the service differs from a healthy one with bearer tokens.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ways {
    pub(crate) read_any: bool,
    pub(crate) list_any: bool,
    pub(crate) search_any: bool,
    /// A list that is filtered by owner shows the notes of any owner.
    pub(crate) filter_any: bool,
    pub(crate) update_any: bool,
    pub(crate) delete_any: bool,
    pub(crate) nested_any: bool,
    pub(crate) owner_from_body: bool,
    pub(crate) anonymous_reads: bool,
    /// 403 for the item of another user, 404 for an item that does not exist.
    pub(crate) existence: bool,
    /// 404 for both, with different messages.
    pub(crate) words: bool,
    /// 403 with the item.
    pub(crate) text_in_403: bool,
    /// 404 with the item, in response to an update or a removal.
    pub(crate) text_in_404: bool,
    /// Every request for notes is refused with this status, whoever sends it.
    pub(crate) refuses_all: Option<u16>,
    /// Items can be created and read, but not changed or removed.
    pub(crate) read_only: bool,
    /// Sessions are in cookies, and requests that write need a CSRF token.
    pub(crate) cookies: bool,
    /// The identifier of a new item is only in the `Location` header.
    pub(crate) location: bool,
    /// Updates get a success response but change nothing.
    pub(crate) ignores_updates: bool,
    /// PUT instead of PATCH.
    pub(crate) put: bool,
    /// PUT changes the owner of the note to the user who sends it.
    pub(crate) takes: bool,
    /// PUT creates an item of the user's own if the user has none with this identifier.
    pub(crate) upsert: bool,
    /// Removed items are kept and marked as removed.
    pub(crate) soft_delete: bool,
    /// Removed items are kept and still shown.
    pub(crate) fake_delete: bool,
    /// An item appears in lists only after its owner has requested this many.
    pub(crate) late_list: u32,
    /// Identifiers are consecutive numbers.
    pub(crate) numbers: bool,
    /// Identifiers are consecutive numbers for each user.
    pub(crate) own_numbers: bool,
    /// Errors contain the number of the request.
    pub(crate) noisy: bool,
    /// A removal gets 204 even if there is no such item.
    pub(crate) idempotent: bool,
    /// The response to a search repeats its words.
    pub(crate) echo: bool,
    /// The body of a creation must have a further member, as the OpenAPI document says.
    pub(crate) strict: bool,
    /// The service offers its OpenAPI document.
    pub(crate) offers: bool,
}

struct Note {
    id: String,
    owner: String,
    text: String,
    is_removed: bool,
    lists: u32,
}

#[derive(Default)]
struct State {
    notes: Vec<Note>,
    /// Users by token or session.
    sessions: BTreeMap<String, String>,
    /// Passwords by e-mail address.
    accounts: BTreeMap<String, String>,
    requests: Vec<String>,
    made: u32,
}

/// A function that is called with the number of each request and can stop it.
pub(crate) type Hook = Arc<dyn Fn(usize) -> Option<Stop> + Send + Sync>;

/// How a request ends early.
#[derive(Clone, Copy)]
pub(crate) enum Stop {
    Panic,
    /// The request never gets a response.
    Stall,
}

/// When the hook is called: before the request takes effect, or after.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum When {
    Before,
    After,
}

#[derive(Clone)]
pub(crate) struct Notes {
    ways: Ways,
    state: Arc<Mutex<State>>,
    hook: Arc<Mutex<Option<(When, Hook)>>>,
}

pub(crate) const TOKENS: [(&str, &str); 2] = [("token-of-ada", "ada"), ("token-of-bob", "bob")];

impl Notes {
    pub(crate) fn new(ways: Ways) -> Self {
        let mut state = State::default();
        for (token, user) in TOKENS {
            state.sessions.insert(token.to_owned(), user.to_owned());
        }
        for user in ["ada", "bob"] {
            state.notes.push(Note {
                id: format!("00000000-0000-4000-8000-{user:0>12}"),
                owner: user.to_owned(),
                text: format!("older note of {user}"),
                is_removed: false,
                lists: 100,
            });
        }
        Self { ways, state: Arc::new(Mutex::new(state)), hook: Arc::default() }
    }

    pub(crate) fn router(&self) -> Router {
        let notes = self.clone();
        Router::new().fallback(move |request: Request<Body>| {
            let notes = notes.clone();
            async move { notes.answer(request).await }
        })
    }

    /// Calls this hook at each request, with the number of the request from 1.
    pub(crate) fn hook(&self, when: When, hook: impl Fn(usize) -> Option<Stop> + Send + Sync + 'static) {
        *self.hook.lock().unwrap() = Some((when, Arc::new(hook)));
    }

    pub(crate) fn unhook(&self) {
        *self.hook.lock().unwrap() = None;
    }

    /// Returns the paths of the notes that a verification left, except softly removed ones.
    pub(crate) fn held(&self) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let held = state
            .notes
            .iter()
            .filter(|note| note.text.contains("hardened") && !(note.is_removed && self.ways.soft_delete));
        let mut paths: Vec<_> = held.map(|note| format!("/notes/{}", note.id)).collect();
        paths.sort();
        paths
    }

    /// Returns the number of accounts that a verification left.
    pub(crate) fn accounts(&self) -> usize {
        self.state.lock().unwrap().accounts.len()
    }

    /// Returns how many of the notes from before the run are still there and unchanged.
    pub(crate) fn older(&self) -> usize {
        let state = self.state.lock().unwrap();
        state.notes.iter().filter(|note| note.text.starts_with("older note of") && !note.is_removed).count()
    }

    /// Returns the method and URI of each request.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.state.lock().unwrap().requests.clone()
    }

    async fn answer(&self, request: Request<Body>) -> Response {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        let number = {
            let mut state = self.state.lock().unwrap();
            state.requests.push(format!("{} {}", parts.method, parts.uri));
            state.requests.len()
        };
        let hook = self.hook.lock().unwrap().clone();
        let stop = |at: When| hook.as_ref().filter(|(when, _)| *when == at).and_then(|(_, hook)| hook(number));
        end(stop(When::Before)).await;
        let uri = parts.uri.path_and_query().map_or("", |path| path.as_str()).to_owned();
        let answer = self.route(&parts.method, &uri, &parts.headers, &body);
        end(stop(When::After)).await;
        answer
    }

    fn route(&self, method: &Method, uri: &str, headers: &HeaderMap, body: &Bytes) -> Response {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let body: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
        let segments: Vec<_> = path.split('/').skip(1).collect();
        match (method.as_str(), segments.as_slice()) {
            ("GET", ["health"]) => Json(json!({ "status": "ok" })).into_response(),
            ("GET", ["openapi.json"]) if self.ways.offers => Json(document()).into_response(),
            ("POST", ["sign-up"]) => self.sign_up(&body),
            ("POST", ["sign-in"]) => self.sign_in(&body),
            ("GET", ["csrf"]) => self.csrf(headers),
            (_, ["notes", ..]) => self.notes(method, segments.get(1..).unwrap_or_default(), query, headers, &body),
            ("DELETE", ["me"]) => match self.user(headers) {
                Some(user) => {
                    self.state.lock().unwrap().accounts.remove(&user);
                    StatusCode::NO_CONTENT.into_response()
                }
                None => refusal(401),
            },
            _ => refusal(404),
        }
    }

    fn sign_up(&self, body: &Value) -> Response {
        let (Some(email), Some(password)) = (body["email"].as_str(), body["password"].as_str()) else {
            return refusal(422);
        };
        self.state.lock().unwrap().accounts.insert(email.to_owned(), password.to_owned());
        StatusCode::CREATED.into_response()
    }

    fn sign_in(&self, body: &Value) -> Response {
        let mut state = self.state.lock().unwrap();
        let email = body["email"].as_str().unwrap_or_default();
        let password = state.accounts.get(email).map(String::as_str);
        if password.is_none() || password != body["password"].as_str() {
            return refusal(401);
        }
        let session = format!("session-{}", state.sessions.len());
        state.sessions.insert(session.clone(), email.to_owned());
        if self.ways.cookies {
            let cookie = format!("session={session}; Path=/; HttpOnly");
            return (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response();
        }
        Json(json!({ "data": { "token": session } })).into_response()
    }

    fn csrf(&self, headers: &HeaderMap) -> Response {
        let token = cookie(headers).map(|session| format!("csrf-{session}"));
        Json(json!({ "token": token.unwrap_or_else(|| "csrf-none".to_owned()) })).into_response()
    }

    fn user(&self, headers: &HeaderMap) -> Option<String> {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let session = if self.ways.cookies { cookie(headers) } else { bearer.map(str::to_owned) };
        self.state.lock().unwrap().sessions.get(&session?).cloned()
    }

    fn notes(&self, method: &Method, path: &[&str], query: &str, headers: &HeaderMap, body: &Value) -> Response {
        if let Some(status) = self.ways.refuses_all {
            return refusal(status);
        }
        let user = match self.user(headers) {
            Some(user) => user,
            None if self.ways.anonymous_reads && *method == Method::GET => String::new(),
            None => return refusal(401),
        };
        if self.ways.cookies && !method.is_safe() {
            let expected = cookie(headers).map(|session| format!("csrf-{session}"));
            if headers.get("x-csrf-token").and_then(|value| value.to_str().ok()) != expected.as_deref() {
                return refusal(403);
            }
        }
        match (method.as_str(), path) {
            ("GET", []) => self.list(&user, query),
            ("POST", []) => self.create(&user, body),
            (_, [id]) => self.one(method, &user, id, body),
            ("GET", [id, "history"]) => self.history(&user, id),
            _ => refusal(404),
        }
    }

    fn list(&self, user: &str, query: &str) -> Response {
        let mut state = self.state.lock().unwrap();
        let words = query.strip_prefix("q=");
        let any = if words.is_some() { self.ways.search_any } else { self.ways.list_any };
        let late = self.ways.late_list;
        let mut shown = Vec::new();
        for note in &mut state.notes {
            let is_own = note.owner == user;
            if is_own {
                note.lists += 1;
            }
            let is_found = words.is_none_or(|words| note.text.contains(words));
            let is_asked_for = self.ways.filter_any && query.strip_prefix("owner_id=") == Some(note.owner.as_str());
            if (any || is_own || is_asked_for) && !note.is_removed && note.lists > late && is_found {
                shown.push(json(note));
            }
        }
        if self.ways.echo && words.is_some() {
            return Json(json!({ "query": words, "results": shown })).into_response();
        }
        Json(shown).into_response()
    }

    fn create(&self, user: &str, body: &Value) -> Response {
        let Some(text) = body["text"].as_str() else { return refusal(422) };
        if self.ways.strict && body["kind"] != "plain" {
            return refusal(422);
        }
        let mut state = self.state.lock().unwrap();
        state.made += 1;
        let id = if self.ways.numbers {
            (40 + state.made).to_string()
        } else if self.ways.own_numbers {
            (1 + state.notes.iter().filter(|note| note.owner == user).count()).to_string()
        } else {
            format!("018f4e4c-7b1a-7cc3-9c2e-{:012x}", 0xabc_def0_u64 + u64::from(state.made) * 0x1f_35b7)
        };
        let named = body["owner_id"].as_str().filter(|_| self.ways.owner_from_body);
        let owner = named.unwrap_or(user).to_owned();
        let note = Note { id: id.clone(), owner, text: text.to_owned(), is_removed: false, lists: 0 };
        let shown = json(&note);
        state.notes.push(note);
        if self.ways.location {
            return (StatusCode::CREATED, [(header::LOCATION, format!("/notes/{id}"))]).into_response();
        }
        (StatusCode::CREATED, Json(shown)).into_response()
    }

    fn one(&self, method: &Method, user: &str, id: &str, body: &Value) -> Response {
        let ways = self.ways;
        let mut state = self.state.lock().unwrap();
        let (any, known) = match method.as_str() {
            "GET" => (ways.read_any || (user.is_empty() && ways.anonymous_reads), true),
            "PATCH" => (ways.update_any, !ways.put && !ways.read_only),
            "PUT" => (ways.update_any || ways.takes, ways.put && !ways.read_only),
            "DELETE" => (ways.delete_any, !ways.read_only),
            _ => (false, false),
        };
        if !known {
            return refusal(405);
        }
        let own = |note: &Note| note.id == id && note.owner == user && !note.is_removed;
        let others = |note: &Note| note.id == id && note.owner != user && !note.is_removed;
        let place =
            state.notes.iter().position(own).or_else(|| state.notes.iter().position(|note| any && others(note)));
        let Some(place) = place else {
            if *method == Method::PUT && ways.upsert {
                let text = body["text"].as_str().unwrap_or_default().to_owned();
                let note = Note { id: id.to_owned(), owner: user.to_owned(), text, is_removed: false, lists: 0 };
                let shown = json(&note);
                state.notes.push(note);
                return (StatusCode::CREATED, Json(shown)).into_response();
            }
            if *method == Method::DELETE && ways.idempotent {
                return StatusCode::NO_CONTENT.into_response();
            }
            let number = state.requests.len();
            return self.missing(state.notes.iter().find(|note| others(note)), id, method, number);
        };
        let Some(note) = state.notes.get_mut(place) else { return refusal(500) };
        match method.as_str() {
            "GET" => Json(json(note)).into_response(),
            "DELETE" if ways.fake_delete => StatusCode::NO_CONTENT.into_response(),
            "DELETE" if ways.soft_delete => {
                note.is_removed = true;
                Json(json!({ "id": id, "deleted": true })).into_response()
            }
            "DELETE" => {
                state.notes.remove(place);
                StatusCode::NO_CONTENT.into_response()
            }
            _ => match body["text"].as_str() {
                Some(_) if ways.ignores_updates => Json(json(note)).into_response(),
                Some(text) => {
                    note.text = text.to_owned();
                    if ways.takes {
                        user.clone_into(&mut note.owner);
                    }
                    Json(json(note)).into_response()
                }
                None => refusal(422),
            },
        }
    }

    /// Returns the response for a note that the user may not see or that does not exist.
    fn missing(&self, others: Option<&Note>, id: &str, method: &Method, number: usize) -> Response {
        match others {
            Some(note) if self.ways.text_in_403 && *method == Method::GET => {
                (StatusCode::FORBIDDEN, Json(json!({ "error": "not yours", "note": json(note) }))).into_response()
            }
            Some(note) if self.ways.text_in_404 && *method != Method::GET => {
                (StatusCode::NOT_FOUND, Json(json!({ "error": "not yours", "note": json(note) }))).into_response()
            }
            Some(_) if self.ways.existence => refusal(403),
            Some(_) if self.ways.words => {
                (StatusCode::NOT_FOUND, Json(json!({ "error": "this note is not yours", "id": id }))).into_response()
            }
            _ if self.ways.noisy => {
                (StatusCode::NOT_FOUND, Json(json!({ "error": "no such note", "id": id, "request": number })))
                    .into_response()
            }
            _ => (StatusCode::NOT_FOUND, Json(json!({ "error": "no such note", "id": id }))).into_response(),
        }
    }

    fn history(&self, user: &str, id: &str) -> Response {
        let state = self.state.lock().unwrap();
        let note = state.notes.iter().find(|note| note.id == id && !note.is_removed);
        match note.filter(|note| note.owner == user || self.ways.nested_any) {
            Some(note) => Json(json!([{ "was": note.text }])).into_response(),
            None => refusal(404),
        }
    }
}

async fn end(stop: Option<Stop>) {
    match stop {
        Some(Stop::Panic) => panic!("the test asks for it"),
        Some(Stop::Stall) => std::future::pending().await,
        None => {}
    }
}

fn json(note: &Note) -> Value {
    json!({ "id": note.id, "text": note.text, "owner_id": note.owner })
}

fn refusal(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    (status, Json(json!({ "error": status.canonical_reason() }))).into_response()
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::COOKIE)?.to_str().ok()?;
    text.split("; ").find_map(|pair| pair.strip_prefix("session=")).map(str::to_owned)
}

/// Returns the OpenAPI document of the service.
pub(crate) fn document() -> Value {
    let body = json!({ "content": { "application/json": { "schema": { "type": "object", "required": ["text", "kind"],
        "properties": { "text": { "type": "string" }, "kind": { "type": "string", "enum": ["plain"] } } } } } });
    json!({
        "openapi": "3.0.3",
        "components": { "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } } },
        "security": [{ "bearer": [] }],
        "paths": {
            "/notes": { "get": {}, "post": { "requestBody": body, "responses": { "201": { "content": { "application/json":
                { "schema": { "properties": { "id": {}, "owner_id": {} } } } } } } } },
            "/notes/{note}": { "get": {}, "delete": {}, "patch": { "requestBody": body } },
            "/notes/{note}/history": { "get": {} },
        },
    })
}
