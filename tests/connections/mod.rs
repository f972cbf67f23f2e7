//! Redis and other servers, tested through the public interface only.

mod leaks;
mod mysql;
mod otlp;
mod promises;
mod redis;
mod relations;
mod s3;
mod smtp;
mod sources;

use hardened::{Config, Environment, Loaded, Loader, Refusal, finding::Severity};

/// Returns an environment with a tier and some variables.
fn environment(tier: &str, variables: &[(&str, &str)]) -> Environment {
    let environment = Environment::empty().set("ENVIRONMENT", tier);
    variables.iter().fold(environment, |environment, (name, value)| environment.set(*name, *value))
}

fn load<T: Config>(environment: Environment) -> Result<Loaded<T>, Refusal> {
    Loader::new().environment(environment).load()
}

/// Returns the sorted codes of the findings with at least this severity.
fn codes<T>(outcome: &Result<Loaded<T>, Refusal>, from: Severity) -> Vec<&'static str> {
    let report = match outcome {
        Ok(loaded) => Loaded::report(loaded),
        Err(refusal) => refusal.report(),
    };
    let told = report.findings().iter().filter(|it| it.severity() >= from && !it.code().starts_with("tier-"));
    let mut codes: Vec<_> = told.map(|finding| finding.code()).collect();
    codes.sort_unstable();
    codes
}

/// Loads in Production: returns whether it starts, and the code of each finding.
fn production<T: Config>(variables: &[(&str, &str)]) -> (bool, Vec<&'static str>) {
    let outcome = load::<T>(environment("production", variables));
    (outcome.is_ok(), codes(&outcome, Severity::Note))
}
