//! How a service stops. Signals reach the whole process, so they are tested with the process of an example, in
//! `tests/quickstart.rs`.

use std::sync::Arc;

use hardened::{Exit, serve::ServeError};
use tokio::net::{TcpStream, UnixListener, UnixStream};

use super::{
    running::{Running, Seen, app, settings, until, within},
    server::get,
};

#[tokio::test]
async fn readiness_fails_first_while_requests_are_answered() {
    let running = Running::start(app(&Arc::default()), &[("HTTP_DRAIN", "10m")]).await;
    let address = running.address;
    assert_eq!(get(address, "/readyz").await.status, 200);
    let mut before = running.connect().await;
    before.get("/").await;
    before.answer("hello").await;
    let stopping = running.ask_to_stop();
    within(async { while get(address, "/readyz").await.status != 503 {} }).await;
    assert_eq!(get(address, "/readyz").await.body, r#"{"error":"shutting-down","status":"unhealthy"}"#);
    for path in ["/", "/livez", "/health"] {
        assert_eq!(get(address, path).await.status, 200, "{path}");
    }
    before.get("/").await;
    before.answer("hello").await;
    assert!(!stopping.is_finished());
    stopping.abort();
}

#[tokio::test]
async fn requests_in_flight_are_finished_and_idle_connections_are_closed() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[("HTTP_STOP_TIMEOUT", "10m")]).await;
    let address = running.address;
    let (mut idle, mut fresh, mut busy) = (running.connect().await, running.connect().await, running.connect().await);
    idle.get("/").await;
    idle.answer("hello").await;
    busy.send("POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 6\r\nExpect: 100-continue\r\n\r\n").await;
    busy.read_until("100 Continue\r\n\r\n").await;
    let stopping = running.ask_to_stop();
    assert_eq!(idle.rest().await, "");
    assert_eq!(fresh.rest().await, "");
    within(async { while TcpStream::connect(address).await.is_ok() {} }).await;
    assert!(!stopping.is_finished());
    busy.send("abcdef").await;
    assert!(busy.rest().await.ends_with("\r\n\r\nabcdef"));
    within(stopping).await.unwrap().unwrap();
}

#[tokio::test]
async fn requests_that_take_too_long_are_cut_off_and_reported() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[("HTTP_STOP_TIMEOUT", "200ms")]).await;
    let mut clients = Vec::new();
    for _ in 0..3 {
        let mut client = running.connect().await;
        client.get("/never").await;
        clients.push(client);
    }
    until(|| seen.begun.get() == 3).await;
    let error = running.stop().await.unwrap_err();
    assert_eq!(seen.dropped.get(), 3);
    assert_eq!((error.cut_off_connections(), error.exit_status()), (3, 124));
    let told = "cut off 3 of the connections, because they were not finished within HTTP_STOP_TIMEOUT";
    assert_eq!(error.to_string(), told);
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "exit status 124");
    for client in &mut clients {
        assert_eq!(client.rest().await, "");
    }
}

#[tokio::test]
async fn a_stop_in_which_everything_was_answered_is_a_success() {
    let running = Running::start(app(&Arc::default()), &[]).await;
    assert_eq!(get(running.address, "/").await.status, 200);
    let outcome: Result<(), ServeError> = running.stop().await;
    assert!(format!("{:?}", Exit::from(outcome)).contains("None"));
}

#[tokio::test]
async fn a_unix_socket_is_served_too() {
    let scratch = test_support::Scratch::new();
    let path = scratch.path().join("socket");
    let listener = UnixListener::bind(&path).unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = hardened::serve(listener, app(&Arc::default()), &settings(&[])).until(async { drop(stopped.await) });
    let serving = tokio::spawn(serving.into_future());
    let mut stream = UnixStream::connect(&path).await.unwrap();
    let request = b"GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n";
    tokio::io::AsyncWriteExt::write_all(&mut stream, request).await.unwrap();
    let mut answer = String::new();
    within(tokio::io::AsyncReadExt::read_to_string(&mut stream, &mut answer)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("hello"), "{answer}");
    stop.send(()).unwrap();
    within(serving).await.unwrap().unwrap();
}

#[tokio::test]
async fn the_app_knows_who_connects() {
    use axum::{Extension, Router, routing::get as at};
    use hardened::layers::ClientAddress;
    let whoami = |Extension(client): Extension<ClientAddress>| async move { client.ip().to_string() };
    let app = Router::new().route("/", at(whoami)).layer(settings(&[]).layer());
    let running = Running::start(app, &[]).await;
    assert_eq!(get(running.address, "/").await.body, "127.0.0.1");
}
