//! The table of faults. Each row begins with the check that must find the fault; checks that may fail as well follow.

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
};

use super::faults::Fault::{self, Answer, Believes, Instead, Lists, Reveals, Shares};

type Row = (&'static str, Fault, &'static [&'static str]);

/// Lets an origin read the answer.
fn allow(parts: &Parts, response: &mut Response, is_allowed: fn(&str) -> bool) {
    let Some(origin) = parts.headers.get(header::ORIGIN) else { return };
    if !origin.to_str().is_ok_and(is_allowed) {
        return;
    }
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    if parts.method == Method::OPTIONS {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
}

fn remove(response: &mut Response, name: HeaderName) {
    response.headers_mut().remove(name);
}

fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}

fn page(status: StatusCode, kind: &'static str, body: &'static str) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, kind);
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

fn at(parts: &Parts, path: &str) -> bool {
    parts.method == Method::GET && parts.uri.path() == path
}

/// Replaces the body, and keeps the headers of the healthy answer.
fn answer(response: &mut Response, status: StatusCode, kind: &'static str, body: impl Into<Body>) {
    *response.status_mut() = status;
    *response.body_mut() = body.into();
    remove(response, header::CONTENT_LENGTH);
    set(response, header::CONTENT_TYPE, kind);
}

fn documentation(parts: &Parts, path: &str, response: &mut Response) {
    const PAGE: &str = r##"<!doctype html><html><head><title>Swagger UI</title><link rel="stylesheet" href="./swagger-ui.css"></head><body><div id="swagger-ui"></div><script src="./swagger-ui-bundle.js"></script><script>SwaggerUIBundle({url: "/openapi.json", dom_id: "#swagger-ui"})</script></body></html>"##;
    if at(parts, path) {
        answer(response, StatusCode::OK, "text/html", PAGE);
    }
}

fn health(parts: &Parts, response: &mut Response, body: &'static str) {
    if at(parts, "/health") {
        answer(response, StatusCode::OK, "application/json", body);
    }
}

/// Returns whether the body of a POST request is not JSON.
fn is_broken(parts: &Parts, body: &Bytes) -> bool {
    parts.method == Method::POST && serde_json::from_slice::<serde_json::Value>(body).is_err()
}

fn is_item(parts: &Parts) -> bool {
    parts.uri.path().starts_with("/tasks/")
}

/// Returns all faults.
pub(super) fn all() -> Vec<Row> {
    [cors(), tokens(), isolation(), docs(), healths(), errors(), headers(), proxies()].concat()
}

fn cors() -> Vec<Row> {
    const FOREIGN: &[&str] = &["cors-foreign-origin", "cors-credentials", "drift-origins", "drift-preflight"];
    vec![
        ("every origin is reflected", Answer(|parts, it| allow(parts, it, |_| true)), FOREIGN),
        (
            "origins that begin alike",
            Answer(|p, it| allow(p, it, |o| o.starts_with("https://app.example.com"))),
            FOREIGN,
        ),
        ("origins that end alike", Answer(|p, it| allow(p, it, |o| o.ends_with("app.example.com"))), FOREIGN),
        ("origins that contain it", Answer(|p, it| allow(p, it, |o| o.contains("app.example.com"))), FOREIGN),
        (
            "a dot stands for any letter",
            Answer(|p, it| {
                allow(p, it, |o| o.len() == 23 && o.starts_with("https://app") && o.ends_with("example.com"))
            }),
            FOREIGN,
        ),
        ("plain HTTP", Answer(|p, it| allow(p, it, |o| o == "http://app.example.com")), FOREIGN),
        ("every port", Answer(|p, it| allow(p, it, |o| o.starts_with("https://app.example.com:"))), FOREIGN),
        ("null", Answer(|p, it| allow(p, it, |o| o == "null")), FOREIGN),
        ("every subdomain", Answer(|p, it| allow(p, it, |o| o.ends_with(".example.com"))), FOREIGN),
        (
            "Vary is missing",
            Answer(|_, it| remove(it, header::VARY)),
            &["cors-vary", "cors-shared-answer", "drift-origins"],
        ),
    ]
}

fn tokens() -> Vec<Row> {
    fn names(forged: &super::faults::Forged, member: &str) -> bool {
        forged.header.get(member).is_some()
    }
    fn algorithm(forged: &super::faults::Forged) -> String {
        forged.header["alg"].as_str().unwrap_or_default().to_ascii_lowercase()
    }
    vec![
        ("none", Believes(|it| algorithm(it) == "none"), &["tokens-none"]),
        ("no signature", Believes(|it| it.signature.is_empty() && algorithm(it) != "none"), &["tokens-unsigned"]),
        (
            "changed claims",
            Believes(|it| it.is_tampered && !it.signature.is_empty() && algorithm(it) != "none"),
            &[
                "tokens-tampered",
                "tokens-foreign-key",
                "tokens-embedded-key",
                "tokens-remote-key",
                "tokens-key-id",
                "tokens-other-length",
            ],
        ),
        ("a key inside", Believes(|it| names(it, "jwk")), &["tokens-embedded-key"]),
        ("a key elsewhere", Believes(|it| names(it, "jku") || names(it, "x5u")), &["tokens-remote-key"]),
        ("a key by its name", Believes(|it| names(it, "kid")), &["tokens-key-id"]),
    ]
}

fn isolation() -> Vec<Row> {
    vec![
        (
            "others can read",
            Shares(|it| is_item(it) && it.method == Method::GET),
            &["isolation-read", "isolation-existence"],
        ),
        (
            "others can change",
            Shares(|it| is_item(it) && matches!(it.method, Method::PATCH | Method::PUT)),
            &["isolation-update"],
        ),
        ("others can remove", Shares(|it| is_item(it) && it.method == Method::DELETE), &["isolation-delete"]),
        ("lists have everything", Lists, &["isolation-list"]),
        ("what is there is told", Reveals, &["isolation-existence"]),
    ]
}

fn docs() -> Vec<Row> {
    const SHOWN: &[&str] = &["docs-hidden", "drift-docs"];
    vec![
        ("documentation", Answer(|parts, it| documentation(parts, "/docs", it)), SHOWN),
        ("documentation behind two slashes", Answer(|parts, it| documentation(parts, "//docs", it)), SHOWN),
        ("documentation in other words", Answer(|parts, it| documentation(parts, "/%64ocs", it)), SHOWN),
        (
            "the description",
            Answer(|parts, it| {
                const DESCRIPTION: &str = r#"{"openapi":"3.1.0","info":{"title":"x"},"paths":{"/tasks":{}}}"#;
                if at(parts, "/openapi.json") {
                    answer(it, StatusCode::OK, "application/json", DESCRIPTION);
                }
            }),
            SHOWN,
        ),
    ]
}

fn healths() -> Vec<Row> {
    vec![
        (
            "health is well without its database",
            Answer(|parts, it| {
                health(parts, it, r#"{"status":"healthy","database":"disconnected","environment":"production"}"#)
            }),
            &["health-honest", "health-contract", "health-works"],
        ),
        (
            "health is of another tier",
            Answer(|parts, it| {
                health(parts, it, r#"{"status":"healthy","database":"connected","environment":"development"}"#)
            }),
            &["health-tier", "health-contract", "drift-tier"],
        ),
        (
            "health may be stored",
            Answer(|parts, it| {
                if at(parts, "/health") {
                    remove(it, header::CACHE_CONTROL)
                }
            }),
            &["health-no-store", "drift-headers", "headers-cache"],
        ),
    ]
}

fn errors() -> Vec<Row> {
    const TRACE: &str = "thread 'main' panicked at src/main.rs:4:5:\nstack backtrace:\n   0: rust_begin_unwind\n   1: core::panicking::panic_fmt\n";
    const DRIVER: &str = r#"{"error":"ERROR: syntax error at or near \"SELECT\" (SQLSTATE 42601)"}"#;
    vec![
        (
            "a stack trace",
            Instead(|it, body| is_broken(it, body).then(|| page(StatusCode::BAD_REQUEST, "text/plain", TRACE))),
            &["errors-stack-trace", "errors-body", "drift-errors"],
        ),
        (
            "the text of a driver",
            Instead(|it, body| {
                is_broken(it, body).then(|| page(StatusCode::BAD_REQUEST, "application/problem+json", DRIVER))
            }),
            &["errors-driver-text", "errors-body"],
        ),
        (
            "an error of the server",
            Instead(|it, body| {
                is_broken(it, body).then(|| page(StatusCode::INTERNAL_SERVER_ERROR, "application/problem+json", "{}"))
            }),
            &["errors-server-error", "errors-body"],
        ),
        (
            "TRACE",
            Answer(|parts, it| {
                if parts.method == Method::TRACE {
                    answer(it, StatusCode::OK, "message/http", format!("TRACE / HTTP/1.1\r\n{:?}", parts.headers));
                }
            }),
            &["errors-trace-method"],
        ),
    ]
}

fn headers() -> Vec<Row> {
    const COOKIE: &str = "session=0123456789abcdef";
    vec![
        (
            "nosniff is missing",
            Answer(|_, it| remove(it, header::X_CONTENT_TYPE_OPTIONS)),
            &["headers-nosniff", "drift-headers"],
        ),
        (
            "HSTS is missing",
            Answer(|_, it| remove(it, header::STRICT_TRANSPORT_SECURITY)),
            &["headers-hsts", "drift-headers"],
        ),
        (
            "the policy of contents is missing",
            Answer(|_, it| remove(it, header::CONTENT_SECURITY_POLICY)),
            &["drift-headers", "headers-csp", "headers-frame"],
        ),
        (
            "the policy of referrers is missing",
            Answer(|_, it| remove(it, header::REFERRER_POLICY)),
            &["drift-headers", "headers-referrer"],
        ),
        (
            "the software is named",
            Answer(|_, it| set(it, header::SERVER, "nginx/1.25.3")),
            &["headers-software", "drift-headers"],
        ),
        (
            "a cookie without Secure",
            Answer(|_, it| set(it, header::SET_COOKIE, "session=0123456789abcdef; HttpOnly; SameSite=Lax")),
            &["cookies-secure"],
        ),
        (
            "a cookie without HttpOnly",
            Answer(|_, it| set(it, header::SET_COOKIE, "session=0123456789abcdef; Secure; SameSite=Lax")),
            &["cookies-http-only"],
        ),
        (
            "a cookie without SameSite",
            Answer(|_, it| set(it, header::SET_COOKIE, "session=0123456789abcdef; Secure; HttpOnly")),
            &["cookies-same-site"],
        ),
        (
            "a cookie without anything",
            Answer(|_, it| set(it, header::SET_COOKIE, COOKIE)),
            &["cookies-secure", "cookies-http-only", "cookies-same-site"],
        ),
    ]
}

fn proxies() -> Vec<Row> {
    vec![
        (
            "a link to the host that a client names",
            Answer(|parts, it| {
                let host = parts.headers.get("x-forwarded-host").and_then(|host| host.to_str().ok());
                let link =
                    host.map(|host| HeaderValue::from_str(&format!("<https://{host}/tasks>; rel=next")).unwrap());
                it.headers_mut().extend(link.map(|link| (header::LINK, link)));
            }),
            &["hosts-forwarded"],
        ),
        (
            "a client that says it is the machine itself is let in",
            Instead(|parts, _| {
                let claims = parts.headers.get("x-forwarded-for").is_some_and(|address| address == "127.0.0.1");
                (claims && at(parts, "/tasks")).then(|| page(StatusCode::OK, "application/json", "[]"))
            }),
            &["hosts-client", "drift-headers"],
        ),
    ]
}
