//! Environments that services really get, with their keys, credentials and sources: a healthy service is never refused, and
//! an unsafe one never starts. The tiers of the same deployments are in `deployments.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(unix, feature = "derive"))]

use std::os::unix::fs::symlink;

use hardened::{BetterAuth, Config, Environment, Jwt, Loaded, Loader, SecretText, schema::Schema};
use test_support::{KEY, Scratch};

/// A service with a key, a credential, and a plain setting.
#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, not read")]
struct Service {
    #[config(nested)]
    jwt: Jwt,
    /// A password that a platform issued.
    #[config(env = "PGPASSWORD")]
    database_password: SecretText,
    /// Port to listen on.
    #[config(env = ["PORT", "API_PORT"], default = 8080)]
    port: u16,
}

const PASSWORD: &str = "9Jk2-vPq7_Rt";
const OTHER_KEY: &str = "a9f3c1d7e5b8024697f1e3d5c7b9a8f6041b2d3c4e5f60718293a4b5c6d7e8f9";

fn production() -> Environment {
    Environment::empty().set("ENVIRONMENT", "production").set("JWT_SECRET_KEY", KEY).set("PGPASSWORD", PASSWORD)
}

/// Returns the findings as `code subject`, and whether the service starts.
fn outcome(environment: Environment) -> (Vec<String>, bool) {
    let told = |report: &hardened::Report| {
        report.findings().iter().map(|finding| format!("{} {}", finding.code(), finding.subject())).collect()
    };
    match Loader::new().environment(environment).load::<Service>() {
        Ok(loaded) => (told(Loaded::report(&loaded)), true),
        Err(refusal) => (told(refusal.report()), false),
    }
}

/// The name, the variables that differ from a healthy production, the findings, and whether the service starts.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str], bool);

#[rustfmt::skip]
const DEPLOYMENTS: &[Row] = &[
    ("a healthy production", &[], &[], true),
    ("9 ECS: a whole JSON object as a key",
        &[("JWT_SECRET_KEY", r#"{"username":"app","password":"Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVt"}"#)],
        &["secret-json JWT_SECRET_KEY"], false),
    ("9 ECS: a whole JSON object as a credential",
        &[("PGPASSWORD", r#"{"username":"app","password":"9Jk2-vPq7_Rt","engine":"postgres"}"#)],
        &["secret-json PGPASSWORD"], false),
    ("9 ECS: the reference to a secret instead of the secret",
        &[("JWT_SECRET_KEY", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf:JWT_SECRET_KEY::")],
        &["secret-reference JWT_SECRET_KEY"], false),
    ("11 Kubernetes: a Service called api injects API_PORT",
        &[("API_PORT", "tcp://10.43.0.7:80"), ("API_SERVICE_HOST", "10.43.0.7"), ("KUBERNETES_SERVICE_HOST", "10.43.0.1")],
        &["setting-service-link API_PORT"], true),
    ("11 Kubernetes: a key from `echo` ends with a line break",
        &[("JWT_SECRET_KEY", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM\n")],
        &["secret-whitespace JWT_SECRET_KEY"], false),
    ("12 compose: quotes that an env file keeps",
        &[("JWT_SECRET_KEY", "\"Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM\"")],
        &["secret-quoted JWT_SECRET_KEY"], false),
    ("12 compose: a default that was never replaced",
        &[("JWT_SECRET_KEY", "${JWT_SECRET_KEY:-changeme-changeme-changeme-changeme}")],
        &["secret-reference JWT_SECRET_KEY"], false),
    ("a passphrase, however long",
        &[("JWT_SECRET_KEY", "mein-langes-passwort-fuer-die-produktion-im-sommer")],
        &["secret-human JWT_SECRET_KEY"], false),
    ("a key pasted with its name",
        &[("JWT_SECRET_KEY", "JWT_SECRET_KEY=Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM")],
        &["secret-wrapped JWT_SECRET_KEY"], false),
    ("a credential whose line breaks are two characters each",
        &[("PGPASSWORD", r"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----\n")],
        &["secret-escaped-lines PGPASSWORD"], true),
    ("19 rotation: the new key everywhere as the previous one",
        &[("JWT_SECRET_KEY_PREVIOUS", OTHER_KEY)], &[], true),
    ("19 rotation: swapped without a new key",
        &[("JWT_SECRET_KEY_PREVIOUS", KEY)], &["secret-repeated JWT_SECRET_KEY_PREVIOUS"], false),
    ("20 Azure App Service: an unresolved reference",
        &[("JWT_SECRET_KEY", "@Microsoft.KeyVault(SecretUri=https://vault.vault.azure.net/secrets/jwt/)"),
          ("APPSETTING_JWT_SECRET_KEY", "@Microsoft.KeyVault(SecretUri=https://vault.vault.azure.net/secrets/jwt/)")],
        &["secret-reference JWT_SECRET_KEY"], false),
    ("20 Azure App Service: an unresolved credential",
        &[("PGPASSWORD", "@Microsoft.KeyVault(VaultName=vault;SecretName=pg)")],
        &["secret-reference PGPASSWORD"], false),
];

#[test]
fn every_deployment_gets_its_verdict() {
    for (name, variables, findings, starts) in DEPLOYMENTS {
        let environment =
            variables.iter().fold(production(), |environment, (variable, value)| environment.set(variable, value));
        let (found, outcome) = outcome(environment);
        assert_eq!((found.as_slice(), outcome), (findings.map_owned().as_slice(), *starts), "{name}");
    }
}

#[test]
fn a_passphrase_starts_only_where_the_code_accepts_it_with_a_reason() {
    let environment = production().set("JWT_SECRET_KEY", "mein-langes-passwort-fuer-die-produktion-im-sommer");
    let load = |loader: Loader| loader.environment(environment.clone()).load::<Service>();
    assert!(load(Loader::new()).unwrap_err().report().refuses("secret-human", "JWT_SECRET_KEY"));
    let accepted =
        Loader::new().waive(hardened::rule::SECRET_HUMAN, "JWT_SECRET_KEY", "replaced with the next release");
    let loaded = load(accepted).unwrap();
    let used: Vec<_> = Loaded::report(&loaded).waivers().iter().filter(|waived| waived.is_used()).collect();
    assert!(matches!(used[..], [waived] if waived.subject() == "JWT_SECRET_KEY"), "{used:?}");
}

trait MapOwned {
    fn map_owned(&self) -> Vec<String>;
}

impl MapOwned for &[&str] {
    fn map_owned(&self) -> Vec<String> {
        self.iter().map(ToString::to_string).collect()
    }
}

#[test]
fn a_service_that_only_verifies_needs_no_key() {
    let base = Environment::empty().set("ENVIRONMENT", "production").set("JWT_ISSUER", "https://tenant.eu.auth0.com/");
    let keys = |url: &str| base.clone().set("JWT_AUDIENCE", "api").set("JWT_JWKS_URL", url);
    for (name, environment, found) in [
        ("17 Auth0", keys("https://tenant.eu.auth0.com/.well-known/jwks.json"), None),
        ("17 Auth0: keys over http", keys("http://tenant.eu.auth0.com/jwks.json"), Some("jwt-jwks-insecure")),
        ("17 Auth0: no URL of the keys", base.clone().set("JWT_AUDIENCE", "api"), Some("setting-missing")),
        (
            "17 Auth0: an algorithm with a shared secret",
            keys("https://a.eu.auth0.com/j").set("JWT_ALGORITHM", "HS256"),
            Some("setting-malformed"),
        ),
    ] {
        let outcome = Loader::new().environment(environment.clone()).load::<hardened::auth::Jwks>();
        let codes: Vec<_> =
            outcome.iter().flat_map(|loaded| Loaded::report(loaded).findings()).map(|it| it.code()).collect();
        let refused: Vec<_> = outcome
            .as_ref()
            .err()
            .into_iter()
            .flat_map(|refusal| refusal.report().findings())
            .map(|it| it.code())
            .collect();
        assert_eq!((codes.is_empty(), refused), (true, Vec::from_iter(found)), "{name}");
        let own_key = Loader::new().environment(environment).load::<Jwt>();
        assert!(own_key.unwrap_err().report().refuses("secret-missing", "JWT_SECRET_KEY"), "{name}: the other group");
    }
}

#[test]
fn mounted_secrets_are_found_however_a_platform_mounts_them() {
    let scratch = Scratch::new();
    // 11 Kubernetes: 0644 through links, with one line break at the end.
    scratch.file("kubernetes/..2026_11_24/jwt", format!("{KEY}\n"));
    scratch.mode("kubernetes/..2026_11_24/jwt", 0o644);
    symlink("..2026_11_24", scratch.path().join("kubernetes/..data")).unwrap();
    symlink("..data/jwt", scratch.path().join("kubernetes/jwt")).unwrap();
    // 12 Swarm: mode 0444 and a hyphenated name; 13 systemd: mode 0400 in a separate directory.
    scratch.file("swarm/jwt-secret-key", KEY);
    scratch.mode("swarm/jwt-secret-key", 0o444);
    scratch.file("systemd/jwt_secret_key", KEY);
    scratch.mode("systemd/jwt_secret_key", 0o400);
    scratch.file("compose/jwt", KEY);
    scratch.mode("compose/jwt", 0o777);

    let base = production().unset("JWT_SECRET_KEY");
    let named = |path: &str| base.clone().set("JWT_SECRET_KEY_FILE", scratch.path().join(path));
    let mounted = |path: &str| base.clone().set("CREDENTIALS_DIRECTORY", scratch.path().join(path));
    let none: Vec<String> = Vec::new();
    assert_eq!(outcome(named("kubernetes/jwt")), (none.clone(), true), "11 Kubernetes");
    assert_eq!(outcome(mounted("systemd")), (none, true), "13 systemd");
    let (found, starts) = outcome(mounted("swarm"));
    assert!(starts && found.iter().all(|code| code.starts_with("file-world-readable")), "12 Swarm: {found:?}");
    let (found, starts) = outcome(named("compose/jwt"));
    assert!(!starts && found.iter().any(|code| code == "file-world-writable JWT_SECRET_KEY"), "12 compose: {found:?}");
    let (found, starts) = outcome(named("compose/jwt").set("ENVIRONMENT", "development"));
    assert!(starts && found.iter().any(|code| code == "file-world-writable JWT_SECRET_KEY"), "12 laptop: {found:?}");
}

#[test]
fn an_env_file_on_a_server_is_a_note_and_its_values_come_from_systemd() {
    let scratch = Scratch::new();
    scratch.file(".env", "JWT_SECRET_KEY=never-read\n");
    let (found, starts) = outcome(production().working_directory(scratch.path()));
    assert_eq!((found, starts), (vec!["dotenv-ignored .env".to_owned()], true), "13 systemd with EnvironmentFile=");
}

#[test]
fn services_of_one_workspace_share_a_file_of_keys() {
    let scratch = Scratch::new();
    scratch.file("Cargo.lock", "");
    scratch.file(".env", format!("JWT_SECRET_KEY={KEY}\nPGPASSWORD={PASSWORD}\nOTHER_SERVICE_TOKEN=x\n"));
    scratch.file("services/api/Cargo.toml", "");
    let environment = Environment::empty().set("ENVIRONMENT", "test");
    let environment = environment.working_directory(scratch.path().join("services/api"));
    let (found, starts) = outcome(environment);
    assert_eq!((found, starts), (vec!["dotenv-foreign .env".to_owned()], true), "16 monorepo");
}

#[test]
fn the_environment_of_a_child_has_no_secret_of_azure() {
    let mut child = std::process::Command::new("true");
    let schema: &Schema = Service::SCHEMA;
    schema.scrub(&mut child);
    let removed: Vec<_> = child.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
    for name in ["JWT_SECRET_KEY", "APPSETTING_JWT_SECRET_KEY", "JWT_SECRET_KEY_FILE", "PGPASSWORD"] {
        assert!(removed.iter().any(|removed| *removed == name), "20 Azure App Service: {name}");
    }
}

#[test]
fn a_ring_may_repeat_the_one_secret_of_better_auth() {
    let environment = Environment::empty()
        .set("BETTER_AUTH_SECRETS", format!("2:{KEY},1:{OTHER_KEY}"))
        .set("BETTER_AUTH_SECRET", OTHER_KEY);
    let loaded = Loader::new().environment(environment).load::<BetterAuth>().unwrap();
    assert_eq!(loaded.current().map(hardened::AuthSecret::expose_bytes), Some(KEY.as_bytes()));
    for (ring, code) in [
        (format!("2:{KEY},1:{KEY}"), "secret-repeated"),
        (format!("2:{KEY},2:{OTHER_KEY}"), "setting-inconsistent"),
        (format!("{KEY},{OTHER_KEY}"), "secret-malformed"),
        ("2:short".to_owned(), "secret-too-short"),
    ] {
        let environment = Environment::empty().set("BETTER_AUTH_SECRETS", ring);
        let refusal = Loader::new().environment(environment).load::<BetterAuth>().unwrap_err();
        assert!(refusal.report().refuses(code, "BETTER_AUTH_SECRETS"), "{code}: {refusal}");
    }
}
