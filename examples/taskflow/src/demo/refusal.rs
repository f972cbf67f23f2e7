//! Loads the configuration with which the original service started, which is refused today.

use std::io;

use hardened::{Environment, Loader, Refusal};

use super::screen::{Line, Word};
use crate::Settings;

/// A tier that a comparison with `"production"` does not match, and the settings that were accepted because of that.
const ORIGINAL: [(&str, &str); 6] = [
    ("ENVIRONMENT", "Production "),
    ("JWT_SECRET_KEY", "your-secret-key-here"),
    ("DATABASE_URL", "postgresql://postgres:postgres@db:5432/taskflow?sslmode=disable"),
    ("CORS_ORIGINS", "*"),
    ("API_HOST", "https://api.example.com"),
    ("DEBUG", "true"),
];

/// The variables and rules that the refusal must name.
const NAMED: [(&str, &str); 6] = [
    ("JWT_SECRET_KEY", "secret-placeholder"),
    ("DATABASE_URL", "database-default-password"),
    ("DATABASE_URL", "database-tls"),
    ("CORS_ORIGINS", "origin-any"),
    ("API_HOST", "setting-malformed"),
    ("DEBUG", "debug-enabled"),
];

/// Returns the refusal of the original configuration, and fails if it is accepted.
pub(super) fn of_the_original() -> io::Result<Refusal> {
    let environment = ORIGINAL.iter().fold(Environment::empty(), |it, (name, value)| it.set(name, value));
    match Loader::new().environment(environment).load::<Settings>() {
        Ok(_) => Err(io::Error::other("the configuration of the original was accepted")),
        Err(refusal) => Ok(refusal),
    }
}

/// Checks that the refusal names every problem and shows no value.
pub(super) fn judge(refusal: &Refusal) -> [Line; 2] {
    let missing: Vec<_> = NAMED.iter().filter(|(name, rule)| !refusal.report().refuses(rule, name)).collect();
    let text = refusal.to_string();
    let shown: Vec<_> = ["your-secret-key-here", "postgres:postgres", "api.example.com"]
        .into_iter()
        .filter(|value| text.contains(value))
        .collect();
    [
        Line {
            claim: "Every problem is in one report.".to_owned(),
            word: Word::holds(missing.is_empty()),
            evidence: vec![format!("{} of {} problems named", NAMED.len() - missing.len(), NAMED.len())],
        },
        Line {
            claim: "No value is shown.".to_owned(),
            word: Word::holds(shown.is_empty()),
            evidence: vec![format!("searched for the key, the password and the host: {} found", shown.len())],
        },
    ]
}
