//! Environments that services really get, with the origins of their pages: the pages come from another host, the origins are
//! in a variable, and the rest of the policy is in code.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardened::{
    CorsSettings, Loaded, Loader,
    Tier::{self, Development, Preview, Production},
    cors::{Decision, PolicyBuilder},
    rule,
};

use super::deployments::{
    Machine::{DebugBuild, ReleaseBuild},
    RAILWAY, Row,
    Verdict::{Refused, Starts},
    check, environment,
};

/// A policy for pages with cookies.
fn pages(policy: PolicyBuilder) -> PolicyBuilder {
    policy.allow_credentials().allow_headers(["content-type"])
}

/// The same policy, which also allows the webviews of the mobile and desktop apps.
fn webviews(policy: PolicyBuilder) -> PolicyBuilder {
    ["capacitor://localhost", "tauri://localhost", "https://localhost"]
        .into_iter()
        .fold(pages(policy), |policy, origin| policy.dangerous().origin(origin, "our apps send a token"))
}

#[derive(Debug, hardened::Config)]
struct Pages {
    #[config(nested, with = pages)]
    cors: CorsSettings,
}

#[derive(Debug, hardened::Config)]
struct Webviews {
    #[config(nested, with = webviews)]
    cors: CorsSettings,
}

const PRODUCTION: (&str, &str) = ("ENVIRONMENT", "production");
const PREVIEW: (&str, &str) = ("ENVIRONMENT", "preview");
const DECLARED: (Tier, &str) = (Production, "ENVIRONMENT=production");

#[rustfmt::skip]
const ORIGINS: &[Row] = &[
    Row("1 Railway and Vercel: the front end's own host",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "production"), PRODUCTION,
            ("CORS_ORIGINS", "https://app.example.com, https://my-app.vercel.app")],
        ReleaseBuild, DECLARED, &["host-reserved CORS_ORIGINS"], Starts),
    Row("1 Railway and Vercel: copied from the browser's address bar",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "production"), PRODUCTION,
            ("CORS_ORIGINS", "https://my-app.vercel.app/, http://localhost:3000")],
        ReleaseBuild, DECLARED, &["origin-path CORS_ORIGINS", "origin-loopback CORS_ORIGINS"], Refused),
    Row("21 Vercel's previews by a pattern",
        &[PREVIEW, ("CORS_ORIGINS", "https://*.vercel.app")],
        ReleaseBuild, (Preview, "ENVIRONMENT=preview"), &["origin-public-suffix CORS_ORIGINS"], Refused),
    Row("21 previews on a domain of their own",
        &[PREVIEW, ("CORS_ORIGINS", "https://*.preview.example.com")],
        ReleaseBuild, (Preview, "ENVIRONMENT=preview"), &[], Starts),
    Row("21 the branch's URL, set by CI",
        &[PREVIEW, ("CORS_ORIGINS", "https://my-app-git-topic-team.vercel.app")],
        ReleaseBuild, (Preview, "ENVIRONMENT=preview"), &[], Starts),
    Row("21 webviews in the variable",
        &[PRODUCTION, ("CORS_ORIGINS", "https://app.example.com,capacitor://localhost,tauri://localhost,https://localhost")],
        ReleaseBuild, DECLARED,
        &["origin-scheme CORS_ORIGINS", "origin-scheme CORS_ORIGINS", "origin-loopback CORS_ORIGINS",
            "host-reserved CORS_ORIGINS"], Refused),
    Row("21 a laptop",
        &[("ENVIRONMENT", "development"), ("CORS_ORIGINS", "http://localhost:3000")],
        DebugBuild, (Development, "ENVIRONMENT=development"), &[], Starts),
];

#[test]
fn every_list_of_origins_gets_its_verdict() {
    check::<Pages>(ORIGINS);
}

fn with_webviews() -> Loaded<Webviews> {
    let variables = [PRODUCTION, ("CORS_ORIGINS", "https://app.example.com")];
    Loader::new().environment(environment(&variables, ReleaseBuild)).load().unwrap()
}

#[test]
fn webviews_are_dangerous_origins_that_appear_in_the_report() {
    let settings = with_webviews();
    let waived: Vec<_> = Loaded::report(&settings).waivers().iter().map(|waiver| waiver.rule()).collect();
    assert_eq!(waived, [rule::ORIGIN_SCHEME, rule::ORIGIN_SCHEME, rule::ORIGIN_LOOPBACK]);
    assert!(settings.cors.policy().allows(b"tauri://localhost"));
}

#[test]
fn native_apps_and_webhooks_send_no_origin_and_pass() {
    let decision = with_webviews().cors.policy().decide(&http::Method::POST, &http::HeaderMap::new());
    assert!(matches!(decision, Decision::Forward(_)));
}
