//! The same policy under plain hyper, through real sockets. (For axum, see the module `layers`; for actix-web, its own package.)

use std::{io, net::SocketAddr};

use hardened::{
    Tier,
    cors::{CorsPolicy, Decision},
};
use http::{Request, Response};
use http_body_util::{Empty, Full};
use hyper::body::{Bytes, Incoming};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tower::ServiceBuilder;

use crate::cors::support::{all, run};

const APP: &str = "https://app.example.com";

fn policy() -> CorsPolicy {
    CorsPolicy::builder().allow_origins([APP]).allow_methods(["PUT"]).build(Tier::Production).unwrap()
}

async fn hello(_: Request<Incoming>) -> Result<Response<Full<Bytes>>, std::convert::Infallible> {
    Ok(Response::new(Full::from("hello")))
}

/// Serves one connection with the tower layer.
async fn with_the_layer(socket: tokio::net::TcpStream) {
    let service = ServiceBuilder::new().layer(policy().layer()).service_fn(hello);
    let connection = hyper::server::conn::http1::Builder::new();
    connection.serve_connection(TokioIo::new(socket), TowerToHyperService::new(service)).await.unwrap();
}

/// Serves one connection without tower, only with the policy's decision.
async fn with_the_decision(socket: tokio::net::TcpStream) {
    let policy = policy();
    let service = hyper::service::service_fn(async |request: Request<Incoming>| {
        match policy.decide(request.method(), request.headers()) {
            Decision::Preflight(answer) => Ok(answer.into_response()),
            Decision::Forward(forward) => {
                let mut response = hello(request).await?;
                forward.apply(response.headers_mut());
                Ok::<_, std::convert::Infallible>(response)
            }
        }
    });
    let connection = hyper::server::conn::http1::Builder::new();
    connection.serve_connection(TokioIo::new(socket), service).await.unwrap();
}

async fn ask(address: SocketAddr, method: &str) -> io::Result<Response<Incoming>> {
    let socket = tokio::net::TcpStream::connect(address).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(socket)).await.map_err(io::Error::other)?;
    tokio::spawn(connection);
    let request = Request::builder().method(method).uri("/").header("host", "api").header("origin", APP);
    let request = request.header("access-control-request-method", "PUT").body(Empty::<Bytes>::new());
    sender.send_request(request.map_err(io::Error::other)?).await.map_err(io::Error::other)
}

#[test]
fn plain_hyper_serves_the_policy_with_tower_and_without() {
    run(async {
        for tower in [true, false] {
            for (method, status) in [("GET", 200), ("OPTIONS", 200)] {
                let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
                let address = listener.local_addr().unwrap();
                tokio::spawn(async move {
                    let (socket, _) = listener.accept().await.unwrap();
                    if tower { with_the_layer(socket).await } else { with_the_decision(socket).await }
                });
                let answer = ask(address, method).await.unwrap();
                assert_eq!(answer.status(), status, "{method}");
                assert_eq!(all(answer.headers(), "access-control-allow-origin"), [APP], "{method}");
                assert_eq!(answer.headers().contains_key("access-control-allow-methods"), method == "OPTIONS");
            }
        }
    });
}
