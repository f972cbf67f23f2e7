//! The same policy under actix-web.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use actix_web::{
    App, HttpResponse,
    dev::ServiceResponse,
    http::Method,
    middleware::from_fn,
    test::{TestRequest, call_service, init_service},
    web,
};
use hardened::{Tier, cors::CorsPolicy};
use hardened_frameworks::actix::cors;

const APP: &str = "https://app.example.com";

async fn ask(request: TestRequest) -> ServiceResponse {
    let policy = CorsPolicy::builder()
        .allow_origins([APP])
        .allow_credentials()
        .allow_methods(["PUT"])
        .expose_headers(["etag"])
        .build(Tier::Production)
        .expect("is a policy");
    let hello = || async { HttpResponse::Ok().insert_header(("vary", "accept")).body("hello") };
    let app = App::new()
        .wrap(from_fn(move |request, next| cors(policy.clone(), request, next)))
        .route("/", web::get().to(hello));
    call_service(&init_service(app).await, request.to_request()).await.map_into_boxed_body()
}

fn header(response: &ServiceResponse, name: &str) -> Vec<String> {
    response.headers().get_all(name).map(|value| value.to_str().expect("is text").to_owned()).collect()
}

#[actix_web::test]
async fn an_allowed_origin_reads_the_answer() {
    let response = ask(TestRequest::get().insert_header(("origin", APP))).await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "access-control-allow-origin"), [APP]);
    assert_eq!(header(&response, "access-control-allow-credentials"), ["true"]);
    assert_eq!(header(&response, "access-control-expose-headers"), ["etag"]);
    assert_eq!(header(&response, "vary"), ["accept", "origin"]);
}

#[actix_web::test]
async fn a_denied_origin_gets_no_header_of_the_protocol() {
    let response = ask(TestRequest::get().insert_header(("origin", "https://evil.example"))).await;
    assert_eq!(response.status(), 200);
    assert!(header(&response, "access-control-allow-origin").is_empty());
    assert_eq!(header(&response, "vary"), ["accept", "origin"]);
}

#[actix_web::test]
async fn a_preflight_is_answered_without_the_service() {
    for (origin, status) in [(APP, 200), ("https://evil.example", 403)] {
        let request = TestRequest::with_uri("/").method(Method::OPTIONS);
        let request = request.insert_header(("origin", origin)).insert_header(("access-control-request-method", "PUT"));
        let response = ask(request).await;
        assert_eq!(response.status(), status, "{origin}");
        assert_eq!(header(&response, "access-control-allow-methods").is_empty(), status == 403, "{origin}");
    }
}
