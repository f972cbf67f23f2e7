//! Requests that came over `http:` according to a trusted proxy.

use std::net::IpAddr;

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode},
    routing::any,
};
use hardened::{
    Config, Environment, Loader,
    layers::{HttpsOnly, PeerAddress},
    listen::TrustedProxies,
};
use tower::ServiceExt as _;

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    http: hardened::Http,
    #[config(nested)]
    proxies: TrustedProxies,
}

/// The trusted proxy.
const PROXY: &str = "10.0.0.9";
const STRANGER: &str = "203.0.113.7";

/// Returns the status and the `Location` of the response.
async fn ask(peer: Option<&str>, method: Method, target: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let environment = Environment::empty()
        .set("ENVIRONMENT", "production")
        .set("ALLOWED_HOSTS", "api.example.com,[2001:db8::1]")
        .set("TRUSTED_PROXIES", PROXY);
    let settings = Loader::new().environment(environment).load::<Settings>().unwrap();
    let app = Router::new().fallback(any(|| async { StatusCode::NO_CONTENT }));
    let app = app.layer(HttpsOnly).layer(settings.http.layer().clients(&settings.proxies));
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    if let Some(peer) = peer {
        request.extensions_mut().insert(PeerAddress::from(peer.parse::<IpAddr>().unwrap()));
    }
    let response = app.oneshot(request).await.unwrap();
    let to = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    if response.status() == StatusCode::PERMANENT_REDIRECT {
        assert_eq!(response.headers()["cache-control"], "no-store");
    }
    (response.status().as_u16(), to)
}

const HOST: (&str, &str) = ("host", "api.example.com");
const HTTP: (&str, &str) = ("x-forwarded-proto", "http");

#[tokio::test]
async fn only_a_trusted_proxy_sends_a_client_to_https() {
    for (peer, headers, expected) in [
        (Some(PROXY), &[HOST, HTTP][..], 308),
        (Some(PROXY), &[HOST, ("x-forwarded-proto", "https")], 204),
        (Some(PROXY), &[HOST], 204),
        (Some(PROXY), &[HOST, ("x-forwarded-proto", "ftp")], 204),
        (Some(STRANGER), &[HOST, HTTP], 204),
        (Some(STRANGER), &[HOST, HTTP, ("forwarded", "proto=http"), ("x-forwarded-ssl", "off")], 204),
        (None, &[HOST, HTTP], 204),
        // The header is not the one that is read.
        (Some(PROXY), &[HOST, ("forwarded", "for=203.0.113.9;proto=http")], 204),
    ] {
        assert_eq!(ask(peer, Method::GET, "/", headers).await.0, expected, "{peer:?} {headers:?}");
    }
}

#[tokio::test]
async fn a_redirect_leads_to_the_same_address_on_an_allowed_host() {
    for (target, headers, expected) in [
        ("/a/b?c=d", &[HOST, HTTP][..], (308, "https://api.example.com/a/b?c=d")),
        ("//evil.example/x", &[HOST, HTTP], (308, "https://api.example.com//evil.example/x")),
        ("/", &[("host", "API.example.com:80"), HTTP], (308, "https://API.example.com/")),
        ("/", &[("host", "[2001:db8::1]:8080"), HTTP], (308, "https://[2001:db8::1]/")),
        ("http://api.example.com/x", &[HTTP], (308, "https://api.example.com/x")),
        ("/", &[HOST, HTTP, ("x-forwarded-host", "evil.example")], (308, "https://api.example.com/")),
        ("/", &[("host", "evil.example"), HTTP], (421, "")),
        ("/", &[("host", "api.example.com@evil.example"), HTTP], (400, "")),
        ("/", &[HTTP], (400, "")),
    ] {
        let (status, to) = ask(Some(PROXY), Method::GET, target, headers).await;
        assert_eq!((status, to.as_str()), expected, "{target} {headers:?}");
    }
}

#[tokio::test]
async fn requests_that_are_not_page_visits_are_refused_and_health_checks_are_answered() {
    let token = ("authorization", "Bearer a.b.c");
    for (method, target, headers, expected) in [
        (Method::HEAD, "/", &[HOST, HTTP][..], 308),
        (Method::POST, "/", &[HOST, HTTP], 403),
        (Method::DELETE, "/", &[HOST, HTTP], 403),
        (Method::OPTIONS, "/", &[HOST, HTTP], 403),
        (Method::GET, "/", &[HOST, HTTP, token], 403),
        (Method::GET, "/", &[HOST, token], 204),
        (Method::GET, "/livez", &[HOST, HTTP], 204),
        (Method::GET, "/readyz", &[HOST, HTTP], 204),
        (Method::GET, "/health", &[HOST, HTTP], 204),
        (Method::GET, "/health/x", &[HOST, HTTP], 308),
    ] {
        assert_eq!(
            ask(Some(PROXY), method.clone(), target, headers).await.0,
            expected,
            "{method} {target} {headers:?}"
        );
    }
}
