//! The database's URL and settings, tested through the public interface only.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod deployments;
mod group;
mod matrix;
mod platforms;
// One feature set is enough, because the other programs do not depend on our features.
#[cfg(feature = "derive")]
mod readers;
pub(crate) mod relations;
mod roots;
mod rules;
mod silence;
mod typed;

use hardened::{Config, Database, Environment, Loaded, Loader, Refusal, finding::Severity};

/// Loads the database with one URL.
fn load(tier: &str, url: &str) -> Result<Loaded<Database>, Refusal> {
    load_in(Environment::empty().set("ENVIRONMENT", tier), url)
}

fn load_in(environment: Environment, url: &str) -> Result<Loaded<Database>, Refusal> {
    with(environment.set("DATABASE_URL", url))
}

fn with<T: Config>(environment: Environment) -> Result<Loaded<T>, Refusal> {
    Loader::new().environment(environment).load()
}

/// Returns the sorted codes of the findings with at least this severity, except those about the tier.
fn codes(outcome: &Result<Loaded<Database>, Refusal>, from: Severity) -> Vec<&'static str> {
    let report = match outcome {
        Ok(loaded) => Loaded::report(loaded),
        Err(refusal) => refusal.report(),
    };
    let mut codes: Vec<_> = report
        .findings()
        .iter()
        .filter(|finding| finding.severity() >= from && !finding.code().starts_with("tier-"))
        .map(|finding| finding.code())
        .collect();
    codes.sort_unstable();
    codes
}
