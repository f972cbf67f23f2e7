//! Tests the gRPC health check with the client of `tonic-health`.

use std::net::SocketAddr;

use hardened::health::ProbeError;
use tonic::{Code, Status, Streaming};
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse, health_client::HealthClient};

use super::running::{Running, channel, within};

/// Calls `Check` with an IP address as the host, as kubelets do.
pub(crate) async fn check(address: SocketAddr, service: &str) -> Result<&'static str, Status> {
    let mut client = HealthClient::new(channel(address, "10.42.0.7:8080").await);
    let request = HealthCheckRequest { service: service.to_owned() };
    within(client.check(request)).await.map(|response| response.get_ref().status().as_str_name())
}

async fn watch(running: &Running, service: &str) -> Streaming<HealthCheckResponse> {
    let mut client = HealthClient::new(channel(running.address, "10.42.0.7:8080").await);
    let request = HealthCheckRequest { service: service.to_owned() };
    within(client.watch(request)).await.unwrap().into_inner()
}

async fn next(stream: &mut Streaming<HealthCheckResponse>) -> Result<&'static str, Code> {
    match within(stream.message()).await {
        Ok(response) => Ok(response.expect("the stream ended").status().as_str_name()),
        Err(status) => Err(status.code()),
    }
}

#[tokio::test]
async fn a_check_says_what_readiness_says() {
    let running = Running::start(&[]).await;
    for (works, expected) in [(Ok(()), "SERVING"), (Err(ProbeError::Refused), "NOT_SERVING"), (Ok(()), "SERVING")] {
        *running.seen.works.lock().unwrap() = works;
        for service in ["", "shop.v1.Orders"] {
            assert_eq!(check(running.address, service).await.unwrap(), expected, "{service} {works:?}");
        }
    }
    for service in ["shop.v1.Order", "SHOP.v1.Orders", "grpc.health.v1.Health"] {
        assert_eq!(check(running.address, service).await.unwrap_err().code(), Code::NotFound, "{service}");
    }
}

#[tokio::test]
async fn a_check_fails_while_the_service_drains() {
    let running = Running::start(&[("HTTP_DRAIN", "10m")]).await;
    assert_eq!(check(running.address, "").await.unwrap(), "SERVING");
    let mut watched = watch(&running, "").await;
    assert_eq!(next(&mut watched).await, Ok("SERVING"));
    let mut client = running.client().await;
    let (address, stopping) = (running.address, running.ask_to_stop());
    assert_eq!(next(&mut watched).await, Ok("NOT_SERVING"));
    assert_eq!(check(address, "").await.unwrap(), "NOT_SERVING");
    assert!(client.find(0).await.is_ok());
    assert!(!stopping.is_finished());
    stopping.abort();
}

#[tokio::test]
async fn who_watches_hears_each_change_and_the_end() {
    let running = Running::start(&[]).await;
    let mut watched = watch(&running, "shop.v1.Orders").await;
    let mut unknown = watch(&running, "nobody").await;
    assert_eq!(next(&mut unknown).await, Ok("SERVICE_UNKNOWN"));
    assert_eq!(next(&mut watched).await, Ok("SERVING"));
    *running.seen.works.lock().unwrap() = Err(ProbeError::Timeout);
    assert_eq!(next(&mut watched).await, Ok("NOT_SERVING"));
    *running.seen.works.lock().unwrap() = Ok(());
    assert_eq!(next(&mut watched).await, Ok("SERVING"));
    let stopping = running.ask_to_stop();
    let last = next(&mut watched).await;
    let last = if last == Ok("NOT_SERVING") { next(&mut watched).await } else { last };
    assert_eq!(last, Err(Code::Unavailable));
    assert_eq!(next(&mut unknown).await, Err(Code::Unavailable));
    within(stopping).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_method_that_is_not_known_is_not_implemented_and_a_page_is_no_check() {
    let running = Running::start(&[]).await;
    let mut client = running.client().await;
    let request = tonic::Request::new(HealthCheckRequest { service: String::new() });
    let outcome = client.call("/grpc.health.v1.Health/List", request).await;
    assert_eq!(outcome.unwrap_err().code(), Code::Unimplemented);
    let page = test_support::server::get(running.address, "/grpc.health.v1.Health/Check").await;
    assert_eq!(page.status, 415);
}
