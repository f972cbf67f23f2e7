//! What the tests of the families share: targets, runs against them, and access to the outcomes.

pub(crate) mod auth;
pub(crate) mod cors;
pub(crate) mod hostile;
pub(crate) mod notes;
pub(crate) mod runs;
pub(crate) mod tls;

use axum::{
    Router,
    body::Bytes,
    http::{Request, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use hardened_core::{
    document::Version,
    manifest::{Manifest, Promises, Service, TierAndWhy},
    tier::Tier,
};
use hardened_verify::{Builder, Family, Outcome, Verification, Verifier};

/// Serves on a free port of the loopback interface and returns the base URL.
pub(crate) async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Returns a service that has only a health check.
pub(crate) fn small() -> Router {
    Router::new().route("/health", get(|| async { axum::Json(serde_json::json!({ "status": "ok" })) }))
}

/// Returns a service that answers everything the same way.
pub(crate) fn always(answer: impl Fn() -> Response + Clone + Send + Sync + 'static) -> Router {
    Router::new().fallback(move || {
        let answer = answer();
        async move { answer }
    })
}

/// Returns a response with a status, a media type and a body.
pub(crate) fn page(status: u16, media_type: &'static str, body: impl Into<Bytes>) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    (status, [("content-type", media_type)], body.into()).into_response()
}

/// Returns a verifier for a service in this process.
pub(crate) fn target(router: Router) -> Builder {
    Verifier::in_process::<_, axum::body::Body, _>(router, "https://api.example.com").unwrap()
}

/// Runs one family against a service in this process.
pub(crate) async fn verify(router: Router, family: Family) -> Verification {
    target(router).only(&[family]).build().unwrap().run().await
}

/// Returns the outcomes of a check.
pub(crate) fn of<'a>(verification: &'a Verification, id: &str) -> Vec<&'a Outcome> {
    let of_check = |outcome: &&Outcome| outcome.check().id() == id;
    let outcomes: Vec<_> = verification.outcomes().iter().filter(of_check).collect();
    assert!(!outcomes.is_empty(), "there is no check {id}");
    outcomes
}

/// Returns the distinct verdicts of a check, sorted and separated by spaces.
pub(crate) fn verdict(verification: &Verification, id: &str) -> String {
    let mut names: Vec<_> = of(verification, id).iter().map(|outcome| outcome.verdict().name()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(" ")
}

/// Returns the checks that failed, with their cases.
pub(crate) fn failed(verification: &Verification) -> Vec<String> {
    let failed = verification.outcomes().iter().filter(|outcome| outcome.verdict().name() == "fail");
    failed
        .map(|outcome| match outcome.which() {
            Some(case) => format!("{} {case}", outcome.check().id()),
            None => outcome.check().id().to_owned(),
        })
        .collect()
}

/// Asserts that at least one check passed and that the others passed or were skipped.
pub(crate) fn assert_healthy(verification: &Verification) {
    let unhealthy: Vec<_> = verification
        .outcomes()
        .iter()
        .filter(|outcome| matches!(outcome.verdict().name(), "fail" | "inconclusive"))
        .map(ToString::to_string)
        .collect();
    assert!(unhealthy.is_empty(), "{unhealthy:#?}");
    assert!(verification.count("pass") > 0, "{verification}");
}

/// Returns the path and query of a request, as they were sent.
pub(crate) fn path<B>(request: &Request<B>) -> &str {
    request.uri().path_and_query().map_or("", |path| path.as_str())
}

/// Returns the manifest of a release in Production that promises nothing.
pub(crate) fn manifest() -> Manifest {
    Manifest {
        schema_version: Version,
        service: Service { name: Some("small".to_owned()), version: Some("1.2.3".to_owned()) },
        tier: TierAndWhy { value: Tier::Production, evidence: Vec::new() },
        settings: Vec::new(),
        rules: Vec::new(),
        waivers: Vec::new(),
        promises: Promises::default(),
        routes: None,
    }
}
