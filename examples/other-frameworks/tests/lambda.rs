//! Tests of the protections on AWS Lambda with handmade events, without a network or the AWS runtime.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use hardened_other_frameworks::lambda::with_peer;
use http_body_util::BodyExt;
use lambda_http::{IntoResponse, Request, request::from_str};
use serde_json::json;
use test_support::{
    protections::{Ask, Framework, app, settings},
    server::Answer,
};
use tower::{Service, ServiceBuilder, ServiceExt};

/// Converts a request to an event of API Gateway (payload format 2.0).
fn event(ask: Ask) -> Request {
    let Ask { method, path, host, headers, body } = ask;
    let headers: serde_json::Map<_, _> =
        headers.iter().chain(&[("host", host)]).map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let http = json!({
        "method": method,
        "path": path,
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "test",
    });
    let event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api",
            "domainName": host,
            "domainPrefix": "api",
            "http": http,
            "requestId": "id",
            "routeKey": "$default",
            "stage": "$default",
            "time": "01/Jan/2026:00:00:00 +0000",
            "timeEpoch": 1_767_225_600_000_u64,
        },
        "body": body,
        "isBase64Encoded": false,
    });
    from_str(&event.to_string()).unwrap()
}

#[tokio::test]
async fn what_the_table_says_of_lambda_holds_for_an_event() {
    let settings = settings();
    let service = ServiceBuilder::new().map_request(with_peer).service(app(&settings));
    let ask = async |ask| {
        let mut service = service.clone();
        let response = service.ready().await.unwrap().call(event(ask)).await.unwrap();
        let (head, body) = response.into_response().await.into_parts();
        let headers: Vec<_> =
            head.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Answer::new(head.status.as_u16(), &headers, body)
    };
    Framework::Lambda.keeps_the_table(ask).await;
}
