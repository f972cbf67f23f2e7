//! Dialects with special media types or protocols for items.

use serde_json::{Value, json};

use crate::{
    common::page,
    frameworks::{
        dialect::{self, Dialect, PLAIN},
        service::{Asked, Kept, data, empty, with},
    },
};
use axum::response::Response;

const SIGN_IN: fn(&Asked<'_>, &mut Kept) -> Option<Response> = |asked, kept| {
    let name = asked.json()["username"].as_str().filter(|_| asked.is("POST", "/login"))?.to_owned();
    Some(data(200, &json!({ "user": { "id": name }, "token": kept.sign_in(&name) })))
};

/// JSON:API: its own media type, which a request body must have, and the text in attributes.
pub(super) const JSON_API: Dialect = Dialect {
    name: "JSON:API",
    profile: r#"
        writes = true
        protected = "/notes"
        headers = { Content-Type = "application/vnd.api+json", Accept = "application/vnd.api+json" }
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/login"
        json = { username = "{{username}}" }
        token = "/token"
        [isolation]
        collection = "/notes"
        create = { data = { type = "notes", attributes = { text = "{{canary}}" } } }
        id = "/data/links/self"
    "#,
    front: SIGN_IN,
    notes: |dialect, asked, kept, weakness| {
        let has_body = !asked.body.is_empty();
        if has_body && asked.user.is_some() && asked.header("content-type") != "application/vnd.api+json" {
            return document(415, &json!({ "errors": [{ "status": "415", "title": "Unsupported Media Type" }] }));
        }
        dialect::rest(dialect, asked, kept, weakness)
    },
    shows: |id, _, text| {
        let links = json!({ "self": format!("https://api.example.com/notes/{id}") });
        json!({ "data": { "type": "notes", "attributes": { "text": text }, "links": links } })
    },
    lists: |notes| json!({ "data": notes.into_iter().map(|mut note| note["data"].take()).collect::<Vec<Value>>() }),
    text: "/data/attributes/text",
    missing: |_| document(404, &json!({ "errors": [{ "status": "404", "title": "Not Found" }] })),
    docs: "/docs/api",
    ..PLAIN
};

fn document(status: u16, body: &Value) -> Response {
    page(status, "application/vnd.api+json", body.to_string())
}

/// Spring Data REST: identifiers are only in links, the response to a creation has no body, the health check is an actuator.
pub(super) const HAL: Dialect = Dialect {
    name: "Spring Data REST",
    profile: r#"
        writes = true
        protected = "/notes"
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/login"
        json = { username = "{{username}}" }
        token = "/token"
        [isolation]
        collection = "/notes"
        create = { text = "{{canary}}" }
        id = "Location"
        update_method = "PUT"
    "#,
    front: SIGN_IN,
    shows: |id, _, text| json!({ "text": text, "_links": { "self": { "href": format!("https://api.example.com/notes/{id}") } } }),
    lists: |notes| json!({ "_embedded": { "notes": notes }, "page": { "size": 20, "totalElements": 1 } }),
    makes: |id, _| with(empty(201), "location", &format!("https://api.example.com/notes/{id}")),
    update: "PUT",
    changes: |_| empty(204),
    missing: |_| empty(404),
    removed: |_| empty(404),
    refuses: || with(empty(401), "www-authenticate", "Bearer"),
    invalid: || empty(400),
    health: ("/actuator/health", || page(200, "application/vnd.spring-boot.actuator.v3+json", r#"{"status":"UP"}"#)),
    ill: r#"{"status":"UP","components":{"db":{"status":"DOWN"}}}"#,
    docs: "/swagger-ui/index.html",
    ..PLAIN
};

/// Items are created in the background, with a ULID.
pub(super) const ACCEPTED: Dialect = Dialect {
    name: "items made in the background",
    profile: r#"
        writes = true
        protected = "/notes"
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/login"
        json = { username = "{{username}}" }
        token = "/token"
        [isolation]
        collection = "/notes"
        create = { text = "{{canary}}" }
    "#,
    front: SIGN_IN,
    id: |number| format!("01JDMXZ3K7M9Q2W4T6V8Y0{number:04}"),
    number: |id| id.strip_prefix("01JDMXZ3K7M9Q2W4T6V8Y0")?.parse().ok(),
    makes: |id, _| data(202, &json!({ "id": id, "status": "pending" })),
    late: 2,
    docs: "/v3/api-docs",
    ..PLAIN
};

/// A removed item gets 410.
pub(super) const MARKED: Dialect = Dialect {
    name: "a soft removal",
    profile: r#"
        writes = true
        protected = "/notes"
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/login"
        json = { username = "{{username}}" }
        token = "/token"
        [isolation]
        collection = "/notes"
        create = { text = "{{canary}}" }
    "#,
    front: SIGN_IN,
    removes: |note| data(200, &json!({ "id": note["id"], "deletedAt": "2026-11-27T00:00:00Z" })),
    removed: |_| data(410, &json!({ "error": "gone" })),
    docs: "/openapi.json",
    ..PLAIN
};

/// An update must name the version it changes.
pub(super) const VERSIONED: Dialect = Dialect {
    name: "versions of items",
    profile: r#"
        writes = true
        protected = "/notes"
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/login"
        json = { username = "{{username}}" }
        token = "/token"
        [isolation]
        collection = "/notes"
        create = { text = "{{canary}}" }
    "#,
    front: SIGN_IN,
    versions: true,
    docs: "/swagger.json",
    ..PLAIN
};

/// The user is in the path, and other users get 404.
pub(super) const OF_USERS: Dialect = Dialect {
    name: "users in the paths",
    profile: r#"
        writes = true
        protected = "/users/{{user}}/notes"
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/login"
        json = { username = "{{username}}" }
        token = "/token"
        user = "/user/id"
        [isolation]
        collection = "/users/{{user}}/notes"
        create = { text = "{{canary}}", of = "{{user}}" }
    "#,
    front: |asked, kept| {
        if let Some(answer) = SIGN_IN(asked, kept) {
            return Some(answer);
        }
        asked.is("GET", "/users").then(|| data(404, &json!({ "error": "not found" })))
    },
    paths: ("/users/", ""),
    notes: |dialect, asked, kept, weakness| {
        let (named, rest) = asked.path.trim_start_matches("/users/").split_once("/notes").unwrap_or_default();
        let is_any = match (asked.method.as_str(), rest) {
            ("GET", "") => weakness == "list",
            ("GET", _) => weakness == "read",
            // The weak service checks only the owner in the new body.
            ("PATCH", _) => weakness == "update" && asked.json()["of"].as_str() == asked.user.as_deref(),
            _ => weakness == "delete",
        };
        if asked.user.as_deref().is_some_and(|user| user != named) && !is_any {
            return (dialect.missing)("");
        }
        let path = format!("/users/{rest}");
        // The weak service shows the list of the user in the path to everyone who is signed in.
        let user = if weakness == "list" && asked.user.is_some() { Some(named.to_owned()) } else { asked.user.clone() };
        let asked = Asked { path: &path, user, ..*asked };
        dialect::rest(dialect, &asked, kept, weakness)
    },
    docs: "/rapidoc",
    ..PLAIN
};
