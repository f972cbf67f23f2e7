//! The layer around a service, and in combination with other layers.

use std::{collections::BTreeSet, time::Duration};

use axum::{Router, body::Body, middleware, routing::get};
use hardened::{Tier, cors::CorsPolicy};
use http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

use crate::cors::support::{all, has_protocol, headers, policy, run, send};

const APP: &str = "https://app.example.com";

/// An axum service whose responses come from handlers, failing handlers, and other layers.
fn app(policy: &CorsPolicy) -> Router {
    let gate = |request: Request<Body>, next: middleware::Next| async move {
        match request.uri().path() {
            "/private" => Err(StatusCode::UNAUTHORIZED),
            "/busy" => Err(StatusCode::TOO_MANY_REQUESTS),
            _ => Ok(next.run(request).await),
        }
    };
    Router::new()
        .route("/", get(async || "hello").post(async |body: String| body))
        .route("/broken", get(async || StatusCode::INTERNAL_SERVER_ERROR))
        .route("/slow", get(async || tokio::time::sleep(Duration::from_secs(60)).await))
        .route("/panic", get(async || -> () { panic!("on purpose") }))
        .layer(middleware::from_fn(gate))
        .layer(RequestBodyLimitLayer::new(16))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_millis(20)))
        .layer(CatchPanicLayer::new())
        .layer(policy.layer())
}

fn ask(method: &str, path: &str, origin: &str, body: &'static str) -> http::Response<Body> {
    let policy = CorsPolicy::builder()
        .allow_origins([APP])
        .allow_credentials()
        .expose_headers(["etag"])
        .build(Tier::Production)
        .unwrap();
    let request = Request::builder().method(method).uri(path).header("origin", origin);
    let request = request.header("content-length", body.len()).body(Body::from(body)).unwrap();
    run(app(&policy).oneshot(request)).unwrap()
}

#[test]
fn headers_are_on_every_response_that_the_service_can_give() {
    for (method, path, body, status) in [
        ("GET", "/", "", 200),
        ("POST", "/", "short", 200),
        ("POST", "/", "longer than sixteen bytes", 413),
        ("GET", "/private", "", 401),
        ("GET", "/busy", "", 429),
        ("GET", "/broken", "", 500),
        ("GET", "/panic", "", 500),
        ("GET", "/slow", "", 504),
        ("GET", "/nowhere", "", 404),
        ("PUT", "/", "", 405),
        ("OPTIONS", "/", "", 405),
    ] {
        let answer = ask(method, path, APP, body);
        assert_eq!(answer.status(), status, "{method} {path}");
        assert_eq!(all(answer.headers(), "access-control-allow-origin"), [APP], "{method} {path}");
        assert_eq!(all(answer.headers(), "access-control-allow-credentials"), ["true"], "{method} {path}");
        assert_eq!(all(answer.headers(), "access-control-expose-headers"), ["etag"], "{method} {path}");
        assert_eq!(all(answer.headers(), "vary"), ["origin"], "{method} {path}");

        let denied = ask(method, path, "https://evil.example", body);
        assert_eq!(denied.status(), status, "{method} {path}");
        assert!(!has_protocol(denied.headers()), "{method} {path}");
    }
}

#[test]
fn a_preflight_is_answered_before_authentication_and_routing() {
    for path in ["/", "/private", "/busy", "/panic", "/slow", "/nowhere"] {
        let request = Request::options(path).header("origin", APP).header("access-control-request-method", "POST");
        let answer = run(app(&policy(&[APP])).oneshot(request.body(Body::empty()).unwrap())).unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(all(answer.headers(), "access-control-allow-origin"), [APP], "{path}");
    }
}

fn through(request: &[(&str, &str)], service: &[(&str, &str)]) -> HeaderMap {
    let mut sent = Request::new(());
    *sent.headers_mut() = headers(request.iter().map(|(name, value)| (*name, value.as_bytes())));
    let service = headers(service.iter().map(|(name, value)| (*name, value.as_bytes())));
    send(&policy(&[APP]).layer(), sent, &service).headers().clone()
}

#[test]
fn vary_of_the_service_is_kept_and_named_once() {
    for (service, expected) in [
        (&["accept-encoding"][..], &["accept-encoding", "origin"][..]),
        (&["accept-encoding, origin"], &["accept-encoding, origin"]),
        (&["Origin"], &["Origin"]),
        (&["*"], &["*"]),
    ] {
        for origin in [APP, "https://evil.example"] {
            let lines: Vec<_> = service.iter().map(|value| ("vary", *value)).collect();
            assert_eq!(all(&through(&[("origin", origin)], &lines), "vary"), expected, "{service:?}");
        }
    }
}

#[test]
fn cors_headers_that_the_service_sets_itself_are_removed() {
    let own = [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-origin", "https://evil.example"),
        ("access-control-allow-credentials", "true"),
        ("access-control-expose-headers", "*"),
        ("access-control-allow-methods", "*"),
        ("access-control-allow-headers", "*"),
        ("access-control-max-age", "86400"),
        ("access-control-allow-private-network", "true"),
        ("access-control-allow-local-network", "true"),
        ("access-control-that-is-still-to-come", "true"),
        ("private-network-access-name", "printer"),
        ("private-network-access-id", "01:23:45:67:89:0a"),
        ("etag", "x"),
        ("x-access-control-note", "kept"),
    ];
    let names = |headers: &HeaderMap| headers.keys().map(|name| name.as_str().to_owned()).collect::<BTreeSet<_>>();
    let kept = BTreeSet::from(["etag", "vary", "x-access-control-note"].map(str::to_owned));
    for request in [&[("origin", "https://evil.example")][..], &[("origin", "null")], &[]] {
        assert_eq!(names(&through(request, &own)), kept, "{request:?}");
    }
    let allowed = through(&[("origin", APP)], &own);
    assert_eq!(all(&allowed, "access-control-allow-origin"), [APP]);
    assert_eq!(&names(&allowed) - &kept, BTreeSet::from(["access-control-allow-origin".to_owned()]));
}

#[test]
fn a_policy_for_any_origin_also_removes_cors_headers_of_the_service() {
    let policy = CorsPolicy::builder().allow_any_origin().expose_headers(["etag"]).build(Tier::Production).unwrap();
    let own = headers([
        ("access-control-allow-origin", &b"https://evil.example"[..]),
        ("access-control-allow-credentials", b"true"),
        ("access-control-allow-private-network", b"true"),
    ]);
    let mut request = Request::new(());
    *request.headers_mut() = headers([("origin", APP.as_bytes())]);
    let answer = send(&policy.layer(), request, &own);
    let found: BTreeSet<_> = answer.headers().keys().map(http::HeaderName::as_str).collect();
    assert_eq!(found, BTreeSet::from(["access-control-allow-origin", "access-control-expose-headers"]));
    assert_eq!(all(answer.headers(), "access-control-allow-origin"), ["*"]);
}

#[test]
fn a_preflight_of_a_private_network_is_granted_nothing_beyond_the_policy() {
    let request = Request::options("/")
        .header("origin", APP)
        .header("access-control-request-method", "POST")
        .header("access-control-request-private-network", "true");
    let answer = send(&policy(&[APP]).layer(), request.body(()).unwrap(), &HeaderMap::new());
    assert_eq!(answer.status(), 200);
    assert!(!answer.headers().contains_key("access-control-allow-private-network"));
}

#[test]
fn a_full_header_map_loses_a_header_instead_of_panicking() {
    let mut full = HeaderMap::new();
    for number in 0.. {
        let name = http::HeaderName::from_bytes(format!("x-{number}").as_bytes()).unwrap();
        if full.try_insert(name, http::HeaderValue::from_static("x")).is_err() {
            break;
        }
    }
    let mut request = Request::new(());
    *request.headers_mut() = headers([("origin", APP.as_bytes())]);
    assert_eq!(send(&policy(&[APP]).layer(), request, &full).status(), 201);
}

#[test]
fn a_future_polled_after_completion_responds_again_and_grants_nothing() {
    use std::{
        future::Future,
        pin::pin,
        task::{Context, Poll},
    };
    use tower::{Layer, Service};

    let service = tower::service_fn(async |_: Request<()>| Ok::<_, std::convert::Infallible>(http::Response::new(())));
    let mut service = policy(&[APP]).layer().layer(service);
    let request = Request::options("/").header("origin", APP).header("access-control-request-method", "POST");
    let mut future = pin!(service.call(request.body(()).unwrap()));
    let mut context = Context::from_waker(std::task::Waker::noop());
    assert!(future.as_mut().poll(&mut context).is_ready());
    let Poll::Ready(Ok(again)) = future.as_mut().poll(&mut context) else { panic!("the future is still pending") };
    assert_eq!((again.status(), again.headers().len()), (StatusCode::FORBIDDEN, 0));
}
