//! Recognises files and pages that must not be public.

use hardened_strength::{Sighting, in_text};
use serde_json::Value;

use crate::answer::Answer;

/// How serious it is that everybody can read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The file holds secrets or source code.
    Secret,
    /// The file reveals internals of the service.
    Inside,
}

/// A file or page that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exposed {
    pub(crate) name: &'static str,
    pub(crate) sort: Sort,
}

const fn secret(name: &'static str) -> Exposed {
    Exposed { name, sort: Sort::Secret }
}

const fn inside(name: &'static str) -> Exposed {
    Exposed { name, sort: Sort::Inside }
}

/// Files that are recognised by a few words, if all of them are present.
const MARKS: &[(Exposed, &[&str])] = &[
    (secret("a git configuration"), &["[core]", "repositoryformatversion"]),
    (secret("a git configuration"), &["[remote \"", "url = "]),
    (secret("AWS credentials"), &["aws_secret_access_key"]),
    (secret("a private key"), &["-----BEGIN ", "PRIVATE KEY-----"]),
    (secret("a database dump"), &["CREATE TABLE ", "INSERT INTO "]),
    (secret("a database dump"), &["-- PostgreSQL database dump"]),
    (secret("the environment of a Spring service"), &["\"propertySources\":"]),
    (secret("the H2 console"), &["<title>H2 Console"]),
    (inside("the list of Spring actuators"), &["\"_links\":", "/actuator"]),
    (inside("metrics"), &["# TYPE "]),
    (inside("metrics"), &["# HELP "]),
    (inside("Go profiles"), &["/debug/pprof/", "goroutine"]),
    (inside("Go variables"), &["\"memstats\":", "\"cmdline\":"]),
    (inside("the Apache status page"), &["Apache Server Status for"]),
    (inside("the nginx status page"), &["Active connections:", "server accepts handled requests"]),
    (inside("phpinfo"), &["PHP Version", "phpinfo()"]),
    (inside("the Rails routes"), &["Rails.root", "Ruby version"]),
    (inside("the Symfony profiler"), &["Symfony Profiler"]),
    (inside("the Laravel Telescope console"), &["Telescope", "telescope-"]),
    (inside("the ELMAH log"), &["Error Log for", "ELMAH"]),
    (inside("a directory listing"), &["<title>Index of /"]),
    (inside("a directory listing"), &["<title>Directory listing for /"]),
    (inside("a directory listing"), &["<ListBucketResult"]),
];

/// Recognises the body of an answer.
pub(crate) fn exposed(answer: &Answer) -> Option<Exposed> {
    let text = String::from_utf8_lossy(&answer.body);
    if let Some((exposed, _)) = MARKS.iter().find(|(_, marks)| marks.iter().all(|mark| text.contains(mark))) {
        return Some(*exposed);
    }
    if answer.is_html() {
        return None;
    }
    if is_head_of_git(&text) {
        return Some(secret("a git repository"));
    }
    if is_env_file(&text) {
        return Some(secret("a file with environment variables"));
    }
    answer.json().filter(holds_secret).map(|_| secret("a configuration with secrets"))
}

/// Returns whether the text is `ref: refs/heads/main` or the like, or a commit hash.
fn is_head_of_git(text: &str) -> bool {
    let text = text.trim();
    let is_commit = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.starts_with("ref: refs/") || is_commit
}

/// Returns whether every line is empty, a comment, or an assignment to a name in capitals.
fn is_env_file(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    lines.peek().is_some() && lines.all(is_assignment)
}

fn is_assignment(line: &str) -> bool {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let is_name = |name: &str| {
        name.len() > 1
            && name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    line.split_once('=').is_some_and(|(name, _)| is_name(name.trim_end()))
}

/// Endings of the names of members whose values are secrets.
const SECRET_NAMES: &[&str] =
    &["password", "passwd", "secret", "private_key", "privatekey", "api_key", "apikey", "database_url"];

/// Returns whether a JSON document has a secret: a text in a member with such a name, or a value that looks like one.
fn holds_secret(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(name, value)| {
            let name = name.to_ascii_lowercase().replace('-', "_");
            let is_named = SECRET_NAMES.iter().any(|secret| name.ends_with(secret));
            let is_filled = value.as_str().is_some_and(|text| !text.is_empty() && !is_masked(text));
            (is_named && is_filled) || holds_secret(value)
        }),
        Value::Array(items) => items.iter().any(holds_secret),
        Value::String(text) => matches!(in_text(text), Some(Sighting::Password | Sighting::PrivateKey)),
        _ => false,
    }
}

/// Returns whether the text is masked, such as `******`, `<redacted>` or `[hidden]`.
fn is_masked(text: &str) -> bool {
    let is_mark = |symbol: char| matches!(symbol, '*' | '•' | 'x' | 'X' | '.' | '…');
    text.chars().all(is_mark) || text.starts_with(['<', '[', '*'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_content() {
        for (body, sort) in [
            ("DATABASE_URL=postgres://db\nDEBUG=1\n# a comment\n", Sort::Secret),
            ("export A_B=1", Sort::Secret),
            ("ref: refs/heads/main\n", Sort::Secret),
            ("[core]\n\trepositoryformatversion = 0\n", Sort::Secret),
            (r#"{"db":{"password":"hunter2"}}"#, Sort::Secret),
            (r#"{"url":"postgres://app:s3cr3t-9x@db/app"}"#, Sort::Secret),
            (r#"{"activeProfiles":[],"propertySources":[]}"#, Sort::Secret),
            ("# HELP http_requests_total x\n# TYPE http_requests_total counter\n", Sort::Inside),
            ("<html><title>/debug/pprof/</title>goroutine", Sort::Inside),
        ] {
            assert_eq!(exposed(&Answer::of(200, body)).map(|exposed| exposed.sort), Some(sort), "{body}");
        }
    }

    #[test]
    fn other_answers_at_the_same_paths_are_harmless() {
        for body in [
            "",
            "ok",
            "<!doctype html><title>app</title><div id=root></div>",
            r#"{"error":"not found"}"#,
            r#"{"config":{"theme":"dark","locale":"de"}}"#,
            r#"{"password":"******","resetPasswordUrl":"/reset"}"#,
            r#"{"passwordMinLength":12}"#,
            "name=value",
        ] {
            assert_eq!(exposed(&Answer::of(200, body)), None, "{body}");
        }
    }
}
