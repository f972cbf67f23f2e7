//! Tests of the protections under actix-web.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServiceResponse,
    http::Method,
    middleware::from_fn,
    test::{TestRequest, call_service, init_service},
    web,
};
use hardened::{Tier, auth::SessionCookie, cors::CorsPolicy, health::Health, layers::AttemptLimit};
use hardened_frameworks::actix::{Protections, client, cors, health_check, protect, to_http};
use test_support::protections::{Framework, over, settings};

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

/// Adds the routes that the table needs.
fn routes(config: &mut web::ServiceConfig, limit: &AttemptLimit, health: &Health, cookie: &SessionCookie) {
    let (limit, health, begins, goes_on) = (limit.clone(), health.clone(), cookie.clone(), cookie.clone());
    let session = move || {
        let set = begins.set("user-7").unwrap();
        async move { HttpResponse::Ok().insert_header(("set-cookie", set.as_bytes())).body("welcome") }
    };
    let me = move |request: HttpRequest| {
        let session = goes_on.read(&to_http(request.headers()));
        async move {
            match session {
                Some(session) => HttpResponse::Ok().body(session.value().to_owned()),
                None => HttpResponse::Unauthorized().finish(),
            }
        }
    };
    let sign_in = move |request: HttpRequest, account: String| {
        let limit = limit.clone();
        async move {
            match limit.account(client(&request), &account).await {
                Ok(()) => HttpResponse::Ok().body("welcome"),
                Err(_) => HttpResponse::TooManyRequests().finish(),
            }
        }
    };
    let address = async |request: HttpRequest| client(&request).expect("a client").ip().to_string();
    config
        .route("/", web::get().to(async || HttpResponse::Ok().insert_header(("server", "actix")).body("hello")))
        .route("/docs", web::get().to(async || "the page"))
        .route("/fails", web::get().to(async || HttpResponse::InternalServerError().body("password=hunter2")))
        .route("/client", web::get().to(address))
        .route("/sign-in", web::post().to(sign_in))
        .route("/session", web::post().to(session))
        .route("/me", web::get().to(me))
        .route("/echo", web::post().to(async |body: String| body))
        .route("/readyz", web::get().to(move || health_check(health.readyz())));
}

#[actix_web::test]
async fn what_the_table_says_of_actix_web_holds_over_a_socket() {
    let settings = settings();
    let protections = Protections::new(&settings.http, settings.cors.policy(), &settings.proxies);
    let (limit, health, cookie) = (settings.limit(), settings.health(), settings.session.cookie());
    let app = move || {
        let protections = protections.clone();
        App::new()
            .wrap(from_fn(move |request, next| protect(protections.clone(), request, next)))
            .configure(|config| routes(config, &limit, &health, &cookie))
    };
    let server = HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    Framework::Actix.keeps_the_table(async |ask| over(address, ask).await).await;
    handle.stop(false).await;
    running.await.unwrap().unwrap();
}
