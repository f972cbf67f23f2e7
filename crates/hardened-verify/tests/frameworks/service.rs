//! A service with notes of users that responds as a framework does.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request},
    response::Response,
};
use hardened_verify::{Profile, Verification, Verifier};
use serde_json::{Value, json};

use crate::common::{page, serve};

/// A request, as the services of these tests see it.
pub(super) struct Asked<'r> {
    pub(super) method: &'r Method,
    pub(super) path: &'r str,
    pub(super) query: &'r str,
    pub(super) headers: &'r HeaderMap,
    pub(super) body: &'r str,
    /// The user whose valid credential the request has.
    pub(super) user: Option<String>,
}

impl Asked<'_> {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(self.body).unwrap_or(Value::Null)
    }

    pub(super) fn is(&self, method: &str, path: &str) -> bool {
        self.method.as_str() == method && self.path == path
    }
}

/// The state of a service.
#[derive(Default)]
pub(super) struct Kept {
    /// Users by token or session.
    sessions: BTreeMap<String, String>,
    /// Owner and text of each note.
    pub(super) notes: BTreeMap<u32, (String, String)>,
    /// Counters of events, by name.
    pub(super) asked: BTreeMap<String, u32>,
}

impl Kept {
    pub(super) fn sign_in(&mut self, user: &str) -> String {
        let session = format!("session-{}-{}", self.sessions.len(), "0123456789abcdef");
        self.sessions.insert(session.clone(), user.to_owned());
        session
    }

    /// Increments a counter and returns its previous value.
    pub(super) fn count(&mut self, name: &str) -> u32 {
        let count = self.asked.entry(name.to_owned()).or_default();
        *count += 1;
        *count - 1
    }

    /// Returns the user of a session.
    pub(super) fn user(&self, session: &str) -> Option<String> {
        self.sessions.get(session).cloned()
    }

    pub(super) fn write(&mut self, user: &str, text: &str) -> u32 {
        let id = self.count("notes") + 1;
        self.notes.insert(id, (user.to_owned(), text.to_owned()));
        id
    }

    /// Returns the notes of a user or, if the service is weak, of everyone.
    pub(super) fn of(&self, user: &str, is_weak: bool) -> Vec<Value> {
        let notes = self.notes.iter().filter(|(_, (owner, _))| is_weak || owner == user);
        notes.map(|(id, (owner, text))| json!({ "id": id, "owner": owner, "text": text })).collect()
    }
}

/// The name of a weakness; a healthy service has an empty one.
pub(super) type Weakness = &'static str;

pub(super) type Answers = fn(&Asked<'_>, &mut Kept, Weakness) -> Response;

/// A service, with the name of the header that has the credential and the prefix of its value.
pub(super) struct Framework {
    pub(super) answers: Answers,
    pub(super) carries: (&'static str, &'static str),
    pub(super) profile: &'static str,
}

fn router(framework: &Framework, weakness: Weakness) -> Router {
    let (answers, (name, before)) = (framework.answers, framework.carries);
    let kept = Arc::new(Mutex::new(Kept::default()));
    Router::new().fallback(move |request: Request<Body>| {
        let kept = kept.clone();
        async move {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, 1 << 24).await.unwrap();
            let body = String::from_utf8_lossy(&body);
            let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
            let mut kept = kept.lock().unwrap();
            let carried = parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let session = carried.split("; ").find_map(|part| part.strip_prefix(before));
            let user = session.and_then(|session| kept.sessions.get(session)).cloned();
            let asked = Asked { method: &parts.method, path, query, headers: &parts.headers, body: &body, user };
            let mut answer = answers(&asked, &mut kept, weakness);
            answer.headers_mut().entry("x-content-type-options").or_insert(HeaderValue::from_static("nosniff"));
            answer
        }
    })
}

pub(super) async fn run(framework: &Framework, weakness: Weakness) -> Verification {
    let url = serve(router(framework, weakness)).await;
    let profile = Profile::parse(framework.profile, "hardened.verify.toml").unwrap();
    Verifier::builder(&url).unwrap().profile(profile).build().unwrap().run().await
}

pub(super) fn data(status: u16, body: &Value) -> Response {
    page(status, "application/json", body.to_string())
}

pub(super) fn empty(status: u16) -> Response {
    page(status, "text/plain", "")
}

pub(super) fn with(mut response: Response, name: &'static str, value: &str) -> Response {
    response.headers_mut().append(HeaderName::from_static(name), value.parse().unwrap());
    response
}

pub(super) fn redirect(to: &str) -> Response {
    with(empty(302), "location", to)
}

/// Returns the identifier at the end of a path.
pub(super) fn id(path: &str, prefix: &str) -> Option<u32> {
    path.strip_prefix(prefix)?.trim_end_matches('/').parse().ok()
}

/// Returns the value of a form field.
pub(super) fn field<'f>(form: &'f str, name: &str) -> &'f str {
    form.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default()
}
