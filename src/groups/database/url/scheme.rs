//! The scheme of a URL.

use crate::{Violation, message, rule};

/// The schemes that mean the PostgreSQL protocol. A `+driver` after one (SQLAlchemy) and a `jdbc:` before it are ignored.
const POSTGRES: [&str; 5] = ["postgres", "postgresql", "postgis", "cockroachdb", "cockroach"];

/// Other schemes that a message may name, to help the person who pasted one.
const OTHERS: [&str; 12] = [
    "mysql",
    "mariadb",
    "sqlite",
    "mongodb",
    "redis",
    "rediss",
    "mssql",
    "sqlserver",
    "https",
    "http",
    "prisma",
    "libsql",
];

/// Checks the scheme, and returns the text after it and `://`.
///
/// # Errors
///
/// `database-scheme`, `database-malformed`.
pub(super) fn behind(text: &str) -> Result<&str, Violation> {
    let Some((scheme, rest)) = text.split_once("://") else { return Err(missing(text)) };
    let name = scheme.strip_prefix("jdbc:").unwrap_or(scheme);
    let family = name.split_once('+').map_or(name, |(family, _)| family);
    let is = |candidate: &&&str| family.eq_ignore_ascii_case(candidate);
    if POSTGRES.iter().any(|candidate| is(&candidate)) {
        return Ok(rest);
    }
    Err(match OTHERS.iter().find(is) {
        Some(other) => Violation::new(
            rule::DATABASE_SCHEME,
            message!("the URL begins with ", *other, "://; must begin with postgres://"),
        ),
        None => Violation::new(rule::DATABASE_SCHEME, "the scheme must be postgres:// or postgresql://"),
    })
}

fn missing(text: &str) -> Violation {
    if text.starts_with("sqlite:") || text.starts_with("file:") {
        return Violation::new(rule::DATABASE_SCHEME, "an SQLite file; must be a PostgreSQL URL");
    }
    if is_key_value(text) {
        return Violation::new(rule::DATABASE_MALFORMED, "a connection string such as `host=… user=…`; must be a URL");
    }
    Violation::new(rule::DATABASE_MALFORMED, "must begin with postgres://")
}

/// Returns whether a text is a connection string of libpq (`host=h user=u`) or ADO.NET (`Host=h;Username=u`).
fn is_key_value(text: &str) -> bool {
    let keys = ["host", "hostaddr", "server", "user", "username", "dbname", "database", "password", "port", "service"];
    text.split([' ', ';']).any(|pair| {
        pair.split_once('=').is_some_and(|(key, _)| keys.iter().any(|known| known.eq_ignore_ascii_case(key.trim())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_postgresql_is_accepted_and_nothing_else() {
        for (text, outcome) in [
            ("postgres://", Ok("")),
            ("postgresql://h", Ok("h")),
            ("POSTGRES://h", Ok("h")),
            ("postgresql+asyncpg://h", Ok("h")),
            ("postgresql+psycopg2://h", Ok("h")),
            ("jdbc:postgresql://h", Ok("h")),
            ("postgis://h", Ok("h")),
            ("cockroachdb://h://x", Ok("h://x")),
            ("mysql://h", Err("database-scheme")),
            ("postgres2://h", Err("database-scheme")),
            ("sqlite::memory:", Err("database-scheme")),
            ("postgres:u:p@h", Err("database-malformed")),
            ("host=h user=u", Err("database-malformed")),
            ("Host=h;Username=u", Err("database-malformed")),
            ("", Err("database-malformed")),
        ] {
            assert_eq!(behind(text).map_err(|violation| violation.rule().code()), outcome, "{text}");
        }
    }
}
