//! Tests preflights against one policy.

use std::time::Duration;

use hardened::{
    Tier,
    cors::{CorsPolicy, Decision, Preflight},
};
use http::{HeaderMap, Method};

use crate::cors::support::{all, has_protocol, headers};

const APP: &str = "https://app.example.com";

fn policy() -> CorsPolicy {
    CorsPolicy::builder()
        .allow_origins([APP, "https://*.preview.example.com"])
        .allow_credentials()
        .allow_methods(["PUT", "DELETE", "PURGE"])
        .allow_headers(["content-type", "authorization", "x-request-id"])
        .expose_headers(["etag"])
        .max_age(Duration::from_secs(600))
        .preflight_status(204)
        .build(Tier::Production)
        .unwrap()
}

fn answer(policy: &CorsPolicy, request: &HeaderMap) -> Preflight {
    match policy.decide(&Method::OPTIONS, request) {
        Decision::Preflight(answer) => answer,
        Decision::Forward(_) => panic!("not a preflight: {request:?}"),
    }
}

fn judge(policy: &CorsPolicy, request: &HeaderMap, allowed: bool, case: &str) {
    let answer = answer(policy, request);
    let vary = ["origin, access-control-request-method, access-control-request-headers"];
    assert_eq!(all(answer.headers(), "vary"), vary, "{case}");
    assert_eq!(answer.status(), if allowed { 204 } else { 403 }, "{case}");
    assert_eq!(has_protocol(answer.headers()), allowed, "{case}");
}

/// Methods, and whether each is allowed.
const METHODS: &[(&str, bool)] = &[
    ("GET", true),
    ("HEAD", true),
    ("POST", true),
    ("PUT", true),
    ("DELETE", true),
    ("PURGE", true),
    ("PATCH", false),
    ("OPTIONS", false),
    ("QUERY", false),
    ("CONNECT", false),
    ("TRACE", false),
    ("TRACK", false),
    ("get", false),
    ("Get", false),
    ("put", false),
    ("Put", false),
    ("pUT", false),
    ("purge", false),
    ("delete", false),
    ("PU", false),
    ("PUTS", false),
    ("XPUT", false),
    ("", false),
    (" ", false),
    ("*", false),
    (" PUT", false),
    ("PUT ", false),
    ("PUT\t", false),
    ("PUT,DELETE", false),
    ("PUT, DELETE", false),
    ("PUT DELETE", false),
    ("\u{fc}", false),
    ("\"PUT\"", false),
];

/// Lines of `Access-Control-Request-Headers`, and whether the list is allowed.
const LISTS: &[(&[&str], bool)] = &[
    (&[], true),
    (&[""], true),
    (&["content-type"], true),
    (&["authorization,content-type"], true),
    (&["authorization,content-type,x-request-id"], true),
    (&["x-request-id,content-type,authorization"], true),
    (&["content-type,content-type"], true),
    (&["content-type, authorization"], true),
    (&["content-type ,authorization"], true),
    (&["content-type\t,\tauthorization"], true),
    (&[" content-type "], true),
    (&["\tcontent-type"], true),
    (&["Content-Type"], true),
    (&["CONTENT-TYPE,AUTHORIZATION"], true),
    (&["content-type,"], true),
    (&[",content-type"], true),
    (&["content-type,,authorization"], true),
    (&["content-type, ,authorization"], true),
    (&[","], true),
    (&[",,,,,,,,,,,,,,,"], true),
    (&["content-type", "authorization"], true),
    (&["content-type", ""], true),
    (&["", "", "content-type"], true),
    (&[",,,,,,,,,,,,,,,,"], false),
    (&[",,,,,,,,", ",,,,,,,,"], false),
    (&["x-evil"], false),
    (&["content-type,x-evil"], false),
    (&["x-evil,content-type"], false),
    (&["content-type", "x-evil"], false),
    (&["content-typ"], false),
    (&["content-type2"], false),
    (&["content_type"], false),
    (&["content type"], false),
    (&["content-type authorization"], false),
    (&["content-type;authorization"], false),
    (&["content-type:"], false),
    (&["content-type: application/json"], false),
    (&["\"content-type\""], false),
    (&["*"], false),
    (&["content-type,*"], false),
    (&["accept"], false),
    (&["accept-language"], false),
    (&["range"], false),
    (&["cookie"], false),
    (&["origin"], false),
    (&["etag"], false),
    (&["content-type\u{a0}"], false),
    (&["\u{442}content-type"], false),
    (&["content-type,authorization,x-request-id,x-evil"], false),
    (
        &[
            "x-request-id,x-request-id,x-request-id,x-request-id,x-request-id,x-request-id,x-request-id,x-request-id,x-request-id,x-request-id,x-request-id,x-request-id",
        ],
        false,
    ),
];

#[test]
fn a_preflight_is_judged_by_its_method() {
    let policy = policy();
    for (method, allowed) in METHODS {
        let request = headers([("origin", APP.as_bytes()), ("access-control-request-method", method.as_bytes())]);
        judge(&policy, &request, *allowed, method);
    }
}

#[test]
fn a_preflight_is_judged_by_its_headers() {
    let policy = policy();
    for (lines, allowed) in LISTS {
        let mut request = headers([("origin", APP.as_bytes()), ("access-control-request-method", b"PUT")]);
        request.extend(headers(lines.iter().map(|line| ("access-control-request-headers", line.as_bytes()))));
        judge(&policy, &request, *allowed, &format!("{lines:?}"));
    }
}

#[test]
fn there_are_at_least_80_vectors() {
    assert!(METHODS.len() + LISTS.len() >= 80, "{}", METHODS.len() + LISTS.len());
}

#[test]
fn a_list_of_64_kib_is_denied_whatever_is_in_it() {
    let policy = policy();
    for list in [
        "a".repeat(64 * 1024),
        ",".repeat(64 * 1024),
        " ".repeat(64 * 1024),
        "content-type,".repeat(5042),
        format!("content-type{}", ", ".repeat(32 * 1024)),
    ] {
        let request = headers([
            ("origin", APP.as_bytes()),
            ("access-control-request-method", b"PUT"),
            ("access-control-request-headers", list.as_bytes()),
        ]);
        judge(&policy, &request, false, &list[..20]);
    }
}

#[test]
fn a_preflight_is_judged_by_its_origin() {
    let policy = policy();
    for (origins, allowed) in [
        (&[APP][..], true),
        (&["https://pr-7.preview.example.com"], true),
        (&["https://evil.example"], false),
        (&["null"], false),
        (&[""], false),
        (&[APP, APP], false),
    ] {
        let mut request = headers([("access-control-request-method", &b"PUT"[..])]);
        request.extend(headers(origins.iter().map(|origin| ("origin", origin.as_bytes()))));
        judge(&policy, &request, allowed, &format!("{origins:?}"));
    }
}

#[test]
fn a_preflight_that_asks_for_two_methods_is_denied() {
    let line = ("access-control-request-method", &b"PUT"[..]);
    judge(&policy(), &headers([("origin", APP.as_bytes()), line, line]), false, "two methods");
}

#[test]
fn an_allowed_preflight_has_exactly_what_the_policy_says() {
    let request = headers([
        ("origin", APP.as_bytes()),
        ("access-control-request-method", b"PUT"),
        ("access-control-request-headers", b"content-type"),
    ]);
    let answer = answer(&policy(), &request);
    for (name, value) in [
        ("access-control-allow-origin", APP),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "PUT,DELETE,PURGE"),
        ("access-control-allow-headers", "content-type,authorization,x-request-id"),
        ("access-control-max-age", "600"),
    ] {
        assert_eq!(all(answer.headers(), name), [value], "{name}");
    }
    assert_eq!(answer.headers().len(), 6, "these five and vary: {:?}", answer.headers());
}

#[test]
fn an_options_request_that_is_not_a_preflight_is_left_to_the_service() {
    let policy = policy();
    for request in [
        headers([]),
        headers([("origin", APP.as_bytes())]),
        headers([("access-control-request-method", &b"PUT"[..])]),
        headers([("origin", APP.as_bytes()), ("access-control-request-headers", b"content-type")]),
    ] {
        assert!(matches!(policy.decide(&Method::OPTIONS, &request), Decision::Forward(_)), "{request:?}");
    }
}

#[test]
fn only_options_is_a_preflight() {
    let request = headers([("origin", APP.as_bytes()), ("access-control-request-method", b"PUT")]);
    for method in ["GET", "HEAD", "POST", "PUT", "options", "Options", "OPTION"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        assert!(matches!(policy().decide(&method, &request), Decision::Forward(_)), "{method}");
    }
}

#[test]
fn a_star_allows_every_method_and_header_of_a_public_service() {
    let policy = CorsPolicy::builder()
        .allow_any_origin()
        .allow_methods(["*"])
        .allow_headers(["*", "authorization"])
        .build(Tier::Production);
    let request = headers([
        ("origin", &b"null"[..]),
        ("access-control-request-method", b"PURGE"),
        ("access-control-request-headers", b"x-anything"),
    ]);
    let answer = answer(&policy.unwrap(), &request);
    assert_eq!(answer.status(), 200);
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "*"),
        ("access-control-allow-headers", "*,authorization"),
        ("vary", "access-control-request-method, access-control-request-headers"),
    ] {
        assert_eq!(all(answer.headers(), name), [value], "{name}");
    }
}
