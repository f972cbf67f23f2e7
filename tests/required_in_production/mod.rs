//! `#[config(required_in_production)]`: settings that may be absent in Development and Test only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "many fields are there to be refused")]
#![cfg(feature = "derive")]

mod documents;
mod groups;
mod messages;
mod sources;
mod tiers;

use std::net::IpAddr;

use hardened::{
    Config, Database, Environment, JwtSecret, Loaded, Loader, Refusal, Report, SecretText, Tier, load::Reason,
    report::SettingState, rule, schema::Requirement,
};
use test_support::{KEY, Scratch, findings, load};

const URL: &str = "postgres://app:8sd7f6asd5@db.example.com/app?sslmode=verify-full";

/// One of each kind of field.
#[derive(Debug, Config)]
struct Settings {
    /// Where errors are reported.
    #[config(required_in_production)]
    sentry_dsn: Option<SecretText>,
    /// Signs the sessions.
    #[config(required_in_production)]
    signing_key: Option<JwtSecret>,
    /// Where it is.
    #[config(required_in_production, example = "eu-central-1")]
    region: Option<String>,
    /// Who may call.
    #[config(parse, required_in_production)]
    peers: Option<Vec<IpAddr>>,
    /// The address to bind.
    #[config(deserialize, required_in_production)]
    bind: Option<IpAddr>,
    /// The database; without one, a file on this machine.
    #[config(nested, required_in_production)]
    database: Option<Database>,
}

/// For each field, the variable that represents it in a report, and a value that makes it present.
const FIELDS: [(&str, &str); 6] = [
    ("SENTRY_DSN", "https://6b7f0c29d3e14a58@o1.ingest.example.com/2"),
    ("SIGNING_KEY", KEY),
    ("REGION", "eu-central-1"),
    ("PEERS", "10.0.0.1, 10.0.0.2"),
    ("BIND", "10.0.0.3"),
    ("DATABASE_URL", URL),
];

fn tier(tier: Tier) -> Environment {
    Environment::empty().set("ENVIRONMENT", tier.name())
}

fn production() -> Environment {
    tier(Tier::Production)
}

/// Returns an environment with the tier and everything set.
fn complete(tier: Tier) -> Environment {
    FIELDS.iter().fold(self::tier(tier), |environment, (name, value)| environment.set(*name, *value))
}

#[track_caller]
fn refused<T: Config>(environment: Environment) -> Refusal {
    load::<T>(environment).map(drop).expect_err("refused")
}

#[track_caller]
fn accepted<T: Config>(environment: Environment) -> Loaded<T> {
    load::<T>(environment).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Returns the code and subject of each finding.
fn told(report: &Report) -> Vec<(&str, &str)> {
    report.findings().iter().map(|finding| (finding.code(), finding.subject())).collect()
}
