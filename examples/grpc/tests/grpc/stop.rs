//! Tests how streams end when the service stops.

use hardened_grpc::orders::Order;
use tonic::Code;

use super::running::{Running, number, until, within};

#[tokio::test]
async fn a_stream_that_hears_of_the_stop_ends_with_it() {
    let running = Running::start(&[("HTTP_STOP_TIMEOUT", "10m")]).await;
    let mut client = running.client().await;
    let mut stream = client.follow(number::UNTIL_STOP).await.unwrap();
    let stopping = running.ask_to_stop();
    let status = within(stream.message()).await.unwrap_err();
    assert_eq!((status.code(), status.message()), (Code::Unavailable, "the service stops"));
    within(stopping).await.unwrap().unwrap();
    // After GOAWAY, the client tries to connect to another instance, and there is none.
    assert!(client.find(number::FINE).await.is_err());
}

#[tokio::test]
async fn a_stream_that_goes_on_is_finished_first() {
    let running = Running::start(&[("HTTP_STOP_TIMEOUT", "10m")]).await;
    let mut client = running.client().await;
    let changes = running.changes();
    let mut stream = client.follow(number::FINE).await.unwrap();
    until(&running.seen.begun, 1).await;
    let address = running.address;
    let stopping = running.ask_to_stop();
    within(async { while tokio::net::TcpStream::connect(address).await.is_ok() {} }).await;
    changes.send(Ok(Order { number: 7, state: "sent".to_owned() })).await.unwrap();
    assert_eq!(within(stream.message()).await.unwrap().unwrap().state, "sent");
    assert!(!stopping.is_finished());
    drop(changes);
    assert_eq!(within(stream.message()).await.unwrap(), None);
    within(stopping).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_stream_that_does_not_end_is_cut_off() {
    let running = Running::start(&[("HTTP_STOP_TIMEOUT", "200ms")]).await;
    let mut client = running.client().await;
    let _changes = running.changes();
    let mut stream = client.follow(number::FINE).await.unwrap();
    let error = within(running.ask_to_stop()).await.unwrap().unwrap_err();
    assert_eq!((error.cut_off_connections(), error.exit_status()), (1, 124));
    assert!(within(stream.message()).await.is_err());
}
