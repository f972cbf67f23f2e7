//! Environments that services really get, with their addresses and databases: a healthy service is never refused, and an
//! unsafe one never starts. The tiers of the same deployments are in `deployments.rs`, the keys in
//! `deployments_secrets.rs`, and more URLs in `database/deployments.rs` and `database/platforms.rs`.
//!
//! One row is one deployment, in production unless it says otherwise. A row has the variables that are set, every finding as
//! `code subject` in the order of the report, and what the service does: where it listens, how the connection is encrypted,
//! and how many connections it keeps at most; or that it does not start.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "derive")]

use hardened::{Config, Database, Environment, Http, Loaded, Loader, database::Tls, rule};
use test_support::{Scratch, findings, load};

/// A typical backend.
#[derive(Debug, Config)]
struct Service {
    #[config(nested)]
    http: Http,
    #[config(nested)]
    database: Database,
}

/// What a service that starts does: its listen address, the encryption of its database connection, and its maximum pool size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Starts(&'static str, Tls, u32);

/// The name, the variables, the findings, and what the service does, or `None` if it is refused.
struct Row(&'static str, &'static [(&'static str, &'static str)], &'static [&'static str], Option<Starts>);

const RAILWAY: (&str, &str) = ("RAILWAY_PROJECT_ID", "5e1f0a6c-b7c0-4f34-9f0c-6f7e3a3d2b10");
const RAILWAY_PRODUCTION: (&str, &str) = ("RAILWAY_ENVIRONMENT_NAME", "production");
const USUAL: (&str, &str) = ("DATABASE_URL", "postgres://app:8sd7f6asd5@db.example.com/shop?sslmode=require");
const NEON: &str = "postgresql://alex:npg_8sd7f6asd5@ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech/neondb?sslmode=require&channel_binding=require";

const REQUIRED: Option<Starts> = Some(Starts("0.0.0.0:8080", Tls::Require, 12));
const SOCKET: Option<Starts> = Some(Starts("0.0.0.0:8080", Tls::Disable, 12));

#[rustfmt::skip]
const DEPLOYMENTS: &[Row] = &[
    Row("1 Railway and Neon",
        &[RAILWAY, RAILWAY_PRODUCTION, ("PORT", "8123"), ("ALLOWED_HOSTS", "api.example.com"), ("DATABASE_URL", NEON)],
        &["database-parameter DATABASE_URL"], Some(Starts("0.0.0.0:8123", Tls::Require, 12))),
    Row("2 Railway's own PostgreSQL",
        &[RAILWAY, RAILWAY_PRODUCTION, ("DATABASE_URL", "postgresql://postgres:aBcDeFgHiJkL@postgres.railway.internal:5432/railway")],
        &["database-tls-added DATABASE_URL"], REQUIRED),
    Row("4 `railway run` on a laptop: no PORT",
        &[RAILWAY, RAILWAY_PRODUCTION, ("ENVIRONMENT", "development"), ("DATABASE_URL", NEON)],
        &["tier-raised ENVIRONMENT", "database-parameter DATABASE_URL"], REQUIRED),
    Row("5 Fly.io: PostgreSQL without TLS, in WireGuard",
        &[("FLY_APP_NAME", "shop"), ("DATABASE_URL", "postgres://shop:8sd7f6asd5@shop-db.flycast:5432/shop?sslmode=disable")],
        &["database-tls-private DATABASE_URL"], SOCKET),
    Row("5 Fly.io: the same URL elsewhere",
        &[("DATABASE_URL", "postgres://shop:8sd7f6asd5@shop-db.flycast:5432/shop?sslmode=disable")],
        &["database-tls DATABASE_URL"], None),
    Row("5 Fly.io: managed PostgreSQL",
        &[("FLY_APP_NAME", "shop"), ("DATABASE_URL", "postgresql://fly-user:8sd7f6asd5@pgbouncer.9g6y30w2pzlokq5v.flympg.net/fly-db")],
        &["database-tls-added DATABASE_URL"], REQUIRED),
    Row("6 Render: the internal URL",
        &[("RENDER", "true"), ("IS_PULL_REQUEST", "false"), ("PORT", "10000"), ("DATABASE_URL", "postgresql://shop_user:aBcDeF8sd7f6@dpg-cabc123def4567-a/shop_db")],
        &["database-tls-added DATABASE_URL"], Some(Starts("0.0.0.0:10000", Tls::Require, 12))),
    Row("7 Heroku: the add-on's URL",
        &[("DYNO", "web.1"), ("PORT", "31337"), ("DATABASE_URL", "postgres://u2f8kq:p0a1b2c3d4e5f6a7b8@c7u1tn6bvvsodf.cluster-czz5s0kz4scl.eu-west-1.rds.amazonaws.com:5432/d9f0a1b2c3")],
        &["database-tls-added DATABASE_URL"], Some(Starts("0.0.0.0:31337", Tls::Require, 12))),
    Row("8 Cloud Run: Cloud SQL's socket",
        &[("K_SERVICE", "shop"), ("PORT", "8080"), ("DATABASE_URL", "postgres://u:8sd7f6asd5@/db?host=/cloudsql/p:r:i")],
        &[], SOCKET),
    Row("8 Cloud Run: Cloud SQL's socket beside a host that does not count",
        &[("K_SERVICE", "shop"), ("PORT", "8080"), ("DATABASE_URL", "postgres://u:8sd7f6asd5@localhost/db?host=/cloudsql/p:r:i")],
        &[], SOCKET),
    Row("8 Cloud Run: a sidecar, without the waiver",
        &[("K_SERVICE", "shop"), ("PORT", "8080"), ("DATABASE_URL", "postgres://u:8sd7f6asd5@127.0.0.1/db?sslmode=disable")],
        &["database-loopback DATABASE_URL"], None),
    Row("9 ECS: a whole JSON object as the URL",
        &[("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/1"), ("DATABASE_URL", r#"{"username":"app","password":"8sd7f6asd5","host":"shop.abc.eu-west-1.rds.amazonaws.com"}"#)],
        &["secret-json DATABASE_URL"], None),
    Row("9 ECS: the reference to a secret instead of the secret",
        &[("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/1"), ("DATABASE_URL", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-AbCdEf:DATABASE_URL::")],
        &["secret-reference DATABASE_URL"], None),
    Row("9 ECS: pieces",
        &[("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/1"), ("PGHOST", "shop.abc.eu-west-1.rds.amazonaws.com"), ("PGUSER", "app"), ("PGPASSWORD", "8sd7f/6a@sd5"), ("PGDATABASE", "shop")],
        &["database-tls-added PGHOST"], REQUIRED),
    Row("9 ECS: a whole JSON object as the password",
        &[("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/1"), ("PGHOST", "shop.abc.eu-west-1.rds.amazonaws.com"), ("PGUSER", "app"), ("PGPASSWORD", r#"{"username":"app","password":"8sd7f6asd5"}"#), ("PGDATABASE", "shop")],
        &["secret-json PGPASSWORD"], None),
    Row("10 Lambda: a small pool",
        &[("LAMBDA_TASK_ROOT", "/var/task"), USUAL],
        &[], Some(Starts("0.0.0.0:8080", Tls::Require, 2))),
    Row("10 Lambda: a pool that is set",
        &[("LAMBDA_TASK_ROOT", "/var/task"), ("DATABASE_POOL_MAX", "1"), USUAL],
        &[], Some(Starts("0.0.0.0:8080", Tls::Require, 1))),
    Row("10 `sam local` on a laptop: the usual pool",
        &[("LAMBDA_TASK_ROOT", "/var/task"), ("AWS_SAM_LOCAL", "true"), USUAL],
        &[], REQUIRED),
    Row("11 Kubernetes: a Service called api, no other port",
        &[("KUBERNETES_SERVICE_HOST", "10.43.0.1"), ("API_PORT", "tcp://10.43.0.7:80"), ("API_SERVICE_HOST", "10.43.0.7"), USUAL],
        &["setting-service-link API_PORT"], REQUIRED),
    Row("11 Kubernetes: a Service called api, beside PORT",
        &[("KUBERNETES_SERVICE_HOST", "10.43.0.1"), ("API_PORT", "tcp://10.43.0.7:80"), ("API_SERVICE_HOST", "10.43.0.7"), ("PORT", "9000"), USUAL],
        &["setting-service-link API_PORT"], Some(Starts("0.0.0.0:9000", Tls::Require, 12))),
    Row("11 Kubernetes: the URL from `echo` ends with a line break",
        &[("KUBERNETES_SERVICE_HOST", "10.43.0.1"), ("DATABASE_URL", "postgres://app:8sd7f6asd5@db.example.com/shop?sslmode=require\n")],
        &["secret-whitespace DATABASE_URL"], None),
    Row("11 Kubernetes: a database operator's Service",
        &[("KUBERNETES_SERVICE_HOST", "10.43.0.1"), ("DATABASE_URL", "postgresql://app:8sd7f6asd5@cluster-rw.default:5432/app")],
        &["database-tls-added DATABASE_URL"], REQUIRED),
    Row("12 compose: development with default passwords",
        &[("ENVIRONMENT", "development"), ("API_HOST", "0.0.0.0"), ("DATABASE_URL", "postgres://postgres:postgres@db/app")],
        &[], Some(Starts("0.0.0.0:8080", Tls::Prefer, 12))),
    Row("12 compose: the same as a preview",
        &[("ENVIRONMENT", "preview"), ("DATABASE_URL", "postgres://postgres:postgres@db/app")],
        &["database-default-password DATABASE_URL", "database-tls-added DATABASE_URL"], None),
    Row("12 compose: the same in production",
        &[("DATABASE_URL", "postgres://postgres:postgres@db/app")],
        &["database-default-password DATABASE_URL", "database-tls-added DATABASE_URL"], None),
    Row("14 CI: a service container",
        &[("ENVIRONMENT", "test"), ("DATABASE_URL", "postgres://postgres:postgres@localhost/app")],
        &[], Some(Starts("127.0.0.1:8080", Tls::Prefer, 12))),
    #[cfg(feature = "sqlx")]
    Row("18 Supabase's pooler by its port",
        &[("DATABASE_URL", "postgresql://postgres.abcdefghijklmnop:8sd7f6asd5@aws-0-eu-central-1.pooler.supabase.com:6543/postgres")],
        &["database-prepared-statements DATABASE_URL", "database-tls-added DATABASE_URL"], REQUIRED),
    #[cfg(feature = "sqlx")]
    Row("18 a pooler by its parameter",
        &[("DATABASE_URL", "postgres://app:8sd7f6asd5@pool.example.com/shop?sslmode=require&pgbouncer=true")],
        &["database-prepared-statements DATABASE_URL"], REQUIRED),
    Row("18 PlanetScale: the system's authorities",
        &[("DATABASE_URL", "postgresql://pscale_api_abc.def:pscale_pw_8sd7f6asd5@eu-west-2.pg.psdb.cloud:6432/postgres?sslmode=verify-full&sslrootcert=system")],
        &[], Some(Starts("0.0.0.0:8080", Tls::VerifyFull, 12))),
    Row("20 Azure App Service: an unresolved reference",
        &[("WEBSITE_SITE_NAME", "api"), ("WEBSITE_SLOT_NAME", "Production"), ("PORT", "8181"), ("DATABASE_URL", "@Microsoft.KeyVault(SecretUri=https://vault.vault.azure.net/secrets/database/)")],
        &["secret-reference DATABASE_URL"], None),
    Row("20 Azure App Service: a flexible server",
        &[("WEBSITE_SITE_NAME", "api"), ("WEBSITE_SLOT_NAME", "Production"), ("PORT", "8181"), ("DATABASE_URL", "postgres://app:8sd7f6asd5@shop.postgres.database.azure.com:5432/shop?sslmode=require")],
        &[], Some(Starts("0.0.0.0:8181", Tls::Require, 12))),
    Row("22 the public name in API_HOST",
        &[("API_HOST", "https://api.example.com"), USUAL],
        &["setting-malformed API_HOST"], None),
    Row("22 another tool's DEBUG",
        &[("DEBUG", "app:*"), USUAL],
        &["debug-foreign DEBUG"], REQUIRED),
    Row("22 DEBUG that is switched on",
        &[("DEBUG", "true"), USUAL],
        &["debug-enabled DEBUG"], None),
    Row("24 the driver's own variables beside a URL",
        &[("PGHOST", "localhost"), ("PGUSER", "evil"), ("PGPASSWORD", "postgres"), ("PGSSLMODE", "disable"), ("PGPORT", "x"), USUAL],
        &[], REQUIRED),
    #[cfg(feature = "sqlx")]
    Row("24 the driver's options beside a URL",
        &[("PGOPTIONS", "-c search_path=evil"), USUAL],
        &["database-driver-environment DATABASE_URL"], None),
    Row("24 a parameter that no driver should be given",
        &[("DATABASE_URL", "postgres://app:8sd7f6asd5@db.example.com/shop?sslmode=require&unknown=hunter2")],
        &["database-parameter DATABASE_URL"], REQUIRED),
];

fn environment(variables: &[(&'static str, &str)]) -> Environment {
    let production = Environment::empty().set("ENVIRONMENT", "production");
    variables.iter().fold(production, |environment, (name, value)| environment.set(*name, *value))
}

#[test]
fn every_deployment_gets_its_verdict() {
    for Row(name, variables, expected, does) in DEPLOYMENTS {
        let outcome = load::<Service>(environment(variables));
        let found: Vec<_> = findings::<Service>(environment(variables))
            .into_iter()
            .map(|(code, subject)| format!("{code} {subject}"))
            .collect();
        assert_eq!(found, *expected, "{name}");
        match (outcome, does) {
            (Ok(service), Some(Starts(address, tls, connections))) => {
                assert_eq!(service.http.listen_addr(), address.parse().unwrap(), "{name}");
                assert_eq!(service.database.tls(), *tls, "{name}");
                assert_eq!(service.database.pool().max_connections(), *connections, "{name}");
            }
            (Err(_), None) => {}
            (outcome, _) => panic!("{name}: {outcome:?}"),
        }
    }
}

/// Returns the text of the report about a deployment.
fn told(variables: &[(&'static str, &str)]) -> String {
    match load::<Service>(environment(variables)) {
        Ok(loaded) => Loaded::report(&loaded).to_string(),
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn the_report_says_what_happened_and_what_to_do() {
    for (name, variables, expected) in [
        ("9 ECS: one key of a secret", &[("DATABASE_URL", r#"{"password":"8sd7f6asd5"}"#)][..], "arn:…:KEY::"),
        (
            "11 Kubernetes: `echo` adds a line break",
            &[("DATABASE_URL", "postgres://app:8sd7f6asd5@db.example.com/shop?sslmode=require\n")],
            "printf %s",
        ),
        (
            "11 Kubernetes: a link without a Service of that name",
            &[("PORT", "tcp://10.43.0.7:80"), USUAL],
            "enableServiceLinks",
        ),
        (
            "22 a bind address",
            &[("API_HOST", "https://api.example.com"), USUAL],
            "must be a bind address, not the public name",
        ),
    ] {
        let report = told(variables);
        assert!(report.contains(expected), "{name}\n{report}");
    }
}

#[test]
fn no_remedy_edits_a_variable_that_the_platform_owns() {
    let heroku = [("DYNO", "web.1"), ("DATABASE_URL", "postgres://u:8sd7f6asd5@ec2-1.compute-1.amazonaws.com/d9f0a1")];
    let report = told(&heroku);
    assert!(report.contains("require is enforced") && !report.contains("fix:"), "7 Heroku\n{report}");
}

#[test]
fn a_sidecar_takes_one_waiver() {
    let variables = [("K_SERVICE", "shop"), ("DATABASE_URL", "postgres://u:8sd7f6asd5@127.0.0.1/db?sslmode=disable")];
    let loaded = Loader::new()
        .environment(environment(&variables))
        .waive(rule::DATABASE_LOOPBACK, "DATABASE_URL", "8 Cloud Run: the proxy in the same instance")
        .load::<Service>()
        .unwrap_or_else(|refusal| panic!("{refusal}"));
    assert!(
        Loaded::report(&loaded).findings().is_empty() && Loaded::report(&loaded).waivers()[0].is_used(),
        "{}",
        Loaded::report(&loaded)
    );
}

#[test]
fn a_mounted_url_loses_the_one_line_break_at_its_end() {
    let scratch = Scratch::new();
    for (ending, starts) in [("", true), ("\n", true), ("\r\n", true), ("\n\n", false)] {
        let (name, url) = USUAL;
        let file = scratch.file("url", format!("{url}{ending}"));
        let environment = environment(&[]).set(format!("{name}_FILE"), file);
        assert_eq!(load::<Service>(environment).is_ok(), starts, "11 Kubernetes: {ending:?}");
    }
}
