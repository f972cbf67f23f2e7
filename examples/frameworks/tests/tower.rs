//! Tests of the protections under servers of tower services: axum, and plain hyper.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{convert::Infallible, net::SocketAddr};

use axum::body::Body;
use hardened::{
    auth::SessionCookie,
    layers::{AttemptLimit, ClientAddress, Clients, HttpsOnly, PeerAddress},
    serve::RequestBody,
};
use http::{Request, Response};
use http_body_util::BodyExt;
use test_support::protections::{Framework, Settings, app, over, settings};
use tokio::net::TcpListener;
use tower::{Layer, Service, ServiceExt, service_fn};

/// Serves an app until the runtime ends.
async fn serve<A: hardened::serve::App>(app: A, settings: &Settings) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(hardened::serve(listener, app, &settings.http).without_signals().into_future());
    address
}

#[tokio::test]
async fn what_the_table_says_of_axum_holds_over_a_socket() {
    let settings = settings();
    let address = serve(app(&settings), &settings).await;
    Framework::Axum.keeps_the_table(async |ask| over(address, ask).await).await;
}

/// Handles the requests without a framework.
async fn routes(
    request: Request<RequestBody>,
    limit: AttemptLimit,
    health: hardened::health::Health,
    cookie: SessionCookie,
) -> Result<Response<Body>, Infallible> {
    let client = request.extensions().get::<ClientAddress>().copied();
    let session = cookie.read(request.headers());
    let path = request.uri().path().to_owned();
    if path == "/readyz" {
        return Ok(health.readyz().oneshot(request).await?.map(Body::new));
    }
    if path == "/token" {
        let token =
            |_: Request<RequestBody>| std::future::ready(Ok::<_, Infallible>(Response::new(Body::from("a token"))));
        return Ok(limit.layer().layer(service_fn(token)).oneshot(request).await?.map(Body::new));
    }
    let body = match request.into_body().collect().await {
        Ok(body) => String::from_utf8(body.to_bytes().to_vec()).unwrap(),
        Err(_) => return Ok(Response::builder().status(400).body(Body::empty()).unwrap()),
    };
    Ok(match path.as_str() {
        "/" => Response::new(Body::from("hello")),
        "/docs" => Response::new(Body::from("the page")),
        "/fails" => Response::builder().status(500).body(Body::from("password=hunter2")).unwrap(),
        "/client" => Response::new(Body::from(client.unwrap().ip().to_string())),
        "/echo" => Response::new(Body::from(body)),
        "/session" => {
            let set = cookie.set("user-7").unwrap();
            Response::builder().header("set-cookie", set).body(Body::from("welcome")).unwrap()
        }
        "/me" => match session {
            Some(session) => Response::new(Body::from(session.value().to_owned())),
            None => Response::builder().status(401).body(Body::empty()).unwrap(),
        },
        "/sign-in" => match limit.account(client, &body).await {
            Ok(()) => Response::new(Body::from("welcome")),
            Err(refusal) => refusal.response(),
        },
        _ => Response::builder().status(404).body(Body::empty()).unwrap(),
    })
}

#[tokio::test]
async fn what_the_table_says_of_hyper_holds_over_a_socket() {
    let settings = settings();
    let (limit, health, cookie) = (settings.limit(), settings.health(), settings.session.cookie());
    let stack = hardened::stack(&settings.http, settings.cors.policy()).clients(&settings.proxies);
    let service = service_fn(move |request| routes(request, limit.clone(), health.clone(), cookie.clone()));
    let address = serve(stack.layer(HttpsOnly.layer(service)), &settings).await;
    Framework::Hyper.keeps_the_table(async |ask| over(address, ask).await).await;
}

/// The layer and the call must decide alike, because the layer makes the decision of the call.
#[tokio::test]
async fn the_layer_and_the_call_refuse_the_same_requests() {
    let settings = settings();
    let layer = settings.http.layer();
    let mut service =
        layer.layer(service_fn(async |_: Request<Body>| Ok::<_, Infallible>(Response::new(Body::empty()))));
    for (target, hosts, expected) in [
        ("/", &["api.example.com"][..], 200),
        ("/", &["evil.example"], 421),
        ("/", &["evil.example/.api.example.com"], 400),
        ("/", &[], 400),
        ("/", &["api.example.com", "api.example.com"], 400),
        ("http://api.example.com/", &[], 200),
        ("http://evil.example/", &["api.example.com"], 421),
        ("/readyz", &["10.0.0.1"], 200),
        ("/grpc.health.v1.Health/Check", &["10.0.0.1"], 200),
        ("/grpc.health.v1.Health/List", &["10.0.0.1"], 421),
        ("/docs", &["api.example.com"], 404),
        ("/docs", &["evil.example"], 421),
        ("/%64ocs", &["api.example.com"], 404),
    ] {
        for kind in ["application/json", "application/grpc"] {
            let request = hosts.iter().fold(Request::get(target), |request, host| request.header("host", *host));
            // gRPC needs HTTP/2.
            let request = request.version(http::Version::HTTP_2).header("content-type", kind);
            let request = request.body(Body::empty()).unwrap();
            let decided = match layer.decide(request.uri(), request.headers()) {
                hardened::layers::Admission::Refused(response) => response,
                hardened::layers::Admission::Admitted(headers) => {
                    let mut response = Response::new(());
                    headers.apply(response.headers_mut());
                    response
                }
            };
            let response = service.call(request).await.unwrap();
            assert_eq!(decided.status(), response.status(), "{target} {hosts:?} {kind}");
            assert_eq!(decided.headers(), response.headers(), "{target} {hosts:?} {kind}");
            let is_call = kind == "application/grpc" && expected != 200;
            assert_eq!(response.status(), if is_call { 200 } else { expected }, "{target} {hosts:?} {kind}");
            assert_eq!(response.headers().contains_key("grpc-status"), is_call, "{target} {hosts:?} {kind}");
        }
    }
}

#[test]
fn the_client_of_a_request_is_known_without_a_layer() {
    let settings = settings();
    let clients = Clients::new(&settings.proxies);
    let mut headers = http::HeaderMap::new();
    headers.insert("x-forwarded-for", "203.0.113.7".parse().unwrap());
    for (peer, client) in [("127.0.0.1:9", "203.0.113.7"), ("192.0.2.1:9", "192.0.2.1")] {
        let peer = PeerAddress::from(peer.parse::<SocketAddr>().unwrap());
        assert_eq!(clients.client(peer, &headers).unwrap().ip().to_string(), client);
    }
    assert!(Clients::new(&hardened_none()).client(PeerAddress::unix(), &headers).is_none());
}

/// Loads settings in which no proxy is trusted.
fn hardened_none() -> hardened::Loaded<hardened::listen::TrustedProxies> {
    hardened::Loader::new().environment(hardened::Environment::empty()).load().unwrap()
}
