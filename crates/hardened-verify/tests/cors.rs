//! Which origins can read responses.

use std::collections::BTreeSet;

use crate::common::{
    cors::{APP, Api, TOKEN, cached, policy},
    hostile,
    runs::{cases, ended, lines, run},
};
use hardened_verify::{Builder, Credential, Family, User, Verification};

const FOREIGN: &str = "cors-foreign-origin";
const SPELLING: &str = "cors-origin-spelling";

fn with_token(builder: Builder) -> Builder {
    builder.protected_path("/tasks").credential(User::A, Credential::bearer(TOKEN).unwrap())
}

async fn declared(api: Api, origins: &[&str], deep: bool) -> Verification {
    let promise = policy(origins);
    run(api.router(), Family::Cors, |builder| with_token(builder).cors(promise).deep(deep)).await
}

/// Returns whether any case has this shape, whichever origin it is derived from.
fn has(cases: &[&str], shape: &str) -> bool {
    cases.iter().any(|case| case.split(" of ").next() == Some(shape))
}

#[tokio::test]
async fn a_healthy_service_passes_every_check() {
    for deep in [false, true] {
        let verification = declared(Api::default(), &[APP], deep).await;
        let lines = lines(&verification);
        assert_eq!(ended(&verification, "fail"), BTreeSet::new(), "{lines}");
        assert_eq!(ended(&verification, "inconclusive"), BTreeSet::new(), "{lines}");
        assert_eq!(ended(&verification, "pass").len(), 13, "{lines}");
        assert_eq!(verification.exit_status(), 0);
    }
}

#[tokio::test]
async fn a_default_run_stays_within_its_budget_and_a_deep_run_tries_every_known_origin() {
    let tried = |verification: &Verification| {
        cases(verification, FOREIGN, "pass").len() + cases(verification, SPELLING, "pass").len()
    };
    let verification = declared(Api::default(), &[APP], false).await;
    let sent = verification.sent().get(&Family::Cors).copied().unwrap_or_default();
    assert!(sent <= Family::Cors.budget(), "{sent} requests");
    assert!(tried(&verification) >= 18, "{}", lines(&verification));
    assert_eq!(cases(&verification, FOREIGN, "skipped"), ["further"]);
    let verification = declared(Api::default(), &[APP], true).await;
    assert!(tried(&verification) >= 45, "{}", lines(&verification));
    assert_eq!(cases(&verification, FOREIGN, "skipped"), Vec::<&str>::new());
}

#[tokio::test]
async fn each_wrong_origin_comparison_is_found_by_the_shape_that_gets_through() {
    type Allows = fn(&str) -> bool;
    let table: &[(&str, &str, Allows, bool)] = &[
        ("suffix", APP, |origin| origin.starts_with(APP), false),
        ("domain-prefix", APP, |origin| origin.ends_with("example.com"), false),
        ("contains", APP, |origin| origin.contains("app.example.com"), false),
        ("unescaped-dot", APP, |origin| origin == APP || origin == "https://appxexample.com", false),
        ("last-dot", APP, |origin| origin == APP || origin == "https://app.examplexcom", true),
        ("downgrade", APP, |origin| origin.ends_with("//app.example.com"), false),
        ("subdomain", APP, |origin| origin == APP || origin.ends_with(".app.example.com"), false),
        ("sibling", APP, |origin| origin.starts_with("https://") && origin.ends_with(".example.com"), false),
        ("parent", APP, |origin| origin == APP || origin == "https://example.com", false),
        ("other-port", APP, |origin| origin == APP || origin.starts_with("https://app.example.com:"), false),
        ("host-prefix", APP, |origin| origin.ends_with("app.example.com") && origin.starts_with("https://"), false),
        ("null", APP, |origin| origin == APP || origin == "null", false),
        ("localhost", APP, |origin| origin == APP || origin == "http://localhost", false),
        ("localhost-port", APP, |origin| origin == APP || origin.starts_with("http://localhost:"), false),
        ("loopback", APP, |origin| origin == APP || origin == "http://127.0.0.1", true),
        ("trailing-dot", APP, |origin| origin.trim_end_matches('.') == APP, true),
        ("underscore", APP, |origin| origin == APP || origin.starts_with("https://app.example.com_"), true),
        ("backtick", APP, |origin| origin.split('`').next() == Some(APP), true),
        ("percent-60", APP, |origin| origin.split('%').next() == Some(APP), true),
        ("exclamation", APP, |origin| origin.split('!').next() == Some(APP), true),
        ("space-encoded", APP, |origin| origin.split("%20").next() == Some(APP), true),
        ("other-domain", APP, |origin| origin.starts_with("https://app.example."), true),
        ("look-alike", APP, |origin| origin == APP || origin.contains("xn--xample-2of"), true),
        ("extension", APP, |origin| origin == APP || origin.starts_with("chrome-extension://"), true),
        ("public-suffix-sibling", "https://app.vercel.app", |origin| origin.ends_with(".vercel.app"), false),
        (
            "public-suffix-prefixed",
            "https://app.vercel.app",
            |origin| origin.starts_with("https://app") && origin.ends_with(".vercel.app") && !origin.contains("xapp"),
            false,
        ),
        (
            "parent-prefix",
            "https://*.preview.example.com",
            |origin| origin.starts_with("https://") && origin.ends_with("preview.example.com"),
            true,
        ),
        (
            "parent",
            "https://*.preview.example.com",
            |origin| {
                origin == "https://preview.example.com"
                    || origin.starts_with("https://") && origin.ends_with(".preview.example.com")
            },
            false,
        ),
    ];
    for (case, allowed, allows, deep) in table {
        let api = Api { allows: *allows, ..Api::default() };
        let verification = declared(api, &[allowed], *deep).await;
        assert_eq!(ended(&verification, "fail"), BTreeSet::from([FOREIGN]), "{case}\n{}", lines(&verification));
        assert!(has(&cases(&verification, FOREIGN, "fail"), case), "{case}\n{}", lines(&verification));
        assert_eq!(verification.exit_status(), 1, "{case}");
    }
}

#[tokio::test]
async fn accepting_an_origin_that_no_browser_sends_is_a_separate_finding() {
    type Allows = fn(&str) -> bool;
    let table: &[(&str, Allows)] = &[
        ("userinfo", |origin| origin.split('@').next() == Some(APP)),
        ("several", |origin| origin.split(' ').next() == Some(APP)),
        ("several-comma", |origin| origin.split(", ").any(|one| one == APP)),
        ("several-after", |origin| origin.split(' ').next_back() == Some(APP)),
        ("path", |origin| origin == APP || origin.ends_with("/app.example.com") && origin.matches('/').count() == 3),
        ("query", |origin| origin.split('?').next_back() == Some(APP)),
        ("fragment", |origin| origin == APP || origin.ends_with("#.app.example.com")),
        ("backslash", |origin| origin == APP || origin.ends_with("\\.app.example.com")),
        ("wide-letter", |origin| origin.replace('\u{ff41}', "a") == APP),
    ];
    for (case, allows) in table {
        let verification = declared(Api { allows: *allows, ..Api::default() }, &[APP], true).await;
        assert_eq!(ended(&verification, "fail"), BTreeSet::from([SPELLING]), "{case}\n{}", lines(&verification));
        assert!(has(&cases(&verification, SPELLING, "fail"), case), "{case}\n{}", lines(&verification));
    }
}

#[tokio::test]
async fn a_case_insensitive_comparison_is_noted_but_not_a_failure() {
    let api = Api { allows: |origin| origin.eq_ignore_ascii_case(APP), ..Api::default() };
    let verification = declared(api, &[APP], false).await;
    assert_eq!(ended(&verification, "fail"), BTreeSet::from(["cors-origin-case"]), "{}", lines(&verification));
    assert_eq!(verification.exit_status(), 0);
}

#[tokio::test]
async fn each_weakness_is_found_by_its_check_and_by_no_other() {
    type Weaken = fn(&mut Api);
    let table: &[(&str, Weaken, &str)] = &[
        ("every origin is echoed", |api| api.allows = |_| true, FOREIGN),
        ("every preflight is permitted", |api| api.preflight_of_all = true, FOREIGN),
        (
            "any with credentials",
            |api| *api = Api { allows: |_| true, names: |_| "*".to_owned(), ..*api },
            "cors-any-credentials",
        ),
        (
            "any without credentials",
            |api| *api = Api { allows: |_| true, names: |_| "*".to_owned(), credentials: None, ..*api },
            FOREIGN,
        ),
        ("no credentials", |api| api.credentials = None, "cors-credentials"),
        ("credentials in upper case", |api| api.credentials = Some("True"), "cors-credentials"),
        ("an origin with a slash", |api| api.names = |origin| format!("{origin}/"), "cors-allowed-origin"),
        ("the allowed origin is denied", |api| api.allows = |_| false, "cors-allowed-origin"),
        ("no Vary", |api| api.vary = false, "cors-vary"),
        ("a missing method", |api| api.methods = |_| "DELETE".to_owned(), "cors-allowed-preflight"),
        ("a missing header", |api| api.headers = |_| "content-type".to_owned(), "cors-allowed-preflight"),
        ("the preflight is redirected", |api| api.preflight = 302, "cors-allowed-preflight"),
        ("reflected headers", |api| api.headers = str::to_owned, "cors-reflected-request"),
        ("reflected methods", |api| api.methods = |asked| format!("PUT, DELETE, {asked}"), "cors-reflected-request"),
        ("private networks for all", |api| api.private_network_of_all = true, "cors-private-network"),
        ("private networks for the allowed", |api| api.private_network = true, "cors-private-network"),
        ("a longer maximum age", |api| api.max_age = Some("86400"), "cors-max-age"),
        ("no maximum age", |api| api.max_age = None, "cors-max-age"),
        ("another exposed header", |api| api.exposed = "x-request-id, x-total", "cors-exposed-headers"),
        ("no exposed header", |api| api.exposed = "", "cors-exposed-headers"),
    ];
    for (case, weaken, check) in table {
        let mut api = Api::default();
        weaken(&mut api);
        let verification = declared(api, &[APP], false).await;
        let failed: BTreeSet<_> = ended(&verification, "fail").into_iter().filter(|id| !follows(case, id)).collect();
        assert_eq!(failed, BTreeSet::from([*check]), "{case}\n{}", lines(&verification));
    }
}

/// Returns whether this failure follows from another: a service that denies its own page also denies its preflight.
fn follows(case: &str, id: &str) -> bool {
    matches!(case, "an origin with a slash" | "the allowed origin is denied") && id == "cors-allowed-preflight"
}

#[tokio::test]
async fn a_service_that_always_names_its_one_origin_is_healthy_without_vary() {
    let api = Api { denied: Some(APP), vary: false, ..Api::default() };
    let verification = declared(api, &[APP], false).await;
    assert_eq!(ended(&verification, "fail"), BTreeSet::new(), "{}", lines(&verification));
    assert_eq!(ended(&verification, "inconclusive"), BTreeSet::new(), "{}", lines(&verification));
}

#[tokio::test]
async fn a_cache_that_ignores_vary_is_found_regardless_of_who_asks_first() {
    for (case, is_known_route) in [("the allowed page asks first", false), ("somebody else asks first", true)] {
        let verification = run(cached(Api::default().router()), Family::Cors, |builder| {
            // The known route has already been requested without an origin.
            let builder = if is_known_route { builder } else { with_token(builder) };
            builder.cors(policy(&[APP]))
        })
        .await;
        let expected = BTreeSet::from(["cors-shared-answer"]);
        assert_eq!(ended(&verification, "fail"), expected, "{case}\n{}", lines(&verification));
    }
}

#[tokio::test]
async fn an_unknown_policy_is_judged_by_good_practice() {
    type Row = (&'static str, fn(&str) -> bool, fn(&str) -> String, Option<&'static str>, &'static [&'static str], u8);
    let echo: fn(&str) -> String = str::to_owned;
    let any: fn(&str) -> String = |_| "*".to_owned();
    let table: &[Row] = &[
        ("no CORS at all", |_| false, echo, None, &[], 0),
        ("a list that is not known", |origin| origin == APP, echo, Some("true"), &[], 0),
        ("any, without credentials", |_| true, any, None, &[], 3),
        ("an echo without credentials", |_| true, echo, None, &[], 3),
        ("an echo with credentials", |_| true, echo, Some("true"), &[FOREIGN], 1),
        ("any with credentials", |_| true, any, Some("true"), &["cors-any-credentials"], 1),
        ("null with credentials", |origin| origin == "null", echo, Some("true"), &[FOREIGN], 1),
        ("a developer's machine", |origin| origin.starts_with("http://localhost"), echo, Some("true"), &[FOREIGN], 1),
    ];
    for (case, allows, names, credentials, failed, exit) in table {
        let api = Api { allows: *allows, names: *names, credentials: *credentials, ..Api::default() };
        let verification = run(api.router(), Family::Cors, |builder| builder).await;
        let expected: BTreeSet<_> = failed.iter().copied().collect();
        assert_eq!(ended(&verification, "fail"), expected, "{case}\n{}", lines(&verification));
        assert_eq!(verification.exit_status(), *exit, "{case}\n{}", lines(&verification));
        assert_eq!(cases(&verification, "cors-allowed-origin", "skipped").len(), 1, "{case}");
    }
}

#[tokio::test]
async fn a_target_that_answers_everything_the_same_way_passes_no_check_with_a_control() {
    for target in hostile::ALL {
        for is_known in [false, true] {
            let (router, _) = target.target();
            let verification = run(router, Family::Cors, |builder| {
                let builder = with_token(builder).deadline(std::time::Duration::from_secs(20));
                if is_known { builder.cors(policy(&[APP])) } else { builder }
            })
            .await;
            let lines = lines(&verification);
            let passed = verification.outcomes().iter().filter(|outcome| outcome.verdict().name() == "pass");
            let passed: Vec<_> = passed.filter(|outcome| outcome.check().needs_control()).collect();
            assert!(passed.is_empty(), "{}, known: {is_known}\n{lines}", target.name);
            assert!([1, 3].contains(&verification.exit_status()), "{}, known: {is_known}\n{lines}", target.name);
        }
    }
}

#[tokio::test]
async fn a_plan_has_a_request_for_each_check() {
    let builder = hardened_verify::Verifier::builder("https://api.example.com").unwrap().only(&[Family::Cors]);
    let plan = with_token(builder).cors(policy(&[APP])).build().unwrap().plan().await;
    let cors = plan.iter().filter(|(family, _)| *family == Family::Cors).count();
    assert!((30..=36).contains(&cors), "{cors}");
}
