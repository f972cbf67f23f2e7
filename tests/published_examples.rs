//! Values from published `.env` files and compose files, from other projects' bug reports, and from public lists of keys, each
//! with its expected findings.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(feature = "cors", feature = "derive"))]

use hardened::{
    Config, CorsSettings, Database, Environment, Jwt, Loaded, Loader, Refusal, Report, SecretJson, SecretText,
};
use serde_json::Value;

#[derive(Debug, Config)]
#[expect(dead_code, reason = "loaded, not read")]
struct Credential {
    /// What an issuer gave out.
    #[config(env = "STRIPE_KEY")]
    value: SecretText,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "loaded, not read")]
struct Json {
    /// What an issuer gave out as JSON.
    #[config(env = "GOOGLE_CREDENTIALS")]
    value: SecretJson,
}

/// Returns the codes of the findings, and whether the service starts.
fn told<T: Config>(tier: &str, variable: &str, value: &str) -> (Vec<&'static str>, bool) {
    let environment = Environment::empty().set("ENVIRONMENT", tier).set(variable, value);
    let codes = |report: &Report| report.findings().iter().map(|it| it.code()).collect();
    match Loader::new().environment(environment).load::<T>() {
        Ok(loaded) => (codes(Loaded::report(&loaded)), true),
        Err(refusal) => (codes(Refusal::report(&refusal)), false),
    }
}

#[test]
fn every_published_example_has_its_verdict() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("data/published_examples.json")).unwrap();
    let mut wrong = Vec::new();
    for row in &rows {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        let expected: Vec<&str> = row["told"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let (tier, value) = (text("tier"), text("value"));
        let (codes, starts) = match text("kind") {
            "key" => told::<Jwt>(tier, "JWT_SECRET_KEY", value),
            "credential" => told::<Credential>(tier, "STRIPE_KEY", value),
            "json" => told::<Json>(tier, "GOOGLE_CREDENTIALS", value),
            "database" => told::<Database>(tier, "DATABASE_URL", value),
            "origins" => told::<CorsSettings>(tier, "CORS_ORIGINS", value),
            kind => panic!("no such kind: {kind}"),
        };
        if codes != expected || Some(starts) != row["starts"].as_bool() {
            wrong.push(format!("{}\t{codes:?}\t{starts}\t{value}", text("id")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
