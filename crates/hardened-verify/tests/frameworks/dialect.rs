//! A service with notes of users in one of many dialects, which differ in how they name and wrap items, refuse requests and
//! sign users in.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue},
    response::Response,
};
use hardened_verify::{Profile, Verification, Verifier};
use serde_json::{Value, json};

use super::service::{Asked, Kept, data, empty, with};
use crate::common::page;

/// The base URL of the service.
const URL: &str = "https://api.example.com";

/// A dialect. By default, it is a plain service ([`PLAIN`]): JSON without an envelope, numbers, PATCH, 404.
pub(super) struct Dialect {
    pub(super) name: &'static str,
    pub(super) profile: &'static str,
    /// Responds to requests that are not for notes, above all to sign-ins; `None` for other paths.
    pub(super) front: fn(&Asked<'_>, &mut Kept) -> Option<Response>,
    /// Returns the user whose valid credential the request has.
    pub(super) user: fn(&HeaderMap, &Kept) -> Option<String>,
    /// The path of the collection, and the suffix behind the identifier of an item.
    pub(super) paths: (&'static str, &'static str),
    pub(super) notes: fn(&Dialect, &Asked<'_>, &mut Kept, &str) -> Response,
    /// Encodes the number of a note as its identifier; `number` decodes it.
    pub(super) id: fn(u32) -> String,
    pub(super) number: fn(&str) -> Option<u32>,
    /// Represents a note by its identifier, owner and text.
    pub(super) shows: fn(&str, &str, &str) -> Value,
    pub(super) lists: fn(Vec<Value>) -> Value,
    /// Returns the response to a creation, from the identifier and the note.
    pub(super) makes: fn(&str, Value) -> Response,
    /// The JSON pointer to the text in the body.
    pub(super) text: &'static str,
    pub(super) update: &'static str,
    pub(super) changes: fn(Value) -> Response,
    pub(super) removes: fn(Value) -> Response,
    pub(super) missing: fn(&str) -> Response,
    /// Returns the response for a removed note.
    pub(super) removed: fn(&str) -> Response,
    pub(super) refuses: fn() -> Response,
    pub(super) invalid: fn() -> Response,
    /// How many times reading a new note fails before it succeeds.
    pub(super) late: u32,
    /// Whether an update must name the version it changes, in `If-Match`.
    pub(super) versions: bool,
    pub(super) health: (&'static str, fn() -> Response),
    /// The body of the health check when the database is down.
    pub(super) ill: &'static str,
    pub(super) docs: &'static str,
}

/// A plain service.
pub(super) const PLAIN: Dialect = Dialect {
    name: "plain",
    profile: "",
    front: |_, _| None,
    user: |headers, kept| kept.user(header(headers, "authorization").strip_prefix("Bearer ")?),
    paths: ("/notes", ""),
    notes: rest,
    id: |number| number.to_string(),
    number: |id| id.parse().ok(),
    shows: |id, owner, text| json!({ "id": id, "owner": owner, "text": text }),
    lists: |notes| json!(notes),
    makes: |_, note| data(201, &note),
    text: "/text",
    update: "PATCH",
    changes: |note| data(200, &note),
    removes: |_| empty(204),
    missing: |_| data(404, &json!({ "error": "not found" })),
    removed: |_| data(404, &json!({ "error": "not found" })),
    refuses: || with(data(401, &json!({ "error": "unauthorized" })), "www-authenticate", "Bearer"),
    invalid: || data(400, &json!({ "error": "the body is not as it must be" })),
    late: 0,
    versions: false,
    health: ("/health", || data(200, &json!({ "status": "ok" }))),
    ill: r#"{"status":"ok","database":"disconnected"}"#,
    docs: "/docs",
};

pub(super) fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    let pairs = header(headers, "cookie").split("; ").filter_map(|pair| pair.split_once('='));
    pairs.filter(|(other, _)| *other == name).map(|(_, value)| value).next().unwrap_or_default()
}

/// A weakness, the check that finds it, and other checks that may fail because of it.
pub(super) const WEAKNESSES: &[(&str, &str, &[&str])] = &[
    ("read", "isolation-read", &["isolation-existence"]),
    ("list", "isolation-list", &[]),
    ("update", "isolation-update", &[]),
    ("delete", "isolation-delete", &[]),
    ("anonymous", "isolation-anonymous", &[]),
    ("session", "tokens-junk", &[]),
    ("origin", "cors-foreign-origin", &["cors-credentials"]),
    ("documentation", "docs-hidden", &[]),
    ("trace", "errors-stack-trace", &[]),
    ("file", "exposure-secrets", &[]),
    ("health", "health-honest", &["health-works"]),
    ("sniff", "headers-nosniff", &[]),
];

/// Verifies a service of this dialect; an empty weakness means a healthy one.
pub(super) async fn verify(dialect: &'static Dialect, weakness: &'static str) -> Verification {
    let profile = Profile::parse(dialect.profile, "hardened.verify.toml").unwrap();
    let verifier = Verifier::in_process::<_, Body, _>(router(dialect, weakness), URL).unwrap();
    verifier.profile(profile).build().unwrap().run().await
}

fn router(dialect: &'static Dialect, weakness: &'static str) -> Router {
    let kept = Arc::new(Mutex::new(Kept::default()));
    Router::new().fallback(move |request: Request<Body>| {
        let kept = kept.clone();
        async move {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, 1 << 24).await.unwrap();
            let body = String::from_utf8_lossy(&body);
            let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
            let mut kept = kept.lock().unwrap();
            let user = (dialect.user)(&parts.headers, &kept);
            let has_credential = !header(&parts.headers, "authorization").is_empty()
                || !header(&parts.headers, "cookie").is_empty()
                || !header(&parts.headers, "x-session").is_empty();
            let user = user.or_else(|| (weakness == "session" && has_credential).then(|| "ada".to_owned()));
            let asked = Asked { method: &parts.method, path, query, headers: &parts.headers, body: &body, user };
            dressed(answer(dialect, &asked, &mut kept, weakness), &asked, weakness)
        }
    })
}

fn answer(dialect: &'static Dialect, asked: &Asked<'_>, kept: &mut Kept, weakness: &str) -> Response {
    let (health, answer) = dialect.health;
    let is_head = asked.method == "HEAD";
    if asked.path == health && (is_head || asked.method == "GET") {
        return if weakness == "health" { page(200, "application/json", dialect.ill) } else { answer() };
    }
    if asked.is("GET", dialect.docs) && weakness == "documentation" {
        return page(
            200,
            "text/html",
            "<!doctype html><title>API</title><script src=\"swagger-ui-bundle.js\"></script>",
        );
    }
    if asked.is("GET", "/.env") && weakness == "file" {
        return page(200, "text/plain", "DATABASE_URL=postgres://db/notes\nDEBUG=1\n");
    }
    if let Some(answer) = (dialect.front)(asked, kept) {
        return answer;
    }
    if asked.path.starts_with(dialect.paths.0) {
        return (dialect.notes)(dialect, asked, kept, weakness);
    }
    data(404, &json!({ "error": "there is nothing here" }))
}

/// Adds the headers that a proxy in front sets on every response.
fn dressed(mut answer: Response, asked: &Asked<'_>, weakness: &str) -> Response {
    let headers = answer.headers_mut();
    if weakness != "sniff" {
        headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    }
    headers.insert("strict-transport-security", HeaderValue::from_static("max-age=31536000"));
    headers.entry("cache-control").or_insert(HeaderValue::from_static("no-cache, private"));
    headers.entry("referrer-policy").or_insert(HeaderValue::from_static("same-origin"));
    let policy = HeaderValue::from_static("default-src 'self'; frame-ancestors 'none'");
    headers.entry("content-security-policy").or_insert(policy);
    if weakness == "origin" && !asked.header("origin").is_empty() {
        headers.insert("access-control-allow-origin", asked.header("origin").parse().unwrap());
        headers.insert("access-control-allow-credentials", HeaderValue::from_static("true"));
        headers.insert("vary", HeaderValue::from_static("origin"));
    }
    if weakness == "trace" && asked.body == "{\"title\": " {
        let trace = "{\"stack\":\"Error\\n    at parse (/srv/app/parse.js:12:5)\"}";
        return dressed(page(400, "application/json", trace), asked, "");
    }
    answer
}

/// Responds to requests for items that have a path each.
pub(super) fn rest(dialect: &Dialect, asked: &Asked<'_>, kept: &mut Kept, weakness: &str) -> Response {
    let (collection, end) = dialect.paths;
    let rest = asked.path.strip_prefix(collection).unwrap_or_default();
    let is_open = weakness == "anonymous" && asked.user.is_none() && asked.method == "GET" && rest.len() > 1;
    let Some(user) = asked.user.clone().or_else(|| is_open.then(String::new)) else { return (dialect.refuses)() };
    let body = asked.json();
    let text = body.pointer(dialect.text).and_then(Value::as_str);
    if rest == end {
        return match (asked.method.as_str(), text) {
            ("GET", _) => data(200, &(dialect.lists)(shown(dialect, kept, &user, weakness == "list"))),
            ("POST", Some(text)) => {
                let number = kept.write(&user, text);
                let id = (dialect.id)(number);
                (dialect.makes)(&id, (dialect.shows)(&id, &user, text))
            }
            ("POST", _) => (dialect.invalid)(),
            _ => with(empty(405), "allow", "GET, POST"),
        };
    }
    let id = rest.strip_prefix('/').and_then(|rest| rest.strip_suffix(end)).unwrap_or_default();
    let Some(number) = (dialect.number)(id) else { return (dialect.missing)(id) };
    if kept.asked.contains_key(&format!("removed {number}")) {
        return (dialect.removed)(id);
    }
    let is_any = match asked.method.as_str() {
        "GET" => weakness == "read" || is_open,
        "DELETE" => weakness == "delete",
        method => weakness == "update" && method == dialect.update,
    };
    let note = kept.notes.get(&number).filter(|(owner, _)| *owner == user || is_any).cloned();
    let Some((owner, old)) = note else { return (dialect.missing)(id) };
    if asked.method == "GET" && kept.count(&format!("read {number}")) < dialect.late {
        return (dialect.missing)(id);
    }
    let version = format!("\"{}\"", kept.asked.get(&format!("version {number}")).unwrap_or(&0));
    if dialect.versions && asked.method != "GET" && asked.header("if-match") != version {
        let status = if asked.header("if-match").is_empty() { 428 } else { 412 };
        return data(status, &json!({ "error": "the version is not the one that is here" }));
    }
    let answer = match (asked.method.as_str(), text) {
        ("GET", _) => data(200, &(dialect.shows)(id, &owner, &old)),
        ("DELETE", _) => {
            kept.notes.remove(&number);
            kept.count(&format!("removed {number}"));
            (dialect.removes)((dialect.shows)(id, &owner, &old))
        }
        (method, Some(text)) if method == dialect.update => {
            kept.notes.get_mut(&number).unwrap().1 = text.to_owned();
            kept.count(&format!("version {number}"));
            (dialect.changes)((dialect.shows)(id, &owner, text))
        }
        (method, None) if method == dialect.update => (dialect.invalid)(),
        _ => with(empty(405), "allow", "GET"),
    };
    if dialect.versions && asked.method == "GET" { with(answer, "etag", &version) } else { answer }
}

/// Returns the notes of a user or of everyone.
pub(super) fn shown(dialect: &Dialect, kept: &Kept, user: &str, is_any: bool) -> Vec<Value> {
    let own = kept.notes.iter().filter(|(_, (owner, _))| is_any || owner == user);
    own.map(|(number, (owner, text))| (dialect.shows)(&(dialect.id)(*number), owner, text)).collect()
}
