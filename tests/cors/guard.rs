//! The guard against forged requests, inside the policy's layer.

use hardened::cors::CorsPolicy;
use http::{HeaderMap, Request};
use tower::{ServiceBuilder, layer::util::Stack};
use tower_http::csrf::CsrfLayer;

use crate::cors::support::{all, headers, policy, send};

const APP: &str = "https://app.example.com";

fn guarded(policy: &CorsPolicy) -> Stack<CsrfLayer, Stack<hardened::cors::CorsLayer, tower::layer::util::Identity>> {
    ServiceBuilder::new().layer(policy.layer()).layer(policy.guard()).into_inner()
}

fn status(policy: &CorsPolicy, method: &str, request: &[(&str, &str)]) -> u16 {
    let mut sent = Request::builder().method(method).uri("/transfer").body(()).unwrap();
    *sent.headers_mut() = headers(request.iter().map(|(name, value)| (*name, value.as_bytes())));
    send(&guarded(policy), sent, &HeaderMap::new()).status().as_u16()
}

#[test]
fn what_another_site_forges_is_refused_and_everything_else_passes() {
    let policy = policy(&[APP, "https://*.preview.example.com"]);
    let host = ("host", "api.example.com");
    let form = ("content-type", "application/x-www-form-urlencoded");
    for (case, method, request, expected) in [
        ("curl", "POST", &[host][..], 201),
        ("a webhook with a body", "POST", &[host, ("content-type", "application/json")], 201),
        (
            "the service's own page",
            "POST",
            &[host, ("sec-fetch-site", "same-origin"), ("origin", "https://api.example.com")],
            201,
        ),
        ("typed by the visitor", "POST", &[host, ("sec-fetch-site", "none")], 201),
        ("an allowed page", "POST", &[host, ("sec-fetch-site", "same-site"), ("origin", APP)], 201),
        ("an allowed page of an old browser", "POST", &[host, ("origin", APP)], 201),
        ("an old browser on the own host", "POST", &[host, ("origin", "https://api.example.com")], 201),
        (
            "a form of another site",
            "POST",
            &[host, form, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
            403,
        ),
        (
            "a form of a sandboxed frame",
            "POST",
            &[host, form, ("sec-fetch-site", "cross-site"), ("origin", "null")],
            403,
        ),
        (
            "a form of a sister site",
            "POST",
            &[host, form, ("sec-fetch-site", "same-site"), ("origin", "https://blog.example.com")],
            403,
        ),
        ("another site in an old browser", "POST", &[host, ("origin", "https://evil.example")], 403),
        (
            "another site, other methods",
            "DELETE",
            &[host, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
            403,
        ),
        (
            "an allowed origin in upper case",
            "POST",
            &[host, ("sec-fetch-site", "cross-site"), ("origin", "https://APP.example.com")],
            403,
        ),
        ("a link of another site", "GET", &[host, ("sec-fetch-site", "cross-site")], 201),
        (
            "a page that only a pattern allows",
            "POST",
            &[host, ("sec-fetch-site", "cross-site"), ("origin", "https://a.preview.example.com")],
            403,
        ),
    ] {
        assert_eq!(status(&policy, method, request), expected, "{case}");
    }
}

#[test]
fn a_page_can_read_why_it_was_refused() {
    let policy = policy(&[APP, "https://*.preview.example.com"]);
    let origin = "https://a.preview.example.com";
    let request = Request::post("/").header("origin", origin).header("sec-fetch-site", "cross-site").body(()).unwrap();
    let answer = send(&guarded(&policy), request, &HeaderMap::new());
    assert_eq!(answer.status(), 403);
    assert_eq!(all(answer.headers(), "access-control-allow-origin"), [origin]);
}

#[test]
fn a_preflight_passes_the_guard() {
    let policy = policy(&[APP]);
    let asks = [("origin", APP), ("access-control-request-method", "POST"), ("sec-fetch-site", "cross-site")];
    assert_eq!(status(&policy, "OPTIONS", &asks), 200);
}

#[test]
fn the_guard_of_a_policy_for_any_origin_trusts_no_other_origin() {
    let policy = CorsPolicy::builder().allow_any_origin().build(hardened::Tier::Production).unwrap();
    let forged = [("host", "api.example.com"), ("sec-fetch-site", "cross-site"), ("origin", "https://any.example")];
    assert_eq!(status(&policy, "POST", &forged), 403);
}
