//! The manifest of a release: its content, its reproducibility, and the promises of each group.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod command;
mod promises;
mod schema;

use std::collections::BTreeSet;

use hardened::{
    Config, CorsSettings, Database, Environment, Http, Jwt, Loaded, Loader, SecretText,
    connections::Redis,
    cors::PolicyBuilder,
    manifest::{HealthContract, Manifest, Promises, RuleOutcome, SettingState},
    origin::Origin,
    rule,
};
use test_support::KEY;

/// A service with every group that promises something, and one of its own.
#[derive(Debug, Config)]
#[config(promises = promised, loader = loader)]
#[allow(dead_code, reason = "declared, and never read")]
struct Settings {
    /// The keys of tokens.
    #[config(nested)]
    jwt: Jwt,
    /// The pages that may call.
    #[config(nested, with = pages)]
    cors: CorsSettings,
    /// Where it listens.
    #[config(nested)]
    http: Http,
    /// The database.
    #[config(nested, required_in_production)]
    database: Option<Database>,
    /// How long orders are kept.
    #[config(nested)]
    archive: Archive,
    /// The payment provider's key.
    stripe_key: SecretText,
    /// A key that may be absent.
    sentry_key: Option<SecretText>,
}

fn pages(policy: PolicyBuilder) -> PolicyBuilder {
    policy
        .allow_credentials()
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "X-Request-Id"])
        .expose_headers(["ETag"])
        .max_age(std::time::Duration::from_secs(600))
}

fn promised(_: &Settings, promises: &mut Promises) {
    promises.health_check("/readyz", HealthContract::Ready).health_check("/health", HealthContract::Deep);
    promises.hidden_docs("/internal/docs");
}

fn loader(loader: Loader) -> Loader {
    loader.service("shop", "1.2.3").waive(rule::HTTP_HSTS, "http", "the proxy sets it")
}

/// A group of the service's own.
#[derive(Debug, Config)]
#[config(promises = kept)]
struct Archive {
    /// How many days an order is kept.
    #[config(default = 30)]
    archive_days: u32,
}

fn kept(archive: &Archive, promises: &mut Promises) {
    promises.own("days", archive.archive_days);
}

const VARIABLES: [(&str, &str); 8] = [
    ("ENVIRONMENT", "production"),
    ("JWT_SECRET_KEY", KEY),
    ("JWT_ISSUER", "https://issuer.acme.io/"),
    ("CORS_ORIGINS", "https://app.acme.io,https://*.preview.acme.io"),
    ("DATABASE_URL", "postgres://app:8sd7f6asd5@db.acme.io/app?sslmode=verify-full"),
    ("ALLOWED_HOSTS", "*.acme.io,api.acme.io,::1"),
    ("STRIPE_KEY", "q8ZxT3vB7nM1kL5jH9gF2"),
    ("PORT", "80"),
];

fn environment<'a>(variables: impl IntoIterator<Item = &'a (&'a str, &'a str)>) -> Environment {
    variables.into_iter().copied().collect()
}

fn manifest<T: Config>(environment: Environment) -> Manifest {
    let loaded = Loader::new().environment(environment).load::<T>();
    Loaded::manifest(&loaded.unwrap_or_else(|refusal| panic!("{refusal}")))
}

fn outcome(manifest: &Manifest, code: &str) -> (RuleOutcome, Vec<String>) {
    let rule = manifest.rules.iter().find(|rule| rule.code == code).unwrap();
    (rule.outcome, rule.subjects.clone())
}

fn state(manifest: &Manifest, name: &str) -> SettingState {
    manifest.settings.iter().find(|setting| setting.name == name).unwrap().state
}

#[test]
fn everything_that_is_promised_is_in_it() {
    insta::assert_snapshot!(manifest::<Settings>(environment(&VARIABLES)).to_json());
}

#[test]
fn one_configuration_is_the_same_bytes_whatever_the_order_of_its_variables() {
    let first = manifest::<Settings>(environment(&VARIABLES)).to_json();
    for turn in 0..VARIABLES.len() {
        let (before, behind) = VARIABLES.split_at(turn);
        assert_eq!(manifest::<Settings>(environment(behind.iter().chain(before))).to_json(), first);
    }
    let other = environment(&VARIABLES)
        .set("CORS_ORIGINS", "https://*.preview.acme.io, https://app.acme.io")
        .set("ALLOWED_HOSTS", "[::1],api.acme.io,*.acme.io");
    let other = manifest::<Settings>(other);
    let first = Manifest::parse(&first).unwrap();
    assert_eq!((&other.promises.cors, &other.promises.hosts), (&first.promises.cors, &first.promises.hosts));
}

#[test]
fn each_rule_held_or_names_the_subjects_for_which_it_did_not() {
    let environment = environment(&VARIABLES).set("API_HOST", "127.0.0.1").set("JWT_EXPIRATION_MINUTES", "1441");
    let manifest = manifest::<Settings>(environment);
    for (code, expected, subjects) in [
        ("secret-too-short", RuleOutcome::Held, &[][..]),
        ("jwt-expiration", RuleOutcome::NotHeld, &["JWT_EXPIRATION_MINUTES"]),
        ("http-loopback", RuleOutcome::NotHeld, &["API_HOST"]),
        // A waiver accepts that it does not hold.
        ("http-hsts", RuleOutcome::NotHeld, &["http"]),
        // The rule is off in Production.
        ("http-exposed", RuleOutcome::NotJudged, &[]),
        // Only a start forbids core dumps.
        ("process-core-dumps", RuleOutcome::NotJudged, &[]),
    ] {
        let subjects: Vec<String> = subjects.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(outcome(&manifest, code), (expected, subjects), "{code}");
    }
}

/// Returns the first words of the codes of a manifest's rules.
fn families<T: Config>(environment: Environment) -> BTreeSet<String> {
    let beginning = |code: &str| code.split('-').next().unwrap_or_default().to_owned();
    manifest::<T>(environment).rules.iter().map(|rule| beginning(&rule.code)).collect()
}

#[test]
fn a_rule_is_named_only_where_the_service_has_something_to_judge() {
    #[derive(Debug, Config)]
    #[allow(dead_code, reason = "declared, and never read")]
    struct Nothing {
        #[config(default = 3)]
        workers: u32,
        homepage: Option<Origin>,
        #[config(nested)]
        redis: Option<Redis>,
    }
    const ALWAYS: [&str; 7] = ["dotenv", "file", "process", "setting", "source", "tier", "waiver"];
    let production = || Environment::empty().set("ENVIRONMENT", "production");
    let expected =
        |more: &[&str]| ALWAYS.iter().chain(more).map(|family| (*family).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(families::<Nothing>(production()), expected(&[]));
    let homepage = production().set("HOMEPAGE", "https://app.acme.io");
    assert_eq!(families::<Nothing>(homepage), expected(&["host", "origin"]));
    let redis = production().set("REDIS_URL", "rediss://:8sd7f6asd5f87as6d5f@cache.acme.io:6379");
    assert_eq!(families::<Nothing>(redis), expected(&["connection", "secret"]));
    let http = manifest::<Http>(production().set("ALLOWED_HOSTS", "api.acme.io"));
    let has = |code: &str| http.rules.iter().any(|rule| rule.code == code);
    assert!(has("http-hsts") && has("docs-public") && has("debug-enabled") && has("host-placeholder"));
    assert!(
        !has("http-cookie-domain")
            && !has("http-proxies-unset")
            && !has("http-attempts")
            && !has("secret-missing")
            && !has("jwt-expiration")
    );
    let all = families::<Settings>(environment(&VARIABLES));
    assert_eq!(all, expected(&["cors", "database", "debug", "docs", "host", "http", "jwt", "origin", "secret"]));
}

#[test]
fn a_reason_that_looks_like_a_secret_is_not_printed() {
    const REASON: &str = "see postgres://admin:hunter2@db.acme.io/app";
    let loader = Loader::new().environment(environment(&VARIABLES));
    let loader = loader.waive(rule::HTTP_CSP, "http", REASON);
    let manifest = Loaded::manifest(&loader.load::<Settings>().unwrap());
    let reasons: Vec<_> =
        manifest.waivers.iter().map(|waiver| (waiver.code.as_str(), waiver.reason.as_deref())).collect();
    assert_eq!(reasons, [("http-csp", None), ("http-hsts", Some("the proxy sets it"))]);
    assert!(!manifest.to_json().contains("hunter2"));
    let headers = manifest.promises.headers.unwrap().values;
    assert!(!headers.contains_key("content-security-policy") && headers.contains_key("x-frame-options"));
}

/// The service is named after the package that defines the settings, unless the loader names another.
#[test]
fn a_service_is_named_after_its_package() {
    #[derive(Debug, Config)]
    struct Own {
        #[config(nested)]
        archive: Archive,
    }
    let named = |manifest: Manifest| (manifest.service.name, manifest.service.version);
    // These tests are in the package of the library, whose settings name no service.
    assert_eq!(named(manifest::<Own>(Environment::empty())), (None, None));
    let loader = Loader::new().environment(Environment::empty()).service("orders", "2.0.0");
    let named_by_loader = named(Loaded::manifest(&loader.load::<Own>().unwrap()));
    assert_eq!(named_by_loader, (Some("orders".to_owned()), Some("2.0.0".to_owned())));
}
