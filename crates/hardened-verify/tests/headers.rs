//! Security headers, headers that name the software, and session cookies.

use crate::common::{always, assert_healthy, failed, manifest, page, target, verdict, verify};
use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use hardened_core::manifest::{CookiePromise, Manifest, SameSite};
use hardened_verify::{Credential, Family, User, Verification};

/// Every header that the checks require.
const GOOD: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-frame-options", "DENY"),
    ("content-security-policy", "default-src 'none'"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
];

/// Returns a service with a page, a health check and a route for users that sets these headers on every response.
fn service(headers: &[(&'static str, &'static str)]) -> Router {
    let headers: Vec<_> = headers.to_vec();
    Router::new()
        .route("/", get(|| async { Html("<!doctype html><title>API</title>") }))
        .route("/health", get(|| async { axum::Json(serde_json::json!({ "status": "ok" })) }))
        .route("/tasks", get(|| async { axum::Json(serde_json::json!([])) }))
        .layer(axum::middleware::map_response(move |mut response: Response| {
            for (name, value) in &headers {
                response.headers_mut().append(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            async move { response }
        }))
}

async fn run(router: Router) -> Verification {
    let token = Credential::bearer("a.b.c").unwrap();
    let builder = target(router).only(&[Family::Headers]).protected_path("/tasks").credential(User::A, token);
    builder.build().unwrap().run().await
}

/// Returns the good headers with one of them changed to another value or removed.
fn but(name: &'static str, value: Option<&'static str>) -> Vec<(&'static str, &'static str)> {
    let others = GOOD.into_iter().filter(|(other, _)| *other != name);
    others.chain(value.map(|value| (name, value))).collect()
}

#[tokio::test]
async fn a_service_with_every_header_passes() {
    let verification = run(service(&GOOD)).await;
    assert_healthy(&verification);
    assert_eq!(verdict(&verification, "headers-cache"), "pass");
}

#[tokio::test]
async fn a_header_that_is_missing_or_useless_is_found_by_its_check() {
    for (name, value, expected) in [
        ("x-content-type-options", None, "headers-nosniff"),
        ("x-content-type-options", Some("sniff"), "headers-nosniff"),
        ("strict-transport-security", None, "headers-hsts"),
        ("strict-transport-security", Some("max-age=0"), "headers-hsts"),
        ("strict-transport-security", Some("max-age=15767999"), "headers-hsts"),
        ("strict-transport-security", Some("includeSubDomains"), "headers-hsts"),
        ("x-frame-options", None, "headers-frame"),
        ("x-frame-options", Some("ALLOWALL"), "headers-frame"),
        ("content-security-policy", None, "headers-csp"),
        ("referrer-policy", None, "headers-referrer"),
        ("referrer-policy", Some("unsafe-url"), "headers-referrer"),
        ("cache-control", Some("public, max-age=60"), "headers-cache"),
    ] {
        assert_eq!(failed(&run(service(&but(name, value))).await), [expected], "{name}: {value:?}");
    }
    for (name, value) in [
        ("strict-transport-security", "Max-Age=\"15768000\""),
        ("x-frame-options", "sameorigin"),
        ("cache-control", "private, max-age=60"),
        ("x-content-type-options", "NOSNIFF"),
    ] {
        assert_healthy(&run(service(&but(name, Some(value)))).await);
    }
    let framed = [but("x-frame-options", None), vec![("content-security-policy", "frame-ancestors 'none'")]].concat();
    assert_healthy(&run(service(&framed)).await);
}

/// RFC 9111, section 3.5: a shared cache does not store the response to a request with `Authorization` unless the response
/// allows it.
#[tokio::test]
async fn a_response_without_cache_control_passes_only_if_no_cache_would_store_it() {
    let bearer = Credential::bearer("a.b.c").unwrap();
    let cookie = Credential::header(header::COOKIE, "session=0123456789").unwrap();
    let dated = but("cache-control", None).into_iter().chain([("last-modified", "Thu, 01 Jan 2026 00:00:00 GMT")]);
    let dated: Vec<_> = dated.collect();
    for (headers, credential, expected) in [
        (but("cache-control", None), bearer.clone(), "pass"),
        (but("cache-control", None), cookie, "fail"),
        (dated, bearer, "fail"),
    ] {
        let builder = target(service(&headers)).only(&[Family::Headers]).protected_path("/tasks");
        let verification = builder.credential(User::A, credential).build().unwrap().run().await;
        assert_eq!(verdict(&verification, "headers-cache"), expected, "{verification}");
    }
}

#[tokio::test]
async fn headers_that_name_the_software_are_found() {
    for (name, value, is_found) in [
        ("server", "nginx/1.22.1", true),
        ("server", "Werkzeug/3.0.1 Python/3.12", true),
        ("server", "cloudflare", false),
        ("server", "Caddy", false),
        ("x-powered-by", "Express", true),
        ("x-aspnet-version", "4.0", true),
        ("x-request-id", "1", false),
    ] {
        let found = failed(&run(service(&but(name, Some(value)))).await);
        assert_eq!(found, if is_found { vec!["headers-software"] } else { vec![] }, "{name}: {value}");
    }
}

#[tokio::test]
async fn headers_for_pages_are_not_required_of_data() {
    let data = Router::new().route("/health", get(|| async { ([("x-content-type-options", "nosniff")], "ok") }));
    let verification = target(data.clone()).only(&[Family::Headers]).build().unwrap().run().await;
    assert_eq!(failed(&verification), ["headers-hsts"]);
    for check in ["headers-frame", "headers-csp", "headers-referrer", "headers-cache", "cookies-secure"] {
        assert_eq!(verdict(&verification, check), "skipped", "{check}");
    }
}

#[tokio::test]
async fn session_cookies_need_their_attributes_and_others_do_not() {
    for (cookie, expected) in [
        ("session=a1; Secure; HttpOnly; SameSite=Lax", None),
        ("__Host-sid=a1; Path=/; secure; httponly; samesite=strict", None),
        ("csrf_token=a1; Secure; SameSite=Lax", None),
        ("sid=a1; Secure; HttpOnly; SameSite=None", None),
        ("theme=dark", None),
        ("session=; Max-Age=0", None),
        ("connect.sid=a1; HttpOnly; SameSite=Lax", Some("cookies-secure")),
        ("JSESSIONID=a1; Secure; SameSite=Lax", Some("cookies-http-only")),
        ("access_token=a1; Secure; HttpOnly", Some("cookies-same-site")),
        ("id=eyJhbGciOiJIUzI1NiJ9.e30.x; Secure; SameSite=Lax", Some("cookies-http-only")),
    ] {
        let verification = run(service(&[&GOOD[..], &[("set-cookie", cookie)]].concat())).await;
        assert_eq!(failed(&verification), expected.into_iter().collect::<Vec<_>>(), "{cookie}");
        assert!(!verification.to_string().contains("a1"), "{verification}");
    }
    let verification =
        run(service(&[&GOOD[..], &[("set-cookie", "sid=a1; Secure; HttpOnly; SameSite=Lax")]].concat())).await;
    assert_eq!(verdict(&verification, "cookies-secure"), "pass");
}

/// Returns a manifest that promises a session cookie.
fn promised() -> Manifest {
    let mut manifest = manifest();
    manifest.promises.cookies = Some(vec![CookiePromise {
        group: "session".to_owned(),
        name: "__Host-session".into(),
        secure: true,
        http_only: true,
        same_site: SameSite::Lax,
        domain: None,
        lifetime_seconds: 3600,
    }]);
    manifest
}

#[tokio::test]
async fn a_session_cookie_is_at_least_as_strict_as_promised() {
    for (cookie, expected) in [
        ("__Host-session=a1; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600", "pass"),
        ("__Host-session=a1; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=60", "pass"),
        ("__Host-session=a1; HttpOnly; SameSite=Lax; Secure; Path=/", "pass"),
        ("session=a1; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600", "fail"),
        ("__Secure-session=a1; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600", "fail"),
        ("__Host-session=a1; HttpOnly; SameSite=None; Secure; Path=/; Max-Age=3600", "fail"),
        ("__Host-session=a1; HttpOnly; SameSite=Lax; Path=/; Max-Age=3600", "fail"),
        ("__Host-session=a1; SameSite=Lax; Secure; Path=/; Max-Age=3600", "fail"),
        ("__Host-session=a1; HttpOnly; Secure; Path=/; Max-Age=3600", "fail"),
        ("__Host-session=a1; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3601", "fail"),
        ("__Host-session=a1; HttpOnly; SameSite=Lax; Secure; Path=/; Domain=example.com", "fail"),
        // Neither another cookie nor a deleted one is evidence.
        ("theme=dark", "skipped"),
        ("__Host-session=; Max-Age=0", "skipped"),
    ] {
        let builder = target(service(&[&GOOD[..], &[("set-cookie", cookie)]].concat())).only(&[Family::Headers]);
        let verification = builder.manifest(promised()).build().unwrap().run().await;
        assert_eq!(verdict(&verification, "cookies-promised"), expected, "{cookie}: {verification}");
        assert!(!verification.to_string().contains("a1"), "{verification}");
    }
    let verification = run(service(&[&GOOD[..], &[("set-cookie", "session=a1")]].concat())).await;
    assert_eq!(verdict(&verification, "cookies-promised"), "skipped");
}

#[tokio::test]
async fn a_service_that_refuses_everything_shows_nothing_about_headers() {
    for status in [301, 401, 404, 500] {
        let answer = move || {
            let mut answer = page(status, "text/plain", "").into_response();
            answer.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            answer
        };
        assert_eq!(verdict(&verify(always(answer), Family::Headers).await, "headers-nosniff"), "inconclusive");
    }
}
