//! Dialects with sessions in cookies.

use axum::http::HeaderMap;
use serde_json::json;

use crate::{
    common::page,
    frameworks::{
        dialect::{self, Dialect, PLAIN, cookie},
        service::{Asked, Kept, data, empty, with},
    },
};

/// Laravel with Sanctum: a CSRF token in a cookie that scripts can read, which is longer than the session.
pub(super) const SANCTUM: Dialect = Dialect {
    name: "Laravel Sanctum",
    profile: r#"
        writes = true
        protected = "/api/notes"
        headers = { Accept = "application/json" }
        users = { a = { email = "ada@example.com" }, b = { email = "bob@example.com" } }
        [csrf]
        path = "/sanctum/csrf-cookie"
        cookie = "XSRF-TOKEN"
        send = "X-XSRF-TOKEN"
        [sign_in]
        path = "/login"
        json = { email = "{{email}}" }
        [isolation]
        collection = "/api/notes"
        create = { text = "{{canary}}" }
        id = "/data/id"
        update_method = "PUT"
        [health]
        paths = ["/up"]
    "#,
    front: |asked, kept| {
        if asked.is("GET", "/sanctum/csrf-cookie") {
            return Some(with(empty(204), "set-cookie", XSRF));
        }
        let email = asked.json()["email"].as_str().filter(|_| asked.is("POST", "/login"))?.to_owned();
        if !has_token(asked) {
            return Some(data(419, &json!({ "message": "CSRF token mismatch." })));
        }
        let session = format!("laravel_session={}; Path=/; HttpOnly; Secure; SameSite=Lax", kept.sign_in(&email));
        Some(with(with(empty(204), "set-cookie", &session), "set-cookie", XSRF))
    },
    user: |headers, kept| kept.user(cookie(headers, "laravel_session")),
    paths: ("/api/notes", ""),
    notes: |dialect, asked, kept, weakness| match asked.method.is_safe() || asked.user.is_none() || has_token(asked) {
        true => dialect::rest(dialect, asked, kept, weakness),
        false => data(419, &json!({ "message": "CSRF token mismatch." })),
    },
    shows: |id, _, text| json!({ "data": { "id": id, "text": text } }),
    lists: |notes| {
        let notes: Vec<_> = notes.into_iter().map(|mut note| note["data"].take()).collect();
        json!({ "data": notes, "links": { "first": "https://api.example.com/api/notes?page=1" }, "meta": { "current_page": 1 } })
    },
    update: "PUT",
    missing: |id| {
        let message = format!("No query results for model [App\\Models\\Note] {id}");
        data(404, &json!({ "message": message }))
    },
    removed: |_| data(404, &json!({ "message": "The note is not there." })),
    refuses: || data(401, &json!({ "message": "Unauthenticated." })),
    invalid: || data(422, &json!({ "message": "The text field is required.", "errors": { "text": ["required"] } })),
    health: ("/up", || page(200, "text/html", "<!DOCTYPE html><title>Laravel</title><p>Application up</p>")),
    docs: "/api/documentation",
    ..PLAIN
};

const XSRF: &str =
    "XSRF-TOKEN=eyJpdiI6Im5vbmNlIn0-and-very-much-longer-than-the-session%3D; Path=/; Secure; SameSite=Lax";

fn has_token(asked: &Asked<'_>) -> bool {
    asked.header("x-xsrf-token") == "eyJpdiI6Im5vbmNlIn0-and-very-much-longer-than-the-session="
        && asked.header("origin") == "https://api.example.com"
}

/// Django REST framework with sessions: 403 without a session, and a second cookie for the CSRF token.
pub(super) const DJANGO_SESSIONS: Dialect = Dialect {
    name: "Django REST with sessions",
    profile: r#"
        writes = true
        protected = "/notes/"
        refused = [403]
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [csrf]
        path = "/login/"
        cookie = "csrftoken"
        send = "X-CSRFToken"
        [sign_in]
        path = "/login/"
        form = { username = "{{username}}" }
        [isolation]
        collection = "/notes/"
        item = "/notes/{id}/"
        create = { text = "{{canary}}" }
    "#,
    front: |asked, kept| {
        const TOKEN: &str = "csrftoken=0123456789abcdef-0123456789; Path=/; SameSite=Lax; Secure";
        if asked.is("GET", "/login/") {
            return Some(with(page(200, "text/html", "<!doctype html><form></form>"), "set-cookie", TOKEN));
        }
        if asked.is("GET", "/notes") {
            return Some(with(empty(301), "location", "/notes/"));
        }
        let name = asked.body.strip_prefix("username=").filter(|_| asked.is("POST", "/login/"))?;
        if asked.header("x-csrftoken").is_empty() {
            return Some(page(403, "text/html", "<h1>Forbidden</h1>"));
        }
        let session = format!("sessionid={}; HttpOnly; Path=/; SameSite=Lax; Secure", kept.sign_in(name));
        Some(with(with(empty(302), "location", "/"), "set-cookie", &session))
    },
    user: |headers, kept| kept.user(cookie(headers, "sessionid")),
    paths: ("/notes", "/"),
    notes: |dialect, asked, kept, weakness| {
        let has_token = asked.method.is_safe() || asked.user.is_none() || !asked.header("x-csrftoken").is_empty();
        match has_token {
            true => dialect::rest(dialect, asked, kept, weakness),
            false => data(403, &json!({ "detail": "CSRF Failed: CSRF token missing." })),
        }
    },
    lists: |notes| json!({ "count": notes.len(), "next": null, "previous": null, "results": notes }),
    missing: |_| data(404, &json!({ "detail": "No Note matches the given query." })),
    refuses: || data(403, &json!({ "detail": "Authentication credentials were not provided." })),
    health: ("/healthz", || page(200, "text/plain", "OK")),
    ill: "unhealthy",
    docs: "/api/schema",
    ..PLAIN
};

/// Express with Passport: a second cookie that signs the user in again.
pub(super) const REMEMBERED: Dialect = Dialect {
    name: "a session that is remembered",
    profile: r#"
        writes = true
        protected = "/notes"
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/login"
        json = { username = "{{username}}" }
        [isolation]
        collection = "/notes"
        create = { text = "{{canary}}" }
    "#,
    front: |asked, kept| {
        let name = asked.json()["username"].as_str().filter(|_| asked.is("POST", "/login"))?.to_owned();
        let set = |name: &str, value: String| format!("{name}=s%3A{value}; Path=/; HttpOnly; Secure; SameSite=Lax");
        let (session, again) = (set("connect.sid", kept.sign_in(&name)), set("remember_me", kept.sign_in(&name)));
        Some(with(with(data(200, &json!({ "name": name })), "set-cookie", &session), "set-cookie", &again))
    },
    user: |headers: &HeaderMap, kept: &Kept| {
        let of = |name: &str| kept.user(cookie(headers, name).strip_prefix("s%3A")?);
        of("connect.sid").or_else(|| of("remember_me"))
    },
    refuses: || data(401, &json!({ "error": "sign in" })),
    docs: "/api-docs",
    ..PLAIN
};
