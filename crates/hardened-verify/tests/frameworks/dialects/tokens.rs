//! Dialects with bearer tokens.

use axum::{http::HeaderMap, response::Response};
use serde_json::{Value, json};

use crate::{
    common::page,
    frameworks::{
        dialect::{Dialect, PLAIN, header},
        service::{Kept, data, empty, with},
    },
};

fn uuid(number: u32) -> String {
    format!("018f4e4c-7b1a-4cc3-9c2e-{number:012x}")
}

fn of_uuid(id: &str) -> Option<u32> {
    u32::from_str_radix(id.strip_prefix("018f4e4c-7b1a-4cc3-9c2e-")?, 16).ok()
}

/// NestJS: 201 for a sign-in, 401 without a challenge, a deletion returns the item, documentation at `/api`.
pub(super) const NEST: Dialect = Dialect {
    name: "NestJS",
    profile: r#"
        writes = true
        protected = "/notes"
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/auth/login"
        json = { username = "{{username}}" }
        token = "/access_token"
        [isolation]
        collection = "/notes"
        create = { text = "{{canary}}" }
    "#,
    front: |asked, kept| {
        let name = asked.json()["username"].as_str()?.to_owned();
        let is_it = asked.is("POST", "/auth/login");
        is_it.then(|| data(201, &json!({ "access_token": kept.sign_in(&name), "refresh_token": "r-0123456789" })))
    },
    id: uuid,
    number: of_uuid,
    removes: |note| data(200, &note),
    missing: |_| data(404, &json!({ "message": "Note not found", "error": "Not Found", "statusCode": 404 })),
    removed: |_| data(404, &json!({ "message": "Note not found", "error": "Not Found", "statusCode": 404 })),
    refuses: || data(401, &json!({ "message": "Unauthorized", "statusCode": 401 })),
    invalid: || {
        let reasons = json!({ "message": ["text must be a string"], "error": "Bad Request", "statusCode": 400 });
        data(400, &reasons)
    },
    health: ("/health", || {
        let database = json!({ "database": { "status": "up" } });
        data(200, &json!({ "status": "ok", "info": database, "error": {}, "details": database }))
    }),
    ill: r#"{"status":"ok","info":{},"error":{},"details":{"database":{"status":"down"}}}"#,
    docs: "/api",
    ..PLAIN
};

/// ASP.NET Core: PUT with 204, problem documents with a trace id that differs each time, a health check in plain text.
pub(super) const ASP_NET: Dialect = Dialect {
    name: "ASP.NET Core",
    profile: r#"
        writes = true
        protected = "/api/notes"
        users = { a = { email = "ada@example.com" }, b = { email = "bob@example.com" } }
        [sign_in]
        path = "/login"
        json = { email = "{{email}}" }
        token = "/accessToken"
        [isolation]
        collection = "/api/notes"
        create = { text = "{{canary}}" }
        update_method = "PUT"
    "#,
    front: |asked, kept| {
        let name = asked.json()["email"].as_str()?.to_owned();
        let told =
            |token| json!({ "tokenType": "Bearer", "accessToken": token, "expiresIn": 3600, "refreshToken": "CfDJ8" });
        asked.is("POST", "/login").then(|| data(200, &told(kept.sign_in(&name))))
    },
    paths: ("/api/notes", ""),
    makes: |id, note| with(data(201, &note), "location", &format!("https://api.example.com/api/notes/{id}")),
    update: "PUT",
    changes: |_| empty(204),
    missing: |_| problem(404, "Not Found"),
    removed: |_| problem(404, "Not Found"),
    refuses: || with(empty(401), "www-authenticate", "Bearer"),
    invalid: || problem(400, "One or more validation errors occurred."),
    health: ("/healthz", || page(200, "text/plain", "Healthy")),
    ill: "Unhealthy",
    docs: "/scalar/v1",
    ..PLAIN
};

fn problem(status: u16, title: &str) -> Response {
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let trace = format!("00-{:032x}-00f067aa0ba902b7-00", NUMBER.fetch_add(1, Relaxed));
    let kind = "https://tools.ietf.org/html/rfc9110#section-15.5.5";
    let body = json!({ "type": kind, "title": title, "status": status, "traceId": trace });
    page(status, "application/problem+json", body.to_string())
}

/// Phoenix: envelopes in requests and responses, and another envelope for errors.
pub(super) const PHOENIX: Dialect = Dialect {
    name: "Phoenix",
    profile: r#"
        writes = true
        protected = "/api/notes"
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/api/session"
        json = { session = { name = "{{username}}" } }
        token = "/data/token"
        [isolation]
        collection = "/api/notes"
        create = { note = { text = "{{canary}}" } }
        id = "/data/id"
    "#,
    front: |asked, kept| {
        let name = asked.json().pointer("/session/name")?.as_str()?.to_owned();
        asked.is("POST", "/api/session").then(|| data(200, &json!({ "data": { "token": kept.sign_in(&name) } })))
    },
    paths: ("/api/notes", ""),
    shows: |id, _, text| json!({ "data": { "id": id, "text": text } }),
    lists: |notes| json!({ "data": notes.into_iter().map(|mut note| note["data"].take()).collect::<Vec<Value>>() }),
    makes: |id, note| with(data(201, &note), "location", &format!("/api/notes/{id}")),
    text: "/note/text",
    missing: |_| errors(404, "Not Found"),
    removed: |_| errors(404, "Not Found"),
    refuses: || errors(401, "Unauthorized"),
    invalid: || errors(400, "Bad Request"),
    docs: "/api/openapi.json",
    ..PLAIN
};

fn errors(status: u16, detail: &str) -> Response {
    data(status, &json!({ "errors": { "detail": detail } }))
}

/// Rails with Devise: the token is in a response header, the health check is an HTML page.
pub(super) const RAILS: Dialect = Dialect {
    name: "Rails",
    profile: r#"
        writes = true
        protected = "/notes"
        users = { a = { email = "ada@example.com" }, b = { email = "bob@example.com" } }
        [sign_in]
        path = "/users/sign_in"
        json = { user = { email = "{{email}}" } }
        token = "Authorization"
        [isolation]
        collection = "/notes"
        create = { note = { text = "{{canary}}" } }
        [health]
        paths = ["/up"]
    "#,
    front: |asked, kept| {
        let name = asked.json().pointer("/user/email")?.as_str()?.to_owned();
        let is_it = asked.is("POST", "/users/sign_in");
        is_it.then(|| {
            with(data(200, &json!({ "ok": true })), "authorization", &format!("Bearer {}", kept.sign_in(&name)))
        })
    },
    text: "/note/text",
    missing: |_| data(404, &json!({ "status": 404, "error": "Not Found" })),
    health: ("/up", || {
        page(200, "text/html", "<!DOCTYPE html><html><body style=\"background-color: green\"></body></html>")
    }),
    docs: "/api-docs/index.html",
    ..PLAIN
};

/// A service that responds to the first sign-in with 429, pages lists by a cursor, refuses items of other users with 400, and
/// expects its token in a custom header.
pub(super) const ECHO: Dialect = Dialect {
    name: "a busy service",
    profile: r#"
        writes = true
        protected = "/v1/notes"
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/v1/sessions"
        json = { username = "{{username}}" }
        token = "/session/token/value"
        send = "X-Session"
        [isolation]
        collection = "/v1/notes"
        item = "/v1/notes/{id}"
        create = { text = "{{canary}}" }
    "#,
    front: |asked, kept| {
        let name = asked.json()["username"].as_str()?.to_owned();
        if !asked.is("POST", "/v1/sessions") {
            return None;
        }
        if kept.count("sign-in") == 0 {
            return Some(with(data(429, &json!({ "error": "slow down" })), "retry-after", "1"));
        }
        Some(data(200, &json!({ "session": { "token": { "value": kept.sign_in(&name) } } })))
    },
    user: |headers: &HeaderMap, kept: &Kept| kept.user(header(headers, "x-session")),
    paths: ("/v1/notes", ""),
    id: |number| format!("note_01jdmxz3k7m9q2w4t6v8y0{number:04}"),
    number: |id| id.strip_prefix("note_01jdmxz3k7m9q2w4t6v8y0")?.parse().ok(),
    lists: |mut notes| {
        notes.reverse();
        notes.truncate(2);
        json!({ "items": notes, "next_cursor": "bm90ZV8y" })
    },
    missing: |_| data(400, &json!({ "error": { "code": "invalid_id", "message": "No such note" } })),
    removed: |_| data(404, &json!({ "error": { "code": "gone", "message": "No such note" } })),
    refuses: || data(401, &json!({ "error": { "code": "no_session" } })),
    docs: "/redoc",
    ..PLAIN
};
