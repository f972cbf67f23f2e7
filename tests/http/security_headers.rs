//! The security headers of responses.

use axum::{
    Router,
    http::{HeaderMap, HeaderName},
    response::IntoResponse,
    routing::get as at,
};
use hardened::{
    Loaded, Loader,
    rule::{self, Rule},
};

use super::server::{Answer, get, load, serve, settings};

/// The name of each header, its value in Production, and its rule.
const HEADERS: [(&str, &str, Rule); 8] = [
    ("strict-transport-security", "max-age=31536000; includeSubDomains", rule::HTTP_HSTS),
    ("x-content-type-options", "nosniff", rule::HTTP_NOSNIFF),
    ("x-frame-options", "DENY", rule::HTTP_FRAME),
    (
        "content-security-policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        rule::HTTP_CSP,
    ),
    ("referrer-policy", "no-referrer", rule::HTTP_REFERRER),
    (
        "permissions-policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        rule::HTTP_PERMISSIONS,
    ),
    ("cross-origin-resource-policy", "same-origin", rule::HTTP_RESOURCE),
    ("cache-control", "no-store", rule::HTTP_CACHE),
];

fn with(headers: &'static [(&'static str, &'static str)]) -> impl IntoResponse {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_static(name), value.parse().unwrap());
    }
    (map, "fine")
}

async fn answer_of(tier: &str, headers: &'static [(&'static str, &'static str)]) -> Answer {
    let router = Router::new().route("/", at(move || async { with(headers) })).layer(settings(tier).layer());
    get(serve(router).await, "/").await
}

#[tokio::test]
async fn every_header_is_set_in_production_and_preview() {
    for tier in ["production", "preview"] {
        let answer = answer_of(tier, &[]).await;
        for (name, value, _) in HEADERS {
            assert_eq!(answer.header(name), Some(value), "{tier}: {name}");
        }
        assert_eq!(answer.body, "fine");
    }
}

#[tokio::test]
async fn development_has_every_header_but_the_one_that_binds_a_browser_to_https() {
    let answer = answer_of("development", &[]).await;
    for (name, value, _) in HEADERS {
        let expected = (name != "strict-transport-security").then_some(value);
        assert_eq!(answer.header(name), expected, "{name}");
    }
}

#[tokio::test]
async fn headers_are_on_responses_that_no_handler_made() {
    let router = Router::new().route("/", at(|| async { "fine" })).layer(settings("production").layer());
    let address = serve(router).await;
    for (path, status) in [("/nowhere", 404), ("/docs", 404)] {
        let answer = get(address, path).await;
        assert_eq!(answer.status, status, "{path}");
        for (name, value, _) in HEADERS {
            assert_eq!(answer.header(name), Some(value), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn a_value_of_the_handler_is_kept_unless_only_one_value_is_right() {
    let answer = answer_of(
        "production",
        &[
            ("x-frame-options", "SAMEORIGIN"),
            ("content-security-policy", "default-src 'self'"),
            ("cache-control", "public, max-age=60"),
            ("x-content-type-options", "sniff"),
        ],
    )
    .await;
    assert_eq!(answer.header("x-frame-options"), Some("SAMEORIGIN"));
    assert_eq!(answer.header("content-security-policy"), Some("default-src 'self'"));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=60"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn a_response_with_a_validator_may_be_stored() {
    for header in [("etag", "\"1\""), ("last-modified", "Tue, 24 Nov 2026 00:00:00 GMT"), ("expires", "0")] {
        let headers: &'static [_] = Box::leak(Box::new([header]));
        assert_eq!(answer_of("production", headers).await.header("cache-control"), None, "{}", header.0);
    }
}

#[tokio::test]
async fn a_cache_control_of_the_handler_is_kept_next_to_a_validator() {
    let answer = answer_of("production", &[("etag", "\"1\""), ("cache-control", "no-store")]).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_header_of_several_values_keeps_them_all_in_their_order() {
    let answer = answer_of("production", &[("set-cookie", "a=1"), ("x-one", "1"), ("set-cookie", "b=2")]).await;
    assert_eq!(answer.all("set-cookie"), ["a=1", "b=2"]);
    assert_eq!(answer.header("x-one"), Some("1"));
}

#[tokio::test]
async fn nothing_names_the_software() {
    let answer = answer_of("production", &[("server", "axum/0.8"), ("x-powered-by", "Rust")]).await;
    assert_eq!(answer.header("server"), None);
    assert_eq!(answer.header("x-powered-by"), None);
    const PROXIED: &[(&str, &str)] = &[
        ("x-aspnet-version", "4.0"),
        ("x-generator", "Drupal"),
        ("x-envoy-upstream-service-time", "3"),
        ("x-b3-traceid", "80f198ee56343ba8"),
        ("server-timing", "db;dur=3"),
        ("x-request-id", "7"),
    ];
    let answer = answer_of("production", PROXIED).await;
    let kept: Vec<_> = PROXIED.iter().map(|(name, _)| *name).filter(|name| answer.header(name).is_some()).collect();
    assert_eq!(kept, ["x-b3-traceid", "server-timing", "x-request-id"]);
}

#[tokio::test]
async fn a_waiver_switches_one_header_off_and_is_in_the_report() {
    for (name, _, rule) in HEADERS {
        let loader = Loader::new().waive(rule, "http", "the proxy sets it");
        let settings = load(loader, &[("ENVIRONMENT", "production")]);
        let waived = &Loaded::report(&settings).waivers()[0];
        assert!(waived.is_used() && waived.rule() == rule, "{name}");

        let router = Router::new().route("/", at(|| async { "fine" })).layer(settings.layer());
        let answer = get(serve(router).await, "/").await;
        for (other, value, _) in HEADERS {
            assert_eq!(answer.header(other), (other != name).then_some(value), "without {name}: {other}");
        }
    }
}

#[tokio::test]
async fn a_waiver_lets_the_software_be_named() {
    let loader = Loader::new().waive(rule::HTTP_SOFTWARE, "http", "a public demonstration");
    let settings = load(loader, &[("ENVIRONMENT", "production")]);
    let router = Router::new().route("/", at(|| async { with(&[("server", "demo")]) })).layer(settings.layer());
    assert_eq!(get(serve(router).await, "/").await.header("server"), Some("demo"));
}
