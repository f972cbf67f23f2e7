//! The hosts to which the service responds.

use axum::{Router, routing::get as at};
use hardened::{Loaded, Loader, rule};

use super::server::{exchange, get_from, load, serve};

fn router() -> Router {
    let fine = || at(|| async { "fine" });
    ["/", "/health", "/livez", "/readyz"].into_iter().fold(Router::new(), |router, path| router.route(path, fine()))
}

async fn status(variables: &[(&'static str, &str)], path: &str, host: &str) -> u16 {
    let address = serve(router().layer(load(Loader::new(), variables).layer())).await;
    get_from(address, path, host).await.status
}

#[tokio::test]
async fn only_the_hosts_that_are_set_are_answered() {
    let variables = [("ENVIRONMENT", "production"), ("ALLOWED_HOSTS", "api.example.com, *.internal.example.com")];
    for (host, expected) in [
        ("api.example.com", 200),
        ("API.example.com:8443", 200),
        ("a.internal.example.com", 200),
        ("internal.example.com", 421),
        ("evil.example", 421),
        ("api.example.com.evil.example", 421),
        ("127.0.0.1", 421),
        ("api.example.com@evil.example", 400),
        ("evil.com/.internal.example.com", 400),
        ("evil.com#.internal.example.com", 400),
        ("evil.com?.internal.example.com", 400),
        ("evil.com@x.internal.example.com", 400),
        ("evil.com\\.internal.example.com", 400),
        ("evil.com%2f.internal.example.com", 400),
        ("evil.com:80.internal.example.com", 400),
        ("evil.com, x.internal.example.com", 400),
        ("[evil.com].internal.example.com", 400),
        ("api.example.com:99999", 400),
        ("", 400),
    ] {
        assert_eq!(status(&variables, "/", host).await, expected, "{host}");
    }
}

#[tokio::test]
async fn health_checks_are_never_refused_for_their_host() {
    let variables = [("ENVIRONMENT", "production"), ("ALLOWED_HOSTS", "api.example.com")];
    for path in ["/health", "/livez", "/readyz"] {
        for host in ["10.42.0.7:8080", "healthcheck.railway.app"] {
            assert_eq!(status(&variables, path, host).await, 200, "{path} {host}");
        }
    }
    assert_eq!(status(&variables, "/health/../", "10.42.0.7").await, 421);
}

#[tokio::test]
async fn every_host_is_answered_where_none_is_set_and_others_can_connect() {
    for variables in [
        [("ENVIRONMENT", "production"), ("PORT", "8080")],
        [("ENVIRONMENT", "production"), ("API_HOST", "127.0.0.1")],
        [("ENVIRONMENT", "development"), ("API_HOST", "0.0.0.0")],
    ] {
        assert_eq!(status(&variables, "/", "api.example.com").await, 200, "{variables:?}");
    }
}

#[tokio::test]
async fn a_developers_machine_answers_to_its_own_names_only() {
    for (host, expected) in [
        ("localhost", 200),
        ("LOCALHOST:8080", 200),
        ("api.localhost:8080", 200),
        ("127.0.0.1:8080", 200),
        ("[::1]:8080", 200),
        ("192.168.1.7", 200),
        ("rebound.evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("notlocalhost", 421),
        ("evil.example/.localhost", 400),
        ("evil.example#.localhost", 400),
        ("evil.example@x.localhost", 400),
        ("evil.example:80.localhost", 400),
    ] {
        assert_eq!(status(&[("ENVIRONMENT", "development")], "/", host).await, expected, "{host}");
    }
}

#[tokio::test]
async fn a_waiver_lets_a_developers_machine_answer_to_every_name() {
    let loader = Loader::new().waive(rule::HTTP_HOST, "http", "names of a local proxy");
    let settings = load(loader, &[("ENVIRONMENT", "development")]);
    assert!(Loaded::report(&settings).waivers()[0].is_used());
    let address = serve(router().layer(settings.layer())).await;
    assert_eq!(get_from(address, "/", "shop.test").await.status, 200);
}

#[tokio::test]
async fn every_host_that_a_request_names_must_be_allowed() {
    let settings = load(Loader::new(), &[("ENVIRONMENT", "production"), ("ALLOWED_HOSTS", "api.example.com")]);
    let address = serve(router().layer(settings.layer())).await;
    for (request, expected) in [
        ("GET / HTTP/1.0\r\n\r\n", 400),
        ("GET http://evil.example/ HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n\r\n", 421),
        ("GET http://api.example.com/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
        ("GET http://api.example.com/ HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n\r\n", 200),
        ("GET http://u@api.example.com/ HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: api.example.com\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: api.example.com\r\nHost: api.example.com\r\nConnection: close\r\n\r\n", 400),
    ] {
        assert_eq!(exchange(address, request).await.status, expected, "{request:?}");
    }
}

#[tokio::test]
async fn a_value_that_is_not_a_host_refuses_the_start() {
    for value in ["*", "https://api.example.com", "api.example.com:443", "api.example.com,"] {
        let environment = hardened::Environment::empty().set("ALLOWED_HOSTS", value);
        let refusal = Loader::new().environment(environment).load::<hardened::Http>().unwrap_err();
        assert!(refusal.report().refuses("setting-malformed", "ALLOWED_HOSTS"), "{value}: {refusal}");
    }
}

#[test]
fn a_host_of_an_example_does_not_start_in_production() {
    for (tier, value, code) in [
        ("production", "api.yourdomain.com", Some("host-placeholder")),
        ("preview", "*.your-app.fly.dev", Some("host-placeholder")),
        ("development", "api.yourdomain.com", None),
        ("production", "api.example.com", None),
        ("production", "api.acme.io, 10.0.0.1, localhost", None),
    ] {
        let environment = hardened::Environment::empty().set("ENVIRONMENT", tier).set("ALLOWED_HOSTS", value);
        let codes: Vec<_> = match Loader::new().environment(environment).load::<hardened::Http>() {
            Ok(http) => Loaded::report(&http).findings().iter().map(|finding| finding.code()).collect(),
            Err(refusal) => refusal.report().findings().iter().map(|finding| finding.code()).collect(),
        };
        assert_eq!(codes, Vec::from_iter(code), "{tier} {value}");
    }
}
