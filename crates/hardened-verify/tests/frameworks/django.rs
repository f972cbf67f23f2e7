//! Django: its REST framework with tokens, and HTML pages with sessions.

use axum::{http::Method, response::Response};
use serde_json::json;

use super::service::{Asked, Framework, Kept, Weakness, data, empty, field, id, redirect, with};
use crate::common::page;

/// The `Token` scheme, a slash at the end of every path, HTML error pages, and one known host.
pub(super) const REST: Framework = Framework {
    answers: django_rest,
    carries: ("authorization", "Token "),
    profile: r#"
        writes = true
        protected = "/notes/"
        [users.a]
        username = "ada"
        [users.b]
        username = "bob"
        [sign_in]
        path = "/api-token-auth/"
        form = { username = "{{username}}" }
        token = "/token"
        scheme = "Token"
        [isolation]
        collection = "/notes/"
        item = "/notes/{id}/"
        create = { text = "{{canary}}" }
        [cors]
        allowed = "*"
    "#,
};

fn django_rest(asked: &Asked<'_>, kept: &mut Kept, weakness: Weakness) -> Response {
    let missing =
        || page(404, "text/html; charset=utf-8", "<h1>Not Found</h1><p>The requested resource was not found.</p>");
    if !asked.header("host").starts_with("127.0.0.1:") {
        return page(400, "text/html; charset=utf-8", "<h1>Bad Request (400)</h1>");
    }
    let is_known = ["/health", "/api-token-auth", "/docs"].contains(&asked.path) || asked.path.starts_with("/notes");
    if is_known && !asked.path.ends_with('/') && asked.method == Method::GET {
        // With an absolute URL, as nginx and Starlette send it.
        let to = format!("http://{}{}/", asked.header("host"), asked.path);
        return with(empty(301), "location", &to);
    }
    let answer = if asked.is("GET", "/health/") {
        data(200, &json!({ "status": "ok" }))
    } else if asked.is("GET", "/docs/") && weakness == "documentation" {
        page(200, "text/html", "<link href=\"swagger-ui.css\">")
    } else if asked.is("POST", "/api-token-auth/") {
        data(200, &json!({ "token": kept.sign_in(field(asked.body, "username")) }))
    } else if asked.path.starts_with("/notes/") {
        django_notes(asked, kept, weakness)
    } else {
        missing()
    };
    with(answer, "access-control-allow-origin", "*")
}

fn django_notes(asked: &Asked<'_>, kept: &mut Kept, weakness: Weakness) -> Response {
    let Some(user) = &asked.user else {
        let refused = data(401, &json!({ "detail": "Authentication credentials were not provided." }));
        return with(refused, "www-authenticate", "Token");
    };
    let missing = || data(404, &json!({ "detail": "No Note matches the given query." }));
    let text = asked.json()["text"].as_str().map(str::to_owned);
    match (asked.method.as_str(), id(asked.path, "/notes/"), text) {
        ("GET", None, _) if asked.path == "/notes/" => {
            data(200, &json!({ "count": 1, "results": kept.of(user, false) }))
        }
        ("POST", None, Some(text)) => data(201, &json!({ "id": kept.write(user, &text), "text": text })),
        ("POST", ..) => {
            data(400, &json!({ "detail": "JSON parse error - Expecting value: line 1 column 11 (char 10)" }))
        }
        (method, Some(id), text) => {
            let is_own = kept.notes.get(&id).is_some_and(|(owner, _)| owner == user || weakness == "read");
            match (method, text) {
                _ if !is_own => missing(),
                ("GET", _) => data(200, &json!({ "id": id, "text": kept.notes[&id].1 })),
                ("PATCH", Some(text)) => {
                    kept.notes.get_mut(&id).unwrap().1 = text;
                    data(200, &json!({ "id": id }))
                }
                ("DELETE", _) => {
                    kept.notes.remove(&id);
                    empty(204)
                }
                _ => data(405, &json!({ "detail": "Method not allowed." })),
            }
        }
        _ => missing(),
    }
}

/// Sessions in cookies, a sign-in form, a redirect to it instead of 401, and a CSRF token in the page with the form.
pub(super) const PAGES: Framework = Framework {
    answers: django_pages,
    carries: ("cookie", "sessionid="),
    profile: r#"
        writes = true
        protected = "/notes/"
        refused = [302]
        [users.a]
        username = "ada"
        [users.b]
        username = "bob"
        [csrf]
        path = "/login/"
        input = "csrfmiddlewaretoken"
        send = "X-CSRFToken"
        [sign_in]
        path = "/login/"
        form = { username = "{{username}}", csrfmiddlewaretoken = "{{csrf}}" }
        [isolation]
        collection = "/notes/"
        item = "/notes/{id}/"
        create = { text = "{{canary}}" }
    "#,
};

fn django_pages(asked: &Asked<'_>, kept: &mut Kept, weakness: Weakness) -> Response {
    let csrf = "a-token-against-forged-requests";
    let origin = format!("http://{}", asked.header("host"));
    let is_safe = asked.method == Method::GET || asked.method == Method::HEAD;
    let has_token = asked.header("x-csrftoken") == csrf || field(asked.body, "csrfmiddlewaretoken") == csrf;
    let is_trusted = is_safe || has_token && asked.header("origin") == origin;
    let answer = if asked.is("GET", "/health") {
        page(200, "text/plain", "OK")
    } else if asked.path == "/login/" && asked.method == Method::GET {
        let form = format!("<form><input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"{csrf}\"></form>");
        let page = page(200, "text/html", format!("<!doctype html>{form}"));
        with(with(page, "x-frame-options", "DENY"), "referrer-policy", "same-origin")
    } else if !is_trusted && (asked.user.is_some() || !asked.path.starts_with("/notes/")) {
        page(403, "text/html", "<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>")
    } else if asked.is("POST", "/login/") {
        let session = kept.sign_in(field(asked.body, "username"));
        let flags = if weakness == "cookie" { "Path=/" } else { "HttpOnly; Path=/; SameSite=Lax; Secure" };
        with(redirect("/"), "set-cookie", &format!("sessionid={session}; {flags}"))
    } else if asked.path.starts_with("/notes/") {
        match &asked.user {
            Some(_) => django_notes(asked, kept, weakness),
            None => redirect(&format!("/login/?next={}", asked.path)),
        }
    } else {
        page(404, "text/html", "<h1>Not Found</h1>")
    };
    with(answer, "cache-control", "private")
}
