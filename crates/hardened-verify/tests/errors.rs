//! How a service responds to bad requests.

use crate::common::{always, assert_healthy, failed, of, page, path, small, target, verdict, verify};
use axum::{
    Router,
    extract::Request,
    http::Method,
    middleware::{Next, from_fn},
    response::Response,
};
use hardened_core::manifest::ErrorPromise;
use hardened_verify::Family;

/// Returns a service whose responses to some requests are replaced.
fn with(answer: impl Fn(&Request) -> Option<Response> + Clone + Send + Sync + 'static) -> Router {
    small().layer(from_fn(move |request: Request, next: Next| {
        let answer = answer(&request);
        async move {
            match answer {
                Some(answer) => answer,
                None => next.run(request).await,
            }
        }
    }))
}

fn text(status: u16, body: &'static str) -> Option<Response> {
    Some(page(status, "text/plain", body))
}

#[tokio::test]
async fn a_service_that_refuses_bad_requests_passes() {
    let verification = verify(small(), Family::Errors).await;
    assert_healthy(&verification);
    assert_eq!(verdict(&verification, "errors-body"), "skipped");
}

#[tokio::test]
async fn each_weakness_is_found_by_its_check() {
    let python = "Traceback (most recent call last):\n  File \"/app/main.py\", line 3, in f";
    let postgres = "invalid input syntax for type uuid: \"x\"";
    let malformed = |request: &Request| request.method() == Method::POST;
    let unknown = |request: &Request| request.method().as_str() == "HARDENED";
    let quoted = |request: &Request| path(request).contains("%27");
    let long = |request: &Request| path(request).len() > 5000;
    for (router, expected) in [
        (with(move |request| malformed(request).then(|| text(400, python)).flatten()), "errors-stack-trace"),
        (
            with(move |request| long(request).then(|| text(404, "goroutine 1 [running]:")).flatten()),
            "errors-stack-trace",
        ),
        (with(move |request| quoted(request).then(|| text(400, postgres)).flatten()), "errors-driver-text"),
        (with(move |request| unknown(request).then(|| text(500, "")).flatten()), "errors-server-error"),
        (with(move |request| quoted(request).then(|| text(502, "")).flatten()), "errors-server-error"),
        (with(echo), "errors-trace-method"),
    ] {
        assert_eq!(failed(&verify(router, Family::Errors).await), [expected]);
    }
}

fn echo(request: &Request) -> Option<Response> {
    let mark = request.headers().get("x-hardened-verify").filter(|_| request.method() == Method::TRACE)?;
    Some(page(200, "message/http", mark.to_str().unwrap().to_owned()))
}

#[tokio::test]
async fn a_method_that_is_not_implemented_is_refused_properly() {
    assert_healthy(
        &verify(with(|request| (request.method() == Method::TRACE).then(|| text(501, "")).flatten()), Family::Errors)
            .await,
    );
}

#[tokio::test]
async fn error_bodies_must_have_the_promised_media_type() {
    let fails =
        |media_type| with(move |request| (request.method() == Method::POST).then(|| page(500, media_type, "{}")));
    for (media_type, expected) in [("application/problem+json", "pass"), ("text/html", "fail"), ("", "fail")] {
        let mut manifest = crate::common::manifest();
        manifest.promises.errors = Some(ErrorPromise { server_errors: "application/problem+json".to_owned() });
        let verifier = target(fails(media_type)).only(&[Family::Errors]).manifest(manifest).build().unwrap();
        assert_eq!(verdict(&verifier.run().await, "errors-body"), expected, "{media_type}");
    }
}

#[tokio::test]
async fn a_service_that_answers_everything_alike_shows_nothing_about_errors() {
    for status in [200, 204, 301, 400, 401, 404, 500] {
        let verification = verify(always(move || page(status, "application/json", "{}")), Family::Errors).await;
        for check in ["errors-stack-trace", "errors-driver-text", "errors-server-error", "errors-trace-method"] {
            assert_eq!(verdict(&verification, check), "inconclusive", "{status}");
        }
    }
    assert!(!of(&verify(small(), Family::Errors).await, "errors-stack-trace").is_empty());
}
