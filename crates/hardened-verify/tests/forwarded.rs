//! What a client changes by sending the headers that proxies set.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use crate::common::{always, assert_healthy, failed, page, serve, target, verdict};
use axum::{
    Json, Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use hardened_verify::{Credential, Family, User, Verification, Verifier};

const HSTS: (&str, &str) = ("strict-transport-security", "max-age=31536000");

/// Returns a service that trusts no forwarded header: its responses are fixed, and `/tasks` needs a token.
fn service() -> Router {
    let tasks = |headers: HeaderMap| async move {
        let is_user = headers.get(header::AUTHORIZATION).is_some_and(|value| value == "Bearer a.b.c");
        if is_user { Json(serde_json::json!([])).into_response() } else { StatusCode::UNAUTHORIZED.into_response() }
    };
    let health = || async { ([HSTS], Json(serde_json::json!({ "status": "ok" }))) };
    Router::new().route("/health", get(health)).route("/tasks", get(tasks))
}

/// Returns the same service with a layer that can change each response.
fn with(change: impl Fn(&HeaderMap, &str, &mut Response) + Clone + Send + Sync + 'static) -> Router {
    service().layer(from_fn(move |request: Request, next: Next| {
        let (headers, path) = (request.headers().clone(), request.uri().path().to_owned());
        let change = change.clone();
        async move {
            let mut answer = next.run(request).await;
            change(&headers, &path, &mut answer);
            answer
        }
    }))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

async fn run(router: Router) -> Verification {
    let builder = target(router).only(&[Family::Hosts]).protected_path("/tasks");
    builder.credential(User::A, Credential::bearer("a.b.c").unwrap()).build().unwrap().run().await
}

/// Returns both verdicts: on the host and scheme, and on the client address.
fn verdicts(verification: &Verification) -> [String; 2] {
    ["hosts-forwarded", "hosts-client"].map(|check| verdict(verification, check))
}

#[tokio::test]
async fn a_service_that_trusts_no_forwarded_header_passes() {
    let verification = run(service()).await;
    assert_healthy(&verification);
    assert_eq!(verdicts(&verification), ["pass", "pass"]);
}

/// How a service that trusts a header of a client changes its response.
type Fault = fn(&HeaderMap, &str, &mut Response);

#[tokio::test]
async fn each_trusted_forwarded_header_is_found_by_its_check() {
    let faults: [(&str, Fault, &str); 8] = [
        (
            "a link in a header",
            |headers, _, answer| {
                if let Some(host) = text(headers, "x-forwarded-host") {
                    let link = format!("<https://{host}/next>; rel=next");
                    answer.headers_mut().insert(header::LINK, HeaderValue::from_str(&link).unwrap());
                }
            },
            "hosts-forwarded",
        ),
        (
            "a link in the body of the first page",
            |headers, path, answer| {
                if let Some(host) = text(headers, "x-forwarded-host").filter(|_| path == "/") {
                    *answer = page(200, "text/html", format!("<a href=\"https://{host}/reset\">reset</a>"));
                }
            },
            "hosts-forwarded",
        ),
        (
            "the host of `Forwarded`",
            |headers, _, answer| {
                let host = text(headers, "forwarded").and_then(|value| value.split_once("host="));
                if let Some(host) = host.and_then(|(_, rest)| rest.split(';').next()) {
                    *answer = (StatusCode::FOUND, [("location", format!("https://{host}/health"))]).into_response();
                }
            },
            "hosts-forwarded",
        ),
        (
            "a redirect to https:",
            |headers, _, answer| {
                if text(headers, "x-forwarded-proto") == Some("http") {
                    *answer = (StatusCode::MOVED_PERMANENTLY, [("location", "https://api.example.com/health")])
                        .into_response();
                }
            },
            "hosts-forwarded",
        ),
        (
            "no HSTS",
            |headers, _, answer| {
                if text(headers, "x-forwarded-proto") == Some("http") {
                    answer.headers_mut().remove("strict-transport-security");
                }
            },
            "hosts-forwarded",
        ),
        (
            "a cookie without Secure",
            |headers, _, answer| {
                let cookie = match text(headers, "x-forwarded-proto") {
                    Some("http") => "sid=1; HttpOnly",
                    _ => "sid=1; HttpOnly; Secure",
                };
                answer.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_static(cookie));
            },
            "hosts-forwarded",
        ),
        (
            "the machine itself is let in",
            |headers, path, answer| {
                if path == "/tasks" && text(headers, "x-forwarded-for") == Some("127.0.0.1") {
                    *answer = Json(serde_json::json!([])).into_response();
                }
            },
            "hosts-client",
        ),
        (
            "the machine itself is let in by another header",
            |headers, path, answer| {
                if path == "/tasks" && text(headers, "x-real-ip") == Some("127.0.0.1") {
                    *answer = Json(serde_json::json!([])).into_response();
                }
            },
            "hosts-client",
        ),
    ];
    for (name, fault, expected) in faults {
        assert_eq!(failed(&run(with(fault)).await), [expected], "{name}");
    }
}

/// Returns a service that counts requests by the client address that a function returns.
fn counting(who: fn(&HeaderMap) -> String) -> Router {
    let counts = Arc::new(Mutex::new(HashMap::new()));
    with(move |headers, _, answer| {
        let mut counts = counts.lock().unwrap();
        let left = counts.entry(who(headers)).or_insert(100_u32);
        *left = left.saturating_sub(1);
        answer.headers_mut().insert("x-ratelimit-remaining", HeaderValue::from(*left));
    })
}

#[tokio::test]
async fn a_rate_limit_that_a_claimed_address_resets_is_found() {
    let claimed = |headers: &HeaderMap| text(headers, "x-forwarded-for").unwrap_or_default().to_owned();
    assert_eq!(failed(&run(counting(claimed)).await), ["hosts-client"]);
    let verification = run(counting(|_| String::new())).await;
    assert_healthy(&verification);
    assert_eq!(verdicts(&verification), ["pass", "pass"]);
}

#[tokio::test]
async fn a_proxy_that_refuses_forwarded_headers_is_healthy() {
    for status in [400, 403] {
        let verification = run(with(move |headers, _, answer| {
            if headers.contains_key("x-forwarded-host") || headers.contains_key("cf-connecting-ip") {
                *answer = page(status, "text/html", "");
            }
        }));
        assert_eq!(verdicts(&verification.await), ["pass", "pass"], "{status}");
    }
}

/// Some services redirect to their own name as a defence against a forged host.
#[tokio::test]
async fn a_redirect_to_the_services_own_name_is_not_a_failure() {
    let verification = run(with(|headers, _, answer| {
        if headers.contains_key("x-forwarded-host") {
            let own = [("location", "https://api.example.com/health")];
            *answer = (StatusCode::MOVED_PERMANENTLY, own).into_response();
        }
    }));
    assert_eq!(verdicts(&verification.await), ["inconclusive", "pass"]);
}

#[tokio::test]
async fn responses_without_evidence_show_nothing() {
    let silent = with(|_, _, answer| drop(answer.headers_mut().remove("strict-transport-security")));
    assert_eq!(verdicts(&run(silent).await), ["skipped", "pass"]);
    // A service without a known route for users, and one whose route is open.
    let builder = target(service()).only(&[Family::Hosts]);
    assert_eq!(verdicts(&builder.build().unwrap().run().await), ["pass", "skipped"]);
    let open = with(|_, path, answer| {
        if path == "/tasks" {
            *answer = StatusCode::NO_CONTENT.into_response();
        }
    });
    assert_eq!(verdicts(&run(open).await), ["pass", "skipped"]);
    for status in [200, 301, 401, 404, 500] {
        let verification = run(always(move || page(status, "text/plain", "x"))).await;
        for verdict in verdicts(&verification) {
            assert!(["inconclusive", "skipped"].contains(&verdict.as_str()), "{status}: {verification}");
        }
    }
}

/// On loopback, the verifier connects from the same address as a proxy on this machine.
#[tokio::test]
async fn a_local_service_that_trusts_its_proxy_does_not_fail() {
    let behind_proxy = with(|headers, path, answer| {
        let is_local = text(headers, "x-forwarded-for") == Some("127.0.0.1");
        if let Some(host) = text(headers, "x-forwarded-host") {
            let link = HeaderValue::from_str(&format!("<https://{host}/next>; rel=next")).unwrap();
            answer.headers_mut().insert(header::LINK, link);
        } else if path == "/tasks" && is_local {
            *answer = Json(serde_json::json!([])).into_response();
        }
    });
    let builder = Verifier::builder(&serve(behind_proxy).await).unwrap().only(&[Family::Hosts]);
    let builder = builder.protected_path("/tasks").credential(User::A, Credential::bearer("a.b.c").unwrap());
    let verification = builder.build().unwrap().run().await;
    assert_eq!(verdicts(&verification), ["inconclusive", "inconclusive"], "{verification}");
}
