//! Policies that contain mistakes.

use std::time::Duration;

use hardened::{
    Tier,
    cors::{CorsPolicy, PolicyBuilder},
    load::Reason,
    rule::Level,
};

/// Returns the code and subject of each finding, in the order of the report.
fn found(policy: PolicyBuilder, tier: Tier) -> Vec<(&'static str, String)> {
    let report = match policy.build(tier) {
        Ok(policy) => policy.report().clone(),
        Err(refusal) => refusal.report().clone(),
    };
    report.findings().iter().map(|finding| (finding.code(), finding.subject().to_owned())).collect()
}

fn codes(policy: PolicyBuilder, tier: Tier) -> Vec<&'static str> {
    found(policy, tier).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn every_prohibited_origin_has_a_rule_of_its_own() {
    for (origin, code) in [
        ("https://app.acme.io", None),
        ("https://*.preview.acme.io", None),
        ("https://app.acme.io/", Some("origin-path")),
        ("https://app.acme.io/path", Some("origin-path")),
        ("https://App.acme.io", Some("origin-case")),
        ("https://app.acme.io:443", Some("origin-port")),
        ("https://b\u{fc}cher.example", Some("origin-unicode")),
        ("https://192.168.1", Some("origin-address")),
        ("https://app.acme.io.", Some("origin-trailing-dot")),
        ("https://user:pass@app.acme.io", Some("origin-userinfo")),
        ("null", Some("origin-null")),
        ("*", Some("origin-any")),
        ("https://*", Some("origin-pattern")),
        ("https://app-*.acme.io", Some("origin-pattern")),
        ("https://*.vercel.app", Some("origin-public-suffix")),
        ("https://*.co.uk", Some("origin-public-suffix")),
        ("https://*.run.app", Some("origin-public-suffix")),
        ("https://*.railway.app", Some("origin-public-suffix")),
        ("https://*.koyeb.app", Some("origin-public-suffix")),
        ("capacitor://localhost", Some("origin-scheme")),
        ("http://app.acme.io", Some("origin-insecure")),
        ("http://*.acme.io", Some("origin-insecure")),
        ("http://localhost:3000", Some("origin-loopback")),
        ("https://localhost", Some("origin-loopback")),
        ("http://*.localhost:3000", Some("origin-loopback")),
        ("app.acme.io", Some("origin-malformed")),
        ("", Some("origin-malformed")),
        ("https://app.acme.io:99999", Some("origin-malformed")),
    ] {
        let found = codes(CorsPolicy::builder().allow_origins([origin]), Tier::Production);
        assert_eq!(found, Vec::from_iter(code), "{origin}");
    }
}

#[test]
fn http_and_loopback_origins_are_for_development_and_tests() {
    for (tier, accepted) in
        [(Tier::Development, true), (Tier::Test, true), (Tier::Preview, false), (Tier::Production, false)]
    {
        for origin in ["http://app.acme.io", "http://localhost:3000", "http://[::1]:3000", "https://localhost"] {
            assert_eq!(
                CorsPolicy::builder().allow_origins([origin]).build(tier).is_ok(),
                accepted,
                "{tier:?} {origin}"
            );
        }
        for origin in ["https://*.vercel.app", "capacitor://localhost", "null", "*"] {
            assert!(CorsPolicy::builder().allow_origins([origin]).build(tier).is_err(), "{tier:?} {origin}");
        }
    }
}

#[test]
fn all_mistakes_of_a_policy_are_in_one_report() {
    let policy = CorsPolicy::builder()
        .allow_origins(["HTTPS://app.acme.io/", "null", "http://localhost:3000", "https://ok.acme.io"])
        .allow_origins(["https://ok.acme.io"])
        .allow_any_origin()
        .allow_credentials()
        .allow_methods(["patch", "TRACE", "PUT", "PUT", "*", "A B"])
        .allow_headers(["cookie", "content type", "content-type", "Content-Type", "sec-x", "*"])
        .expose_headers(["set-cookie", "etag", "*", "access-control-max-age"])
        .max_age(Duration::from_secs(86_401))
        .preflight_status(301);
    let mut found = found(policy, Tier::Production);
    found.sort_unstable();
    let mut expected = [
        ("cors-any-origin-credentials", "any_origin"),
        ("cors-duplicate", "headers"),
        ("cors-duplicate", "methods"),
        ("cors-duplicate", "origins"),
        ("cors-header-forbidden", "expose"),
        ("cors-header-forbidden", "headers"),
        ("cors-header-forbidden", "headers"),
        ("cors-header-malformed", "headers"),
        ("cors-max-age", "max_age"),
        ("cors-method-forbidden", "methods"),
        ("cors-method-malformed", "methods"),
        ("cors-method-malformed", "methods"),
        ("cors-preflight-status", "preflight_status"),
        ("cors-set-cookie-exposed", "expose"),
        ("cors-wildcard-credentials", "expose"),
        ("cors-wildcard-credentials", "headers"),
        ("cors-wildcard-credentials", "methods"),
        ("origin-any", "any_origin"),
        ("origin-case", "origins"),
        ("origin-loopback", "origins"),
        ("origin-null", "origins"),
        ("origin-path", "origins"),
    ]
    .map(|(code, subject)| (code, subject.to_owned()));
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_report_reads_well_and_offers_the_canonical_spelling() {
    let policy =
        CorsPolicy::builder().allow_origins(["https://ok.acme.io", "HTTPS://App.Acme.io/"]).allow_methods(["patch"]);
    assert_eq!(
        policy.build(Tier::Production).unwrap_err().to_string(),
        "refused to start: 3 problems (tier Production)
  origins  malformed: item 2: contains a path or a trailing slash
      fix: write https://app.acme.io
      origin-path
  origins  malformed: item 2: contains upper-case letters
      fix: write https://app.acme.io
      origin-case
  methods  malformed: item 1: methods are case-sensitive: write PATCH
      fix: write the method in upper case, or as the service spells it
      cors-method-malformed"
    );
}

#[test]
fn no_rejected_value_is_in_a_report() {
    let canary = "hunter2canary";
    let policy = CorsPolicy::builder()
        .allow_origins([
            canary,
            &format!("https://user:{canary}@app.acme.io/"),
            &format!("https://app.acme.io/?key={canary}"),
            &format!("https://user:1/{canary}@app.acme.io"),
            &format!("https://{canary}_*.acme.io"),
        ])
        .allow_methods([&format!("{canary} {canary}")])
        .allow_headers([&format!("{canary}: {canary}")])
        .expose_headers([&format!("{canary}\n")]);
    let refusal = policy.build(Tier::Production).unwrap_err();
    assert!(!format!("{refusal} {refusal:?}").contains("hunter2"), "{refusal}");
}

#[test]
fn a_policy_without_origins_is_refused() {
    assert_eq!(codes(CorsPolicy::builder(), Tier::Development), ["cors-origins-missing"]);
    assert_eq!(codes(CorsPolicy::builder().allow_origins([""; 0]), Tier::Development), ["cors-origins-missing"]);
    assert!(codes(CorsPolicy::builder().allow_any_origin(), Tier::Production).is_empty());
}

#[test]
fn a_max_age_that_chromium_caps_is_a_note() {
    let policy = CorsPolicy::builder().allow_any_origin().max_age(Duration::from_secs(86_400));
    assert_eq!(codes(policy, Tier::Production), ["cors-max-age-capped"]);
}

#[test]
fn a_dangerous_origin_is_recorded_as_a_waiver() {
    let policy = CorsPolicy::builder()
        .allow_origins(["https://app.acme.io"])
        .dangerous()
        .origin("capacitor://localhost", "the mobile app")
        .dangerous()
        .origin("https://localhost", Reason::new("its Android webview").only(Tier::Production))
        .build(Tier::Production)
        .unwrap();
    let waivers: Vec<_> =
        policy.report().waivers().iter().map(|waived| (waived.rule().code(), waived.reason())).collect();
    assert_eq!(waivers, [("origin-scheme", "the mobile app"), ("origin-loopback", "its Android webview")]);
    assert!(policy.report().findings().is_empty());
    assert!(policy.allows(b"capacitor://localhost"));
}

#[test]
fn a_dangerous_origin_is_excused_from_placement_rules_only() {
    for (origin, reason, code) in [
        ("capacitor://localhost/", Reason::new("x"), "origin-path"),
        ("null", Reason::new("x"), "origin-null"),
        ("*", Reason::new("x"), "origin-any"),
        ("capacitor://localhost", Reason::new(" "), "waiver-invalid"),
        ("https://localhost", Reason::new("x").only(Tier::Preview), "origin-loopback"),
    ] {
        let policy = CorsPolicy::builder().dangerous().origin(origin, reason);
        let refusal = policy.build(Tier::Production).unwrap_err();
        assert!(refusal.report().refuses(code, "origins"), "{origin}: {refusal}");
    }
    let unneeded = CorsPolicy::builder().dangerous().origin("https://app.acme.io", "x");
    assert_eq!(codes(unneeded, Tier::Production), ["waiver-unused"]);
}

#[test]
fn only_placement_rules_are_off_in_development() {
    for rule in hardened::rule::ALL {
        let code = rule.code();
        if !code.starts_with("cors-") && !code.starts_with("origin-") {
            continue;
        }
        let levels = [Tier::Development, Tier::Test, Tier::Preview, Tier::Production].map(|tier| rule.level(tier));
        let relaxed = matches!(code, "origin-insecure" | "origin-loopback");
        assert_eq!(levels[0] == Level::Off, relaxed, "{code}");
        assert!(levels[2] == levels[3] && levels[3] != Level::Off, "{code}");
    }
}

#[test]
fn types_can_be_sent_and_shared() {
    fn check<T: Send + Sync + Clone + std::fmt::Debug + 'static>() {}
    check::<CorsPolicy>();
    check::<PolicyBuilder>();
    check::<hardened::origin::Origin>();
    check::<hardened::origin::OriginPattern>();
    check::<hardened::CorsSettings>();
    check::<hardened::cors::CorsLayer>();
    check::<hardened::cors::CorsService<()>>();
    check::<hardened::cors::Decision>();
    check::<hardened::cors::LiveCors>();
}
