//! Every name of a tier and every sign of a platform, in separate lists, so that a loss in the library's tables is detected.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "derive")]

use hardened::{
    Config, Environment, Loaded, Loader, Report,
    Tier::{self, Development, Preview, Production, Test},
};

/// A service without settings, so that only its tier is checked.
#[derive(Debug, Config)]
struct Service {}

/// Returns the report, and whether the service starts.
fn load(environment: Environment) -> (Report, bool) {
    match Loader::new().environment(environment).load::<Service>() {
        Ok(loaded) => (Loaded::report(&loaded).clone(), true),
        Err(refusal) => (refusal.report().clone(), false),
    }
}

/// The names that people use for each tier.
#[rustfmt::skip]
const NAMES: [(Tier, &[&str]); 4] = [
    (Production, &["production", "prod", "prd", "live", "release"]),
    (Preview, &[
        "preview", "pr", "review", "deploy-preview", "branch-deploy", "staging", "stage", "stg", "preprod",
        "pre-production", "uat", "qa", "nonprod", "non-prod", "int", "integration", "acceptance", "sandbox", "demo",
    ]),
    (Development, &["development", "dev", "local", "debug"]),
    (Test, &["test", "testing", "ci"]),
];

#[test]
fn every_usual_name_means_its_tier_however_it_is_written() {
    for (tier, names) in NAMES {
        for name in names {
            let upper = name.to_uppercase();
            for (written, is_noted) in [
                ((*name).to_owned(), false),
                (upper.clone(), true),
                (format!(" {name}\n"), true),
                (format!("\"{name}\""), true),
                (format!("'{upper}'"), true),
                (format!("{name}\u{200b}"), true),
            ] {
                let (report, starts) = load(Environment::empty().set("ENVIRONMENT", &written));
                assert_eq!((report.tier(), starts), (tier, true), "{written:?}\n{report}");
                assert_eq!(report.has("tier-normalised", "ENVIRONMENT"), is_noted, "{written:?}\n{report}");
            }
            let (report, _) = load(Environment::empty().set("APP_ENV", name));
            assert_eq!(report.tier(), tier, "APP_ENV={name}");
        }
    }
}

#[test]
fn the_strictest_of_two_variables_counts_for_every_pair() {
    for (first, one) in NAMES.map(|(tier, names)| (tier, names[0])) {
        for (second, other) in NAMES.map(|(tier, names)| (tier, names[0])) {
            let (report, starts) = load(Environment::empty().set("ENVIRONMENT", one).set("APP_ENV", other));
            assert_eq!((report.tier(), starts), (first.max(second), true), "{one} {other}");
            assert_eq!(report.has("tier-differing", "ENVIRONMENT"), first != second, "{one} {other}\n{report}");
        }
    }
}

#[test]
fn variables_of_other_products_and_unknown_names_never_relax_a_rule() {
    for name in ["NODE_ENV", "RAILS_ENV", "ENV", "RUST_ENV", "ASPNETCORE_ENVIRONMENT", "FLASK_ENV", "APP_ENVIRONMENT"] {
        let (report, _) = load(Environment::empty().set(name, "development"));
        assert_eq!(report.tier(), Production, "{name}");
    }
    for unknown in ["devel", "prodution", "production-eu", "dev,prod", "0", "true", "development;", "dévelopment"] {
        let (report, starts) = load(Environment::empty().set("ENVIRONMENT", unknown));
        assert_eq!((report.tier(), starts), (Production, false), "{unknown}");
        assert!(report.refuses("tier-unknown", "ENVIRONMENT"), "{unknown}: {report}");
        let remedy = report.findings()[0].remedy();
        assert!(!remedy.contains("did you mean dev"), "a suggestion never relaxes a rule: {unknown}: {remedy}");
    }
}

/// The effect of a platform on a tier that relaxes rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// The start is refused, because the platform serves the public.
    Refused,
    /// The tier is raised to the one that the platform declares, or to Production if it declares none.
    Raised,
    /// The platform is only listed as evidence.
    Evidence,
}
use Effect::{Evidence, Raised, Refused};

/// The variables with a value, and the files.
type Signs = &'static [(&'static str, &'static str)];

/// The platforms, their effects, and the variables or files by which they are recognised.
#[rustfmt::skip]
const SIGNS: &[(&str, Effect, Signs)] = &[
    ("Railway", Raised, &[("RAILWAY_PROJECT_ID", "1"), ("RAILWAY_SERVICE_ID", "1"), ("RAILWAY_ENVIRONMENT_ID", "1")]),
    ("Vercel", Raised, &[("VERCEL", "1")]),
    ("Render", Refused, &[("RENDER", "true")]),
    ("Fly.io", Refused, &[("FLY_APP_NAME", "a"), ("FLY_MACHINE_ID", "1"), ("FLY_ALLOC_ID", "1")]),
    ("Heroku", Refused, &[("DYNO", "web.1")]),
    ("Dokku", Refused, &[("DOKKU_APP_TYPE", "herokuish")]),
    ("Cloud Run", Refused, &[
        ("K_SERVICE", "a"), ("K_REVISION", "a-1"), ("K_CONFIGURATION", "a"), ("CLOUD_RUN_JOB", "a"),
        ("CLOUD_RUN_WORKER_POOL", "a"),
    ]),
    ("Cloud Functions", Refused, &[("FUNCTION_TARGET", "f")]),
    ("App Engine", Refused, &[("GAE_SERVICE", "a"), ("GAE_ENV", "standard"), ("GAE_INSTANCE", "1")]),
    ("Firebase App Hosting", Refused, &[("FIREBASE_APP_HOSTING", "1")]),
    ("AWS Lambda", Refused, &[("LAMBDA_TASK_ROOT", "/var/task")]),
    ("AWS ECS", Refused, &[("ECS_CONTAINER_METADATA_URI_V4", "http://1"), ("ECS_CONTAINER_METADATA_URI", "http://1")]),
    ("AWS Elastic Beanstalk", Refused, &[("file", "/var/elasticbeanstalk/xray/environment.conf")]),
    ("Azure App Service", Raised, &[("WEBSITE_SITE_NAME", "a"), ("WEBSITE_INSTANCE_ID", "1")]),
    ("Azure Functions", Raised, &[("FUNCTIONS_EXTENSION_VERSION", "~4"), ("FUNCTIONS_WORKER_RUNTIME", "custom")]),
    ("Azure Container Apps", Refused, &[("CONTAINER_APP_NAME", "a"), ("CONTAINER_APP_REVISION", "a-1")]),
    ("Koyeb", Refused, &[("KOYEB_APP_NAME", "a"), ("KOYEB_SERVICE_NAME", "a")]),
    ("Netlify", Raised, &[("NETLIFY", "true")]),
    ("Cloud Foundry", Refused, &[("VCAP_APPLICATION", "{}"), ("CF_INSTANCE_GUID", "1")]),
    ("NAIS", Refused, &[("NAIS_APP_NAME", "a")]),
    ("Deno Deploy", Refused, &[("DENO_DEPLOY", "1"), ("DENO_DEPLOYMENT_ID", "1")]),
    ("IBM Code Engine", Refused, &[("CE_PROJECT_ID", "1")]),
    ("Clever Cloud", Refused, &[("CC_DEPLOYMENT_ID", "1")]),
    ("Coolify", Refused, &[("COOLIFY_RESOURCE_UUID", "1"), ("COOLIFY_CONTAINER_NAME", "a")]),
    ("Upsun", Raised, &[("PLATFORM_APPLICATION_NAME", "a"), ("PLATFORM_TREE_ID", "1")]),
    ("Replit", Refused, &[("REPLIT_DEPLOYMENT", "1")]),
    ("Zeabur", Refused, &[("ZEABUR", "1")]),
    ("Kubernetes", Evidence, &[
        ("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("file", "/var/run/secrets/kubernetes.io/serviceaccount/token"),
    ]),
    ("Nomad", Evidence, &[("NOMAD_ALLOC_ID", "1"), ("NOMAD_JOB_NAME", "a")]),
    ("systemd", Evidence, &[("INVOCATION_ID", "1"), ("JOURNAL_STREAM", "8:1")]),
    ("Docker", Evidence, &[("file", "/.dockerenv")]),
    ("a cloud workstation (Codespaces, Gitpod)", Evidence, &[
        ("CODESPACES", "true"), ("GITPOD_WORKSPACE_ID", "1"), ("CODESANDBOX_SSE", "true"), ("STACKBLITZ", "1"),
    ]),
];

#[test]
fn every_sign_of_a_platform_has_its_effect_on_every_tier() {
    for (platform, effect, signs) in SIGNS {
        for (name, value) in *signs {
            let bare = if *name == "file" {
                Environment::empty().marker_file(value)
            } else {
                Environment::empty().set(*name, *value)
            };
            for (declared, tier) in [("dev", Development), ("test", Test), ("qa", Preview), ("prod", Production)] {
                let (report, starts) = load(bare.clone().set("ENVIRONMENT", declared));
                let row = format!("{platform} {name} {declared}\n{report}");
                // A file is checked only if it can change something.
                let is_looked_for = *name != "file" || !tier.is_hardened();
                let is_evident = report.evidence().iter().any(|reason| reason.contains(platform));
                assert!(is_evident || !is_looked_for, "{row}");
                let expected = match effect {
                    Refused if !tier.is_hardened() => (tier, false),
                    // The sign does not declare the environment, so it may be production.
                    Raised => (Production, true),
                    _ => (tier, true),
                };
                assert_eq!((report.tier(), starts), expected, "{row}");
            }
            assert_eq!(load(bare).0.tier(), Production, "{platform} {name}: undeclared");
        }
    }
}
