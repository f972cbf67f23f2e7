//! The observed behaviour is compared with what the manifest promises.

use crate::common::{assert_healthy, failed, manifest, of, page, small, target, verdict};
use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode},
    middleware::{Next, from_fn, map_response},
    response::Response,
};
use hardened_core::manifest::{CorsPromise, Manifest, Route, TokenPromise};
use hardened_verify::{Credential, Family, OpenApi, User, Verification, Verifier};
use serde_json::{Value, json};

/// Returns a service that sets these headers on every response.
fn with(headers: &[(&'static str, &'static str)]) -> Router {
    let headers = headers.to_vec();
    small().layer(map_response(move |mut response: Response| {
        for (name, value) in &headers {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        async move { response }
    }))
}

/// Returns a manifest that promises two headers.
fn headers() -> Manifest {
    let mut manifest = manifest();
    manifest.promises.header("x-content-type-options", "nosniff").header("permissions-policy", "camera=()");
    manifest
}

async fn run(router: Router, manifest: Manifest) -> Verification {
    let families = [Family::Reach, Family::Docs, Family::Cors, Family::Drift];
    target(router).only(&families).manifest(manifest).build().unwrap().run().await
}

fn drift(verification: &Verification) -> Vec<String> {
    failed(verification).into_iter().filter(|check| check.starts_with("drift")).collect()
}

#[tokio::test]
async fn promised_headers_are_compared_by_value() {
    let both = [("x-content-type-options", "nosniff"), ("permissions-policy", "camera=()")];
    let verification = run(with(&both), headers()).await;
    assert_healthy(&verification);
    assert_eq!(verdict(&verification, "drift-headers"), "pass");
    assert_eq!(drift(&run(with(&both[..1]), headers()).await), ["drift-headers permissions-policy"]);
    let other = run(with(&[both[0], ("permissions-policy", "camera=(self)")]), headers()).await;
    assert_eq!(drift(&other), ["drift-headers permissions-policy"]);
    let text = other.to_string();
    assert!(text.contains("camera=(self)") && text.contains("camera=()"), "{text}");
}

/// A documentation page, and the description that it loads, need a content security policy of their own.
#[tokio::test]
async fn promised_documentation_need_not_have_the_promised_policy() {
    let policy = [("content-security-policy", "default-src 'none'")];
    let router = with(&policy).layer(from_fn(|request: Request, next: Next| async move {
        match request.uri().path() {
            "/openapi.json" => page(200, "application/json", r#"{"openapi":"3.1.0","paths":{}}"#),
            _ => next.run(request).await,
        }
    }));
    let mut promised = manifest();
    promised.promises.header(policy[0].0, policy[0].1);
    assert_eq!(drift(&run(router.clone(), promised.clone()).await), ["drift-headers content-security-policy"]);
    promised.promises.shown_docs("/openapi.json");
    assert_healthy(&run(router, promised).await);
}

#[tokio::test]
async fn a_header_that_one_handler_sets_itself_is_not_drift() {
    let both = [("x-content-type-options", "nosniff"), ("permissions-policy", "camera=()")];
    let router = with(&both).layer(from_fn(|request: Request, next: Next| async move {
        let is_health = request.uri().path() == "/health";
        let mut response = next.run(request).await;
        if is_health {
            response.headers_mut().insert("permissions-policy", HeaderValue::from_static("usb=()"));
        }
        response
    }));
    assert_healthy(&run(router, headers()).await);
}

#[tokio::test]
async fn a_proxy_that_removes_a_header_from_some_answers_is_drift() {
    let both = [("x-content-type-options", "nosniff"), ("permissions-policy", "camera=()")];
    let router = with(&both).layer(from_fn(|request: Request, next: Next| async move {
        let is_health = request.uri().path() == "/health";
        let mut response = next.run(request).await;
        if is_health {
            response.headers_mut().remove("x-content-type-options");
        }
        response
    }));
    assert_eq!(drift(&run(router, headers()).await), ["drift-headers x-content-type-options"]);
}

/// Returns a service that allows every origin with this suffix.
fn allows(end: &'static str) -> Router {
    small().layer(from_fn(move |request: Request, next: Next| async move {
        let origin = request.headers().get("origin").cloned();
        let mut response = next.run(request).await;
        if let Some(origin) = origin.filter(|origin| origin.as_bytes().ends_with(end.as_bytes())) {
            response.headers_mut().insert("access-control-allow-origin", origin);
            response.headers_mut().insert("vary", HeaderValue::from_static("origin"));
        }
        response
    }))
}

#[tokio::test]
async fn an_origin_that_is_not_promised_is_reported_with_both_values() {
    let mut promised = manifest();
    let origin = "https://app.example.com".parse().unwrap();
    promised.promises.cors = vec![CorsPromise { origins: vec![origin], ..CorsPromise::default() }];
    let healthy = run(allows("https://app.example.com"), promised.clone()).await;
    assert_eq!(verdict(&healthy, "drift-origins"), "pass", "{healthy}");
    let verification = run(allows(".example.com"), promised).await;
    assert_eq!(drift(&verification), ["drift-origins"]);
    let reason = of(&verification, "drift-origins")[0].to_string();
    assert!(reason.contains("example.com`; the manifest promises `https://app.example.com`"), "{reason}");
}

#[tokio::test]
async fn without_a_manifest_nothing_is_compared_and_the_report_says_so() {
    let verification = target(small()).only(&[Family::Drift]).build().unwrap().run().await;
    for check in
        ["drift-headers", "drift-origins", "drift-tokens", "drift-preflight", "drift-routes", "drift-described"]
    {
        assert!(of(&verification, check)[0].verdict().reason().contains("good practice"), "{verification}");
    }
}

fn token(header: &Value, claims: &Value) -> String {
    format!("{}.{}.c2lnbmF0dXJl", base64_url(&header.to_string()), base64_url(&claims.to_string()))
}

fn base64_url(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: String = text.bytes().map(|byte| format!("{byte:08b}")).collect();
    let groups = bits.as_bytes().chunks(6).map(|group| {
        let group = std::str::from_utf8(group).unwrap();
        LETTERS[usize::from_str_radix(&format!("{group:0<6}"), 2).unwrap()]
    });
    String::from_utf8(groups.collect()).unwrap()
}

#[tokio::test]
async fn a_token_is_compared_with_the_promised_token_rules() {
    let mut promised = manifest();
    promised.promises.tokens = vec![TokenPromise {
        group: "jwt".to_owned(),
        algorithms: vec!["HS256".to_owned()],
        issuer: Some("https://api.example.com".to_owned()),
        audience: Some("tasks".to_owned()),
        lifetime_seconds: Some(3600),
        ..TokenPromise::default()
    }];
    let good = json!({ "iss": "https://api.example.com", "aud": ["tasks"], "iat": 1000, "exp": 4600 });
    let but = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        claims
    };
    for (algorithm, claims, expected) in [
        ("HS256", good.clone(), "pass"),
        ("HS512", good.clone(), "fail"),
        ("HS256", but("iss", json!("https://other.example.com")), "fail"),
        ("HS256", but("aud", json!("other")), "fail"),
        ("HS256", but("exp", json!(86_400)), "fail"),
    ] {
        let credential = Credential::bearer(&token(&json!({ "alg": algorithm }), &claims)).unwrap();
        let builder = target(small()).only(&[Family::Drift]).manifest(promised.clone());
        let verification = builder.credential(User::A, credential).build().unwrap().run().await;
        assert_eq!(verdict(&verification, "drift-tokens"), expected, "{algorithm} {claims}");
    }
}

/// Returns a service whose tasks and reports need a token, except at the paths that `is_open` names.
fn tasks(is_open: fn(&str) -> bool) -> Router {
    small().layer(from_fn(move |request: Request, next: Next| async move {
        let path = request.uri().path().to_owned();
        let is_closed = path.starts_with("/tasks") || path.starts_with("/reports");
        let has_token = request.headers().contains_key("authorization");
        match is_closed {
            true if has_token || is_open(&path) => page(200, "application/json", "[]"),
            true => page(401, "application/json", "{}"),
            false => next.run(request).await,
        }
    }))
}

fn with_routes() -> Manifest {
    let mut manifest = manifest();
    let route = |path: &str, method: &str, token| Route { path: path.into(), method: method.into(), token };
    manifest.routes = Some(vec![
        route("/reports", "GET", Some(true)),
        route("/tasks", "POST", Some(true)),
        route("/tasks/{id}", "GET", Some(true)),
        route("/health", "GET", Some(false)),
        route("/about", "GET", None),
    ]);
    manifest
}

#[tokio::test]
async fn routes_that_need_a_token_are_requested_without_one() {
    let run = |router: Router| async move {
        let builder = target(router).only(&[Family::Reach, Family::Drift]).manifest(with_routes());
        builder.build().unwrap().run().await
    };
    let healthy = run(tasks(|_| false)).await;
    assert_healthy(&healthy);
    assert_eq!(verdict(&healthy, "drift-routes"), "pass");
    // Two routes, with the control before and after them.
    assert_eq!(healthy.sent()[&Family::Drift], 4, "{healthy}");
    for open in [|path: &str| path == "/reports", |path: &str| path.starts_with("/tasks/")] {
        let verification = run(tasks(open)).await;
        assert_eq!(failed(&verification), ["drift-routes"]);
        let reason = of(&verification, "drift-routes")[0].to_string();
        assert!(reason.contains("answered with 200; the manifest promises that it needs one"), "{reason}");
    }
    for status in [302, 404, 429, 500] {
        let router = small().layer(from_fn(move |request: Request, next: Next| async move {
            let is_health = request.uri().path() == "/health";
            if is_health { next.run(request).await } else { page(status, "text/html", "") }
        }));
        assert_eq!(verdict(&run(router).await, "drift-routes"), "inconclusive", "{status}");
    }
}

/// Returns an OpenAPI description with these paths and their operations.
fn description(paths: &Value) -> String {
    let schemes = json!({ "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } } });
    json!({ "openapi": "3.1.0", "components": schemes, "security": [{ "bearer": [] }], "paths": paths }).to_string()
}

#[tokio::test]
async fn described_routes_that_are_not_promised_are_reported_with_both_values() {
    let open = json!({ "security": [] });
    for (paths, base, expected) in [
        (json!({ "/tasks": { "post": {} }, "/tasks/{number}": { "get": {} } }), "", &[][..]),
        (json!({ "/v1/tasks": { "post": {} }, "/v1/tasks/{id}": { "get": {} } }), "/v1", &[]),
        (json!({ "/health": { "get": open }, "/about": { "get": open } }), "", &[]),
        (json!({}), "", &[]),
        (
            json!({ "/tasks": { "post": {} }, "/tasks/{id}": { "get": {}, "delete": {} }, "/admin": { "get": {} } }),
            "",
            &[
                "drift-described  GET /admin: the description names `GET /admin`; for this path the manifest promises nothing",
                "drift-described  DELETE /tasks/{}: the description names `DELETE /tasks/{}`; for this path the manifest promises `GET`",
            ],
        ),
        (
            json!({ "/reports": { "get": open } }),
            "",
            &[
                "drift-described  GET /reports: the description says that it needs no token; the manifest promises that it needs one",
            ],
        ),
    ] {
        let given = OpenApi::parse(&description(&paths), "openapi.json").unwrap();
        let url = format!("https://api.example.com{base}");
        let builder = Verifier::in_process::<_, axum::body::Body, _>(tasks(|_| false), &url).unwrap();
        let builder = builder.only(&[Family::Drift]).manifest(with_routes()).openapi(given);
        let verification = builder.build().unwrap().run().await;
        let found = of(&verification, "drift-described").into_iter().filter(|it| it.verdict().name() == "fail");
        let found: Vec<_> = found.map(|it| it.to_string().trim_start_matches("fail").trim().to_owned()).collect();
        assert_eq!(found, expected, "{paths}");
        if expected.is_empty() && paths != json!({}) {
            assert_eq!(verdict(&verification, "drift-described"), "pass", "{paths}");
        }
    }
}

#[tokio::test]
async fn a_description_that_the_target_shows_is_compared_as_well() {
    for (paths, is_shown, expected) in [
        (json!({ "/tasks": { "post": {} } }), true, "pass"),
        (json!({ "/tasks": { "post": {}, "delete": {} } }), true, "fail"),
        (json!({ "/tasks": { "post": {}, "delete": {} } }), false, "skipped"),
        (json!({ "/orders": { "post": {} } }), true, "inconclusive"),
    ] {
        let document = description(&paths);
        let router = tasks(|_| false).layer(from_fn(move |request: Request, next: Next| {
            let document = document.clone();
            async move {
                let is_it = request.uri().path() == "/openapi.json";
                if is_it { page(200, "application/json", document) } else { next.run(request).await }
            }
        }));
        let mut promised = with_routes();
        if is_shown {
            promised.promises.shown_docs("/docs").shown_docs("/openapi.json");
        }
        let builder = target(router).only(&[Family::Reach, Family::Drift]).manifest(promised);
        let verification = builder.build().unwrap().run().await;
        assert_eq!(verdict(&verification, "drift-described"), expected, "{paths}: {verification}");
    }
    let without = target(small()).only(&[Family::Drift]).manifest(manifest()).build().unwrap().run().await;
    assert_eq!(verdict(&without, "drift-described"), "skipped");
}

#[tokio::test]
async fn many_routes_that_are_not_promised_are_counted() {
    let paths: serde_json::Map<_, _> = (0..30).map(|number| (format!("/new/{number}"), json!({ "get": {} }))).collect();
    let mut paths = Value::Object(paths);
    paths["/tasks"] = json!({ "post": {} });
    let given = OpenApi::parse(&description(&paths), "openapi.json").unwrap();
    let builder = target(small()).only(&[Family::Drift]).manifest(with_routes()).openapi(given);
    let verification = builder.build().unwrap().run().await;
    let found = of(&verification, "drift-described");
    assert_eq!(found.len(), 11, "{verification}");
    assert!(
        found.last().unwrap().to_string().ends_with("20 further routes are described but not promised"),
        "{verification}"
    );
}

#[tokio::test]
async fn the_status_of_an_allowed_preflight_is_compared() {
    let allow = |status: u16| {
        allows("https://app.example.com").layer(from_fn(move |request: Request, next: Next| async move {
            let is_preflight = request.method() == "OPTIONS";
            let mut response = next.run(request).await;
            if is_preflight && response.headers().contains_key("access-control-allow-origin") {
                *response.status_mut() = StatusCode::from_u16(status).unwrap();
            }
            response
        }))
    };
    for (status, promised, expected) in
        [(204, Some(204), "pass"), (200, Some(204), "fail"), (200, None, "skipped"), (403, Some(204), "skipped")]
    {
        let mut manifest = manifest();
        let origins = vec!["https://app.example.com".parse().unwrap()];
        manifest.promises.cors = vec![CorsPromise { origins, preflight_status: promised, ..CorsPromise::default() }];
        let verification = run(allow(status), manifest).await;
        assert_eq!(verdict(&verification, "drift-preflight"), expected, "{status} {promised:?}: {verification}");
    }
}

#[tokio::test]
async fn documentation_is_shown_and_hidden_where_the_manifest_says() {
    let viewer = |path: &'static str| {
        small().layer(from_fn(move |request: Request, next: Next| async move {
            let body = "<html><script src=swagger-ui-bundle.js></script>";
            if request.uri().path() == path { page(200, "text/html", body) } else { next.run(request).await }
        }))
    };
    let mut promised = manifest();
    promised.promises.shown_docs("/docs").hidden_docs("/internal/guide");
    let run = |router| {
        let builder = target(router).only(&[Family::Docs]).manifest(promised.clone());
        async move { builder.build().unwrap().run().await }
    };
    let verification = run(viewer("/docs")).await;
    assert_healthy(&verification);
    assert_eq!(verdict(&verification, "docs-shown"), "pass");
    assert_eq!(failed(&run(viewer("/none")).await), ["docs-shown /docs"]);
    let leaks = run(viewer("/internal/guide")).await;
    assert_eq!(failed(&leaks), ["docs-shown /docs", "docs-hidden /internal/guide"]);
}
