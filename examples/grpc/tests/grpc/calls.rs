//! Tests of calls, and of what a client learns from a refused one.

use std::time::Duration;

use hardened_grpc::orders::Order;
use test_support::{
    protections::{Framework, Protection, Way},
    server::{exchange, get_from},
};
use tonic::{Code, Request, Status};

use super::{
    health::check,
    running::{Running, TEXT, number, until, within},
};

fn order(state: &str) -> Order {
    Order { number: 7, state: state.to_owned() }
}

#[tokio::test]
async fn calls_and_streams_are_answered() {
    let running = Running::start(&[]).await;
    let mut client = running.client().await;
    assert_eq!(client.find(number::FINE).await.unwrap().state, "127.0.0.1");
    let changes = running.changes();
    let mut stream = client.follow(number::FINE).await.unwrap();
    for state in ["ordered", "sent"] {
        changes.send(Ok(order(state))).await.unwrap();
        assert_eq!(within(stream.message()).await.unwrap().unwrap().state, state);
    }
    drop(changes);
    assert_eq!(within(stream.message()).await.unwrap(), None);
}

#[tokio::test]
async fn a_stream_lasts_longer_than_a_request_and_may_be_silent() {
    let times = ["HTTP_REQUEST_TIMEOUT", "HTTP_BODY_TIMEOUT", "HTTP_IDLE_TIMEOUT", "HTTP_HEADER_TIMEOUT"];
    let running = Running::start(&times.map(|name| (name, "500ms"))).await;
    let mut client = running.client().await;
    let changes = running.changes();
    let mut stream = client.follow(number::FINE).await.unwrap();
    for state in ["packed", "sent"] {
        tokio::time::sleep(Duration::from_millis(1200)).await;
        changes.send(Ok(order(state))).await.unwrap();
        assert_eq!(within(stream.message()).await.unwrap().unwrap().state, state);
    }
}

/// Returns the code and the message of a failed call.
#[track_caller]
fn ended(outcome: Result<Order, Status>) -> (Code, String) {
    let status = outcome.unwrap_err();
    (status.code(), status.message().to_owned())
}

#[tokio::test]
async fn a_client_understands_each_refusal() {
    let running = Running::start(&[("HTTP_MAX_BODY_BYTES", "1000")]).await;
    let mut client = running.client().await;
    let large = Order { number: number::FINE, state: "x".repeat(2000) };
    let outcome = client.call("/shop.v1.Orders/Find", Request::new(large)).await;
    assert_eq!(ended(outcome), (Code::ResourceExhausted, "Payload Too Large".to_owned()));
    let outcome = client.call("/docs", Request::new(order("sent"))).await;
    assert_eq!(ended(outcome), (Code::Unimplemented, "Not Found".to_owned()));
    for host in ["evil.example", "10.0.0.1"] {
        let outcome = running.client_of(host).await.find(number::FINE).await;
        assert_eq!(ended(outcome), (Code::PermissionDenied, "Misdirected Request".to_owned()), "{host}");
    }
    assert!(client.find(number::FINE).await.is_ok());
}

#[tokio::test]
async fn a_handler_that_does_not_answer_in_time_is_ended_and_may_have_done_something() {
    let running = Running::start(&[("HTTP_REQUEST_TIMEOUT", "100ms")]).await;
    let outcome = running.client().await.find(number::NEVER).await;
    assert_eq!(ended(outcome), (Code::DeadlineExceeded, "Service Unavailable".to_owned()));
    until(&running.seen.dropped, 1).await;
}

#[tokio::test]
async fn a_busy_service_says_that_a_call_can_be_made_again_and_answers_health_checks() {
    let running = Running::start(&[("HTTP_MAX_REQUESTS", "1")]).await;
    let (mut first, mut second) = (running.client().await, running.client().await);
    let held = tokio::spawn(async move { first.find(number::NEVER).await });
    until(&running.seen.begun, 1).await;
    assert_eq!(ended(second.find(number::FINE).await), (Code::Unavailable, "Service Unavailable".to_owned()));
    assert_eq!(check(running.address, "").await.unwrap(), "SERVING");
    held.abort();
    until(&running.seen.dropped, 1).await;
}

#[tokio::test]
async fn the_text_of_an_error_does_not_leave() {
    for (tier, is_shown) in [("production", false), ("development", true)] {
        let running = Running::start(&[("ENVIRONMENT", tier)]).await;
        let mut client = running.client().await;
        let (code, message) = ended(client.find(number::FAILS).await);
        assert_eq!((code, message.contains(TEXT)), (Code::Internal, is_shown), "{tier}: {message}");
        // The error is in the trailers, after an order.
        let changes = running.changes();
        let mut stream = client.follow(number::FINE).await.unwrap();
        changes.send(Ok(order("sent"))).await.unwrap();
        within(stream.message()).await.unwrap();
        changes.send(Err(Status::with_details(Code::Unknown, TEXT, TEXT.as_bytes().into()))).await.unwrap();
        let status = within(stream.message()).await.unwrap_err();
        let (message, details) = (status.message(), status.details());
        assert_eq!((status.code(), message.contains(TEXT)), (Code::Unknown, is_shown), "{tier}: {message}");
        assert_eq!(details.is_empty(), !is_shown, "{tier}");
        // This message is meant for the client.
        let missing = (Code::NotFound, "there is no such order".to_owned());
        assert_eq!(ended(client.find(number::MISSING).await), missing, "{tier}");
        let (code, message) = ended(client.find(number::PANICS).await);
        assert_eq!(code, Code::Internal, "{tier}");
        assert!(message.starts_with("Internal Server Error, "), "{tier}: {message}");
    }
}

#[tokio::test]
async fn a_client_with_too_many_attempts_learns_that_and_when_to_come_back() {
    let running = Running::around(&[], |app, limit| app.layer(limit.layer())).await;
    let mut client = running.client().await;
    for _ in 0..3 {
        assert!(client.find(number::FINE).await.is_ok());
    }
    let refused = client.find(number::FINE).await.unwrap_err();
    assert_eq!((refused.code(), refused.message()), (Code::ResourceExhausted, "Too Many Requests"));
    let told = |name| refused.metadata().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let wait: u64 = told("retry-after").unwrap().parse().unwrap();
    assert!((1..=8 * 60 * 60).contains(&wait), "{wait}");
    assert_eq!(told("ratelimit"), Some(format!("\"sign-in\";r=0;t={wait}")));
    assert_eq!(told("ratelimit-policy").as_deref(), Some(r#""sign-in";q=3;w=86400"#));
}

#[tokio::test]
async fn a_call_whose_client_gives_up_is_dropped() {
    let running = Running::start(&[]).await;
    let mut client = running.client().await;
    let call = tokio::spawn(async move { client.find(number::NEVER).await });
    until(&running.seen.begun, 1).await;
    call.abort();
    until(&running.seen.dropped, 1).await;
}

/// Each row of the table is tested as a gRPC client sees it.
#[tokio::test]
async fn what_the_table_says_of_tonic_holds_over_a_socket() {
    let running = Running::start(&[("HTTP_MAX_BODY_BYTES", "1000")]).await;
    let mut client = running.client().await;
    for protection in Protection::all() {
        let holds = match protection {
            Protection::Hosts => {
                running.client_of("evil.example").await.find(number::FINE).await.unwrap_err().code()
                    == Code::PermissionDenied
            }
            // No call has such a path, so this is a request of a browser, for which the path is hidden.
            Protection::Docs => {
                let page = get_from(running.address, "/%64ocs", "api.example.com").await;
                (page.status, page.body.as_str()) == (404, "")
            }
            Protection::Headers => {
                let page = get_from(running.address, "/", "api.example.com").await;
                page.header("x-content-type-options") == Some("nosniff")
            }
            // The calls of this test pass through the CORS layer as well.
            Protection::Cors => {
                let reader = async |origin| {
                    let head = format!("GET / HTTP/1.1\r\nHost: api.example.com\r\nOrigin: {origin}\r\n");
                    let answer = exchange(running.address, &(head + "Connection: close\r\n\r\n")).await;
                    answer.header("access-control-allow-origin").map(str::to_owned)
                };
                let allowed = reader("https://app.example.com").await;
                allowed.as_deref() == Some("https://app.example.com") && reader("https://evil.example").await.is_none()
            }
            Protection::Errors => !client.find(number::FAILS).await.unwrap_err().message().contains(TEXT),
            Protection::Health => check(running.address, "").await.unwrap() == "SERVING",
            Protection::Client => {
                let mut request = Request::new(hardened_grpc::orders::OrderId { number: number::FINE });
                request.metadata_mut().insert("x-forwarded-for", "203.0.113.7".parse().unwrap());
                client.call("/shop.v1.Orders/Find", request).await.unwrap().state == "203.0.113.7"
            }
            Protection::Https => {
                let mut request = Request::new(hardened_grpc::orders::OrderId { number: number::FINE });
                for (name, value) in [("x-forwarded-for", "203.0.113.7"), ("x-forwarded-proto", "http")] {
                    request.metadata_mut().insert(name, value.parse().unwrap());
                }
                let outcome = client.call("/shop.v1.Orders/Find", request).await;
                outcome.unwrap_err().code() == Code::PermissionDenied
            }
            Protection::Session => {
                let set = running.seen.cookie.set("user-7").unwrap();
                let cookie = set.to_str().unwrap().split(';').next().unwrap();
                let mut request = Request::new(hardened_grpc::orders::OrderId { number: number::SESSION });
                request.metadata_mut().insert("cookie", cookie.parse().unwrap());
                let without = client.find(number::SESSION).await.unwrap_err();
                client.call("/shop.v1.Orders/Find", request).await.unwrap().state == "user-7"
                    && without.code() == Code::Unauthenticated
            }
            Protection::AttemptsOfClient => {
                let limited = Running::around(&[], |app, limit| app.layer(limit.layer())).await;
                let mut client = limited.client().await;
                let mut codes = Vec::new();
                for _ in 0..4 {
                    codes.push(client.find(number::FINE).await.map_or_else(|status| status.code(), |_| Code::Ok));
                }
                codes == [Code::Ok, Code::Ok, Code::Ok, Code::ResourceExhausted]
            }
            Protection::Attempts => {
                let mut codes = Vec::new();
                for _ in 0..3 {
                    codes.push(client.find(number::SIGN_IN).await.map_or_else(|status| status.code(), |_| Code::Ok));
                }
                codes == [Code::Ok, Code::Ok, Code::ResourceExhausted]
            }
            Protection::Serve => {
                let large = Order { number: number::FINE, state: "x".repeat(2000) };
                let outcome = client.call("/shop.v1.Orders/Find", Request::new(large)).await;
                outcome.unwrap_err().code() == Code::ResourceExhausted
            }
        };
        assert_eq!(holds, protection.way(Framework::Tonic) != Way::No, "{protection:?}");
    }
}
