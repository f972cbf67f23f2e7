//! Verifies taskflow from outside: a healthy service has no findings, and only the right check finds each fault.

mod compared;
mod evidence;
mod faults;
mod places;
mod table;

use std::{
    fs,
    future::ready,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{Router, body::Body, http::StatusCode, middleware::map_response, response::Response};
use hardened::manifest::Manifest;
use hardened_verify::{Credential, Family, OpenApi, Profile, User, Verification, Verifier};
use serde_json::json;

use crate::harness::{self, Service};
use faults::{Fault, broken};

/// The profile of taskflow.
const PROFILE: &str = include_str!("../../../hardened.verify.toml");

/// The URL of production.
const URL: &str = "https://api.example.com";

/// A service with the tokens of two users.
struct Target {
    service: Service,
    router: Router,
    tokens: [String; 2],
}

impl Target {
    async fn start() -> Self {
        Self::of(harness::production_named("api.example.com").await).await
    }

    async fn of(service: Service) -> Self {
        let tokens = [service.user("ada@example.com").await, service.user("eve@example.com").await];
        let router = service.router.clone();
        Self { service, router, tokens }
    }

    async fn verify(&self, router: Router, deep: bool) -> Verification {
        let profile = Profile::parse(PROFILE, "hardened.verify.toml").unwrap();
        let mut builder = Verifier::in_process::<_, Body, _>(router, URL).unwrap();
        for (user, token) in [User::A, User::B].into_iter().zip(&self.tokens) {
            builder = builder.credential(user, Credential::bearer(token).unwrap());
        }
        let builder = builder.manifest(manifest()).openapi(description()).profile(profile);
        builder.deep(deep).build().unwrap().run().await
    }

    /// Returns the identifiers of the checks that fail with a fault, without duplicates.
    async fn found(&self, fault: Fault) -> Vec<&'static str> {
        let verification =
            self.verify(broken(self.router.clone(), fault, &self.tokens, &self.service.settings), true).await;
        let mut found: Vec<_> = verification.failures().map(|outcome| outcome.check().id()).collect();
        found.dedup();
        found
    }
}

fn manifest() -> Manifest {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("audit/manifest.json");
    Manifest::parse(&fs::read_to_string(path).unwrap()).unwrap()
}

fn description() -> OpenApi {
    OpenApi::parse(&taskflow::app::documentation().to_json().unwrap(), "openapi.json").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_service_in_production_passes_everything() {
    let target = Target::start().await;
    let verification = target.verify(target.router.clone(), false).await;
    let bad = verification.outcomes().iter().filter(|outcome| !matches!(outcome.verdict().name(), "pass" | "skipped"));
    assert_eq!(bad.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    for family in [Family::Health, Family::Cors, Family::Tokens, Family::Isolation, Family::Docs, Family::Errors] {
        let passed = verification.outcomes().iter().filter(|it| it.check().family() == family);
        assert!(passed.filter(|outcome| outcome.verdict().name() == "pass").count() > 0, "{family}: {verification}");
    }
    let sent: u32 = verification.sent().values().sum();
    assert!(sent <= 160 && verification.left_behind().is_empty(), "{sent}: {verification}");
}

/// This is what the command line does: it creates two accounts and signs them in, as the profile says.
#[tokio::test(flavor = "multi_thread")]
async fn users_who_sign_up_for_it_verify_it_as_well() {
    let target = Target::start().await;
    let profile = Profile::parse(PROFILE, "hardened.verify.toml").unwrap();
    let builder = Verifier::in_process::<_, Body, _>(target.router.clone(), URL).unwrap();
    let verification = builder.manifest(manifest()).profile(profile).build().unwrap().run().await;
    let isolated = verification.outcomes().iter().filter(|it| it.check().id() == "isolation-read");
    assert_eq!(isolated.map(|it| it.verdict().name()).collect::<Vec<_>>(), ["pass", "pass"], "{verification}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_is_found_by_the_right_check_and_by_no_other() {
    let target = Target::of(harness::production_of_many("api.example.com").await).await;
    let mut wrong = Vec::new();
    for (name, fault, expected) in table::all() {
        let found = target.found(fault).await;
        if !found.contains(&expected[0]) || found.iter().any(|id| !expected.contains(id)) {
            wrong.push(format!("{name}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The service has the default limits, and is verified twice in a row, as after two deployments.
#[tokio::test(flavor = "multi_thread")]
async fn a_verification_makes_so_few_attempts_that_none_is_refused() {
    let target = Target::start().await;
    let refused = Arc::<AtomicUsize>::default();
    let told = Arc::clone(&refused);
    let router = target.router.clone().layer(map_response(move |response: Response| {
        told.fetch_add(usize::from(response.status() == StatusCode::TOO_MANY_REQUESTS), Ordering::SeqCst);
        ready(response)
    }));
    for deep in [false, true] {
        let profile = Profile::parse(PROFILE, "hardened.verify.toml").unwrap();
        let builder = Verifier::in_process::<_, Body, _>(router.clone(), URL).unwrap().deep(deep);
        let builder = builder.manifest(manifest()).openapi(description()).profile(profile);
        let verification = builder.build().unwrap().run().await;
        let outcomes = verification.outcomes().iter();
        let bad = outcomes.filter(|outcome| !matches!(outcome.verdict().name(), "pass" | "skipped"));
        assert_eq!(bad.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        assert_eq!(refused.load(Ordering::SeqCst), 0);
    }
    // The control: the same client reaches the limit if it continues.
    while target.service.post("/sign-in", json!({})).await.status != 429 {}
}
