//! Which tokens a target accepts.

use std::collections::BTreeSet;

use crate::common::{
    auth::{Issuer, KEY, Rules, claims, router, routes, token},
    hostile,
    runs::{cases, ended, lines, run},
};
use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
    routing::get,
};
use hardened_core::{
    manifest::{Manifest, TokenPromise},
    tier::Tier,
};
use hardened_verify::{Builder, Credential, Family, User, Verification, Verifier};
use serde_json::{Value, json};

/// Adds the token of user A and the protected route, without the slow search for the key of the token.
fn with(builder: Builder, token: &str) -> Builder {
    searched(builder, token).skip(["tokens-published-key"])
}

/// Adds the token of user A and the protected route, and searches the published keys for the key of the token.
fn searched(builder: Builder, token: &str) -> Builder {
    builder.protected_path("/tasks").credential(User::A, Credential::bearer(token).unwrap())
}

async fn verify(rules: Rules, prepare: impl FnOnce(Builder, &str) -> Builder) -> Verification {
    let token = token(rules.key, &claims());
    run(router(rules, None), Family::Tokens, |builder| prepare(builder, &token).deep(true)).await
}

#[tokio::test]
async fn a_healthy_service_passes_every_check_that_its_token_can_answer() {
    let verification = verify(Rules::default(), |builder, token| searched(builder, token).signing_key(KEY)).await;
    let lines = lines(&verification);
    assert_eq!(ended(&verification, "fail"), BTreeSet::new(), "{lines}");
    assert_eq!(ended(&verification, "inconclusive"), BTreeSet::new(), "{lines}");
    assert_eq!(ended(&verification, "skipped"), BTreeSet::from(["tokens-key-confusion"]), "{lines}");
    assert_eq!(verification.exit_status(), 0);
    let verification = verify(Rules::default(), with).await;
    assert_eq!(ended(&verification, "fail"), BTreeSet::new());
    assert_eq!(ended(&verification, "inconclusive"), BTreeSet::new());
    assert!(cases(&verification, "tokens-expired", "skipped").len() == 1);
}

#[tokio::test]
async fn a_healthy_service_with_public_keys_passes() {
    let issuer = Issuer::new();
    let token = issuer.token();
    let verification =
        run(router(Rules::default(), Some(issuer)), Family::Tokens, |builder| with(builder, &token)).await;
    let lines = lines(&verification);
    assert_eq!(ended(&verification, "fail"), BTreeSet::new(), "{lines}");
    assert_eq!(ended(&verification, "inconclusive"), BTreeSet::new(), "{lines}");
    assert_eq!(cases(&verification, "tokens-key-confusion", "pass").len(), 3, "{lines}");
}

#[tokio::test]
async fn a_default_run_stays_within_its_budget() {
    for with_key in [false, true] {
        let token = token(KEY, &claims());
        let verification = run(router(Rules::default(), None), Family::Tokens, |builder| {
            let builder = with(builder, &token);
            if with_key { builder.signing_key(KEY) } else { builder }
        })
        .await;
        let sent = verification.sent().get(&Family::Tokens).copied().unwrap_or_default();
        assert!(sent <= Family::Tokens.budget(), "{sent} requests");
        assert_eq!(ended(&verification, "inconclusive"), BTreeSet::new(), "{}", lines(&verification));
    }
}

#[tokio::test]
async fn each_weakness_is_found_by_its_check_and_by_no_other() {
    type Weaken = fn(&mut Rules);
    let table: &[(&str, Weaken, &str)] = &[
        ("the route is open", |rules| rules.route_is_open = true, "tokens-missing"),
        ("any text is a token", |rules| rules.any_text = true, "tokens-junk"),
        ("Basic", |rules| rules.basic = true, "tokens-scheme"),
        ("a token in the query", |rules| rules.query = true, "tokens-query"),
        ("a signature is not verified", |rules| rules.signature_unverified = true, "tokens-tampered"),
        ("an empty signature", |rules| rules.unsigned = true, "tokens-unsigned"),
        ("a token in two parts", |rules| rules.two_parts = true, "tokens-unsigned"),
        ("none", |rules| rules.none = |name| name == "none", "tokens-none"),
        ("None", |rules| rules.none = |name| name == "None", "tokens-none"),
        ("none in any case", |rules| rules.none = |name| name.eq_ignore_ascii_case("none"), "tokens-none"),
        ("nOnE, which a list of spellings lacks", |rules| rules.none = |name| name == "nOnE", "tokens-none"),
        ("an empty key", |rules| rules.empty_key = true, "tokens-empty-key"),
        ("any length", |rules| rules.lengths = true, "tokens-other-length"),
        ("an embedded key", |rules| rules.embedded = true, "tokens-embedded-key"),
        ("a remote key", |rules| rules.remote = true, "tokens-remote-key"),
        ("a path as the key", |rules| rules.path_key = true, "tokens-key-id"),
        ("an expired token", |rules| rules.expired = true, "tokens-expired"),
        ("a token that is not valid yet", |rules| rules.not_yet = true, "tokens-not-yet-valid"),
        ("no expiry", |rules| rules.no_expiry = true, "tokens-no-expiry"),
        ("any issuer", |rules| rules.any_issuer = true, "tokens-issuer"),
        ("any audience", |rules| rules.any_audience = true, "tokens-audience"),
        ("a critical header", |rules| rules.critical = true, "tokens-critical"),
        ("the first of two claims", |rules| rules.first_duplicate = true, "tokens-duplicate-claim"),
        ("another status", |rules| rules.refusal = 403, "tokens-status"),
        ("no challenge", |rules| rules.challenge = false, "tokens-challenge"),
        ("a published key", |rules| rules.key = b"your-256-bit-secret", "tokens-published-key"),
    ];
    for (case, weaken, check) in table {
        let mut rules = Rules::default();
        weaken(&mut rules);
        let prepare = if rules.key == KEY { with } else { searched };
        let verification = verify(rules, |builder, token| prepare(builder, token).signing_key(rules.key)).await;
        let mut failed = ended(&verification, "fail");
        if *case == "an expired token" {
            // A service that ignores expiry also accepts a token with two of them.
            failed.remove("tokens-duplicate-claim");
        }
        assert_eq!(failed, BTreeSet::from([*check]), "{case}\n{}", lines(&verification));
    }
}

#[tokio::test]
async fn each_weakness_of_public_keys_is_found_by_its_check_and_by_no_other() {
    for (case, rules, check, found) in [
        ("a public key as a secret", Rules { confused: true, ..Rules::default() }, "tokens-key-confusion", "PEM"),
        (
            "a signature of zeros",
            Rules { zeros: true, ..Rules::default() },
            "tokens-foreign-key",
            "a signature of zeros",
        ),
        ("an embedded key", Rules { embedded: true, ..Rules::default() }, "tokens-embedded-key", "a public key"),
        ("none", Rules { none: |name| name == "none", ..Rules::default() }, "tokens-none", "none"),
    ] {
        let issuer = Issuer::new();
        let token = issuer.token();
        let verification = run(router(rules, Some(issuer)), Family::Tokens, |builder| with(builder, &token)).await;
        assert_eq!(ended(&verification, "fail"), BTreeSet::from([check]), "{case}\n{}", lines(&verification));
        assert_eq!(cases(&verification, check, "fail"), [found], "{case}");
    }
}

#[tokio::test]
async fn public_keys_that_the_target_does_not_offer_can_be_given() {
    for is_given in [true, false] {
        let issuer = Issuer::new();
        let (token, set) = (issuer.token(), issuer.jwks().to_string());
        let rules = Rules { confused: true, ..Rules::default() };
        let verification = run(routes(rules, Some(issuer), false), Family::Tokens, |builder| {
            let builder = with(builder, &token);
            if is_given { builder.public_keys(&set).unwrap() } else { builder }
        })
        .await;
        let expected = if is_given { "fail" } else { "skipped" };
        assert!(ended(&verification, expected).contains("tokens-key-confusion"), "{}", lines(&verification));
    }
    // OpenID discovery gives their URL, which is requested only if it is at the target itself.
    for (place, expected) in [("https://api.example.com/keys", "fail"), ("https://id.example.com/keys", "skipped")] {
        let issuer = Issuer::new();
        let (token, set) = (issuer.token(), issuer.jwks());
        let discovery = json!({ "issuer": "https://api.example.com", "jwks_uri": place });
        let router = routes(Rules { confused: true, ..Rules::default() }, Some(issuer), false)
            .route("/.well-known/openid-configuration", get(async move || Json(discovery)))
            .route("/keys", get(async move || Json(set)));
        let verification = run(router, Family::Tokens, |builder| with(builder, &token)).await;
        assert!(ended(&verification, expected).contains("tokens-key-confusion"), "{place} {}", lines(&verification));
    }
    for text in ["", "{}", "{\"keys\": 1}", "[]"] {
        assert!(Verifier::builder("http://localhost").unwrap().public_keys(text).is_err(), "{text}");
    }
}

#[tokio::test]
async fn a_plan_lists_the_forgeries_and_contains_no_token() {
    let token = token(KEY, &claims());
    let builder = Verifier::builder("https://api.example.com").unwrap().only(&[Family::Tokens]);
    let plan = with(builder, &token).build().unwrap().plan().await;
    let tokens = plan.iter().filter(|(family, _)| *family == Family::Tokens).count();
    assert!((20..=30).contains(&tokens), "{tokens}");
    assert!(!format!("{plan:?}").contains("eyJ"));
}

#[tokio::test]
async fn a_token_is_judged_without_a_request() {
    type Change = fn(&mut Value);
    let table: &[(&str, Change, &str)] = &[
        ("no expiry", |claims| drop(claims.as_object_mut().unwrap().remove("exp")), "tokens-lifetime"),
        ("a month", |claims| claims["exp"] = json!(claims["iat"].as_u64().unwrap() + 2_592_000), "tokens-lifetime"),
        ("a password", |claims| claims["password"] = json!("hunter2"), "tokens-secret-claim"),
        ("an e-mail address", |claims| claims["email"] = json!("a@b.example"), "tokens-personal-claim"),
    ];
    for (case, change, check) in table {
        let mut claims = claims();
        change(&mut claims);
        let token = token(KEY, &claims);
        let rules = Rules { no_expiry: true, ..Rules::default() };
        let verification = run(router(rules, None), Family::Tokens, |builder| with(builder, &token)).await;
        assert_eq!(ended(&verification, "fail"), BTreeSet::from([*check]), "{case}\n{}", lines(&verification));
        assert!(!lines(&verification).contains("hunter2"));
    }
}

#[tokio::test]
async fn a_token_is_judged_by_the_promised_rules() {
    let promise = |algorithm: &str, lifetime| TokenPromise {
        algorithms: vec![algorithm.to_owned()],
        lifetime_seconds: Some(lifetime),
        ..TokenPromise::default()
    };
    for (promise, failed) in [
        (promise("HS256", 3600), None),
        (promise("HS512", 3600), Some("tokens-algorithm")),
        (promise("HS256", 900), Some("tokens-lifetime")),
    ] {
        let token = token(KEY, &claims());
        let verification =
            run(router(Rules::default(), None), Family::Tokens, |builder| with(builder, &token).tokens(promise)).await;
        assert_eq!(ended(&verification, "fail"), failed.into_iter().collect(), "{}", lines(&verification));
    }
}

#[tokio::test]
async fn another_status_counts_as_a_refusal_if_it_is_declared() {
    let token = token(KEY, &claims());
    let rules = Rules { refusal: 403, ..Rules::default() };
    let declared = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
    let verification =
        run(router(rules, None), Family::Tokens, |builder| with(builder, &token).refusals(declared)).await;
    assert_eq!(ended(&verification, "fail"), BTreeSet::new(), "{}", lines(&verification));
    assert_eq!(ended(&verification, "inconclusive"), BTreeSet::new(), "{}", lines(&verification));
    let verification = run(router(rules, None), Family::Tokens, |builder| with(builder, &token)).await;
    assert!(cases(&verification, "tokens-none", "pass").is_empty(), "{}", lines(&verification));
}

#[tokio::test]
async fn an_opaque_token_and_a_cookie_are_checked_as_far_as_possible() {
    let api = crate::common::cors::Api::default();
    let opaque = Credential::bearer(crate::common::cors::TOKEN).unwrap();
    let verification =
        run(api.router(), Family::Tokens, |builder| builder.protected_path("/tasks").credential(User::A, opaque)).await;
    assert_eq!(ended(&verification, "fail"), BTreeSet::new(), "{}", lines(&verification));
    for check in ["tokens-missing", "tokens-junk", "tokens-scheme", "tokens-status"] {
        assert!(ended(&verification, "pass").contains(check), "{check}\n{}", lines(&verification));
    }
    let skipped = verification.outcomes().iter().find(|outcome| outcome.check().id() == "tokens-none").unwrap();
    assert_eq!(skipped.verdict().reason(), "the token is not a JSON Web Token");

    let cookie = Credential::header(header::COOKIE, &format!("session={}", token(KEY, &claims()))).unwrap();
    let rules = Rules { none: |name| name == "none", ..Rules::default() };
    let verification = run(router(rules, None), Family::Tokens, |builder| {
        builder.protected_path("/tasks").credential(User::A, cookie)
    })
    .await;
    assert_eq!(ended(&verification, "fail"), BTreeSet::from(["tokens-none"]), "{}", lines(&verification));
    assert_eq!(cases(&verification, "tokens-scheme", "skipped").len(), 1);
}

#[tokio::test]
async fn no_output_contains_a_token() {
    let valid = token(b"your-256-bit-secret", &claims());
    let rules = Rules { key: b"your-256-bit-secret", query: true, ..Rules::default() };
    let verification =
        run(router(rules, None), Family::Tokens, |builder| with(builder, &valid).deep(true).signing_key(rules.key))
            .await;
    let said = format!("{verification:?}");
    let signature = valid.rsplit('.').next().unwrap();
    assert!(!said.contains(signature) && !said.contains("eyJ") && !said.contains("your-256-bit-secret"));
    assert!(said.contains("access_token=…"));
}

#[test]
fn a_signing_key_is_refused_if_the_target_may_be_production() {
    let remote = "https://api.example.com";
    let elsewhere = "192.0.2.1:443".parse().unwrap();
    for (url, tier, address, is_permitted) in [
        (remote, None, None, false),
        (remote, Some("production"), None, false),
        (remote, Some("preview"), None, true),
        (remote, Some("test"), None, true),
        ("http://127.0.0.1:8000", None, None, true),
        ("http://localhost:8000", Some("production"), None, true),
        ("http://localhost:8000", None, Some(elsewhere), false),
    ] {
        let mut builder = Verifier::builder(url).unwrap().signing_key(KEY).tier(Tier::Development);
        if let Some(tier) = tier {
            builder = builder.manifest(manifest(tier));
        }
        if let Some(address) = address {
            builder = builder.resolve(address);
        }
        assert_eq!(builder.build().is_ok(), is_permitted, "{url} {tier:?} {address:?}");
    }
}

/// Returns a manifest that has only a tier.
fn manifest(tier: &str) -> Manifest {
    let document = json!({
        "schema_version": 1, "service": {}, "tier": { "value": tier, "evidence": [] }, "settings": [], "rules": [],
        "waivers": [], "promises": { "cors": [], "health": [], "tokens": [], "databases": [], "connections": [], "own": {} }
    });
    Manifest::parse(&document.to_string()).unwrap()
}

#[tokio::test]
async fn a_target_that_answers_everything_the_same_way_passes_no_check_with_a_control() {
    for target in hostile::ALL {
        let (router, _) = target.target();
        let token = token(KEY, &claims());
        let verification = run(router, Family::Tokens, |builder| with(builder, &token).signing_key(KEY)).await;
        let lines = lines(&verification);
        let passed = verification.outcomes().iter().filter(|outcome| outcome.verdict().name() == "pass");
        assert!(passed.filter(|outcome| outcome.check().needs_control()).count() == 0, "{}\n{lines}", target.name);
        assert!([1, 3].contains(&verification.exit_status()), "{}\n{lines}", target.name);
    }
}

#[tokio::test]
async fn a_success_status_without_the_data_does_not_count_as_access() {
    use axum::{
        Json, Router,
        response::{Html, IntoResponse},
        routing::get,
    };
    let valid = token(KEY, &claims());
    for (case, is_page) in [("a page", true), ("an error in the body", false)] {
        let expected = format!("Bearer {valid}");
        let tasks = move |headers: HeaderMap| async move {
            match headers.get(header::AUTHORIZATION) {
                Some(value) if value == expected.as_str() => Json(json!({ "items": [1, 2, 3] })).into_response(),
                _ if is_page => Html("<!doctype html><title>Sign in</title>").into_response(),
                _ => Json(json!({ "errors": [{ "message": "not signed in" }] })).into_response(),
            }
        };
        let router = Router::new().route("/tasks", get(tasks)).fallback(async || StatusCode::NOT_FOUND);
        let verification = run(router, Family::Tokens, |builder| with(builder, &valid)).await;
        assert_eq!(ended(&verification, "fail"), BTreeSet::new(), "{case}\n{}", lines(&verification));
        assert!(ended(&verification, "inconclusive").contains("tokens-missing"), "{case}\n{}", lines(&verification));
        assert_eq!(verification.exit_status(), 3, "{case}");
    }
}

#[tokio::test]
async fn data_with_a_refusal_status_does_not_count_as_a_refusal() {
    use axum::{Json, Router, response::IntoResponse, routing::get};
    let valid = token(KEY, &claims());
    let expected = format!("Bearer {valid}");
    let tasks = move |headers: HeaderMap| async move {
        let is_valid = headers.get(header::AUTHORIZATION).is_some_and(|value| value == expected.as_str());
        let status = if is_valid { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        (status, Json(json!({ "items": ["write the report", "send it"] }))).into_response()
    };
    let router = Router::new().route("/tasks", get(tasks)).fallback(async || StatusCode::NOT_FOUND);
    let verification = run(router, Family::Tokens, |builder| with(builder, &valid)).await;
    assert!(ended(&verification, "fail").contains("tokens-missing"), "{}", lines(&verification));
}
