//! Interprets the body of a health check, in the vocabularies of many frameworks.

use serde_json::Value;

use crate::answer::Answer;

/// The state of the service according to its health check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The service works.
    Up,
    /// The service or its database does not work.
    Down,
    /// The body does not say.
    Unknown,
}

const UP: [&str; 13] = [
    "ok",
    "pass",
    "up",
    "healthy",
    "warn",
    "degraded",
    "alive",
    "available",
    "running",
    "success",
    "ready",
    "connected",
    "serving",
];

const DOWN: [&str; 14] = [
    "down",
    "fail",
    "failed",
    "failing",
    "error",
    "unhealthy",
    "critical",
    "unavailable",
    "disconnected",
    "unreachable",
    "out_of_service",
    "not_serving",
    "dead",
    "not ready",
];

/// Members that hold the overall state.
const SUMMARY: [&str; 7] = ["status", "state", "health", "healthy", "ok", "up", "result"];

/// Prefixes of the names of databases.
const DATABASES: [&str; 9] =
    ["database", "postgres", "mysql", "mariadb", "mongo", "sqlite", "sqlserver", "datasource", "oracle"];

pub(super) fn state(answer: &Answer) -> State {
    match answer.json() {
        Some(Value::Object(members)) => of_object(&Value::Object(members)),
        Some(value) => of_value(&value),
        None => of_text(&String::from_utf8_lossy(&answer.body)),
    }
}

fn of_object(body: &Value) -> State {
    let whole = SUMMARY.iter().find_map(|name| body.get(*name)).map_or(State::Unknown, of_value);
    if whole == State::Down || says_database_is_down(body) { State::Down } else { whole }
}

fn of_value(value: &Value) -> State {
    match value {
        Value::Bool(true) => State::Up,
        Value::Bool(false) => State::Down,
        Value::String(text) => of_text(text),
        Value::Object(_) => of_object(value),
        _ => State::Unknown,
    }
}

fn of_text(text: &str) -> State {
    let text = text.trim().trim_matches(['"', '.', '!']).to_ascii_lowercase();
    if UP.contains(&text.as_str()) {
        State::Up
    } else if DOWN.contains(&text.as_str()) {
        State::Down
    } else {
        State::Unknown
    }
}

/// Returns whether a member with the name of a database says that it is down, at any depth.
fn says_database_is_down(body: &Value) -> bool {
    match body {
        Value::Object(members) => members.iter().any(|(name, value)| {
            let is_down = match value {
                Value::Array(items) => items.iter().any(|item| of_value(item) == State::Down),
                value => of_value(value) == State::Down,
            };
            (is_database(name) && is_down) || says_database_is_down(value)
        }),
        Value::Array(items) => items.iter().any(says_database_is_down),
        _ => false,
    }
}

fn is_database(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut words = name.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    words.any(|word| word == "db" || word == "sql" || DATABASES.iter().any(|database| word.starts_with(database)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_of_many_frameworks_are_understood() {
        for (body, expected) in [
            (r#"{"status":"ok","database":"connected"}"#, State::Up),
            (r#"{"status":"warn","database":"connected","checks":{"cache":"refused"}}"#, State::Up),
            (r#"{"status":"UP","components":{"db":{"status":"UP"}}}"#, State::Up),
            (r#"{"status":"pass","checks":{"postgres:connections":[{"status":"pass"}]}}"#, State::Up),
            (r#"{"ok":true}"#, State::Up),
            ("OK", State::Up),
            ("Healthy", State::Up),
            (r#"{"status":"ok","database":"disconnected"}"#, State::Down),
            (r#"{"status":"UP","components":{"db":{"status":"DOWN"}}}"#, State::Down),
            (r#"{"status":"pass","checks":{"postgres:connections":[{"status":"fail"}]}}"#, State::Down),
            (r#"{"status":"ok","db":false}"#, State::Down),
            (r#"{"healthy":false}"#, State::Down),
            ("Unhealthy", State::Down),
            (r#"{"status":"ok","checks":{"cache":{"status":"down"}}}"#, State::Up),
            (r#"{"status":"ok","sandbox":"disconnected"}"#, State::Up),
            ("", State::Unknown),
            (r#"{"uptime":12.3}"#, State::Unknown),
            ("<html>", State::Unknown),
        ] {
            assert_eq!(state(&Answer::of(200, body)), expected, "{body}");
        }
    }
}
