//! The pool, migrations, and the URL for other programs.

use hardened::{Database, Environment, Setting, database::DatabaseUrl, finding::Severity};

use crate::database::{codes, load, load_in, with};

const NEON: &str = "postgresql://alex:8sd7f6asd5@ep-cool-1-pooler.us-east-2.aws.neon.tech/db?sslmode=require";

fn production() -> Environment {
    Environment::empty().set("ENVIRONMENT", "production")
}

#[test]
fn the_pool_fits_neon_unless_told_otherwise() {
    let database = load("production", NEON).unwrap();
    let pool = database.pool();
    let seconds = [pool.lifetime(), pool.idle_timeout(), pool.acquire_timeout()].map(|period| period.as_secs());
    assert_eq!((pool.max_connections(), pool.min_connections(), seconds), (12, 0, [1800, 120, 5]));
}

#[test]
fn the_pool_is_bounded() {
    for (name, value, code) in [
        ("DATABASE_POOL_MAX", "0", "setting-malformed"),
        ("DATABASE_POOL_MAX", "1001", "setting-malformed"),
        ("DATABASE_POOL_MAX", "twelve", "setting-malformed"),
        ("DATABASE_POOL_MIN", "-1", "setting-malformed"),
        ("DATABASE_POOL_MIN", "13", "setting-inconsistent"),
        ("DATABASE_POOL_LIFETIME", "59s", "setting-malformed"),
        ("DATABASE_POOL_LIFETIME", "25h", "setting-malformed"),
        ("DATABASE_POOL_IDLE", "4s", "setting-malformed"),
        ("DATABASE_POOL_IDLE", "0s", "setting-malformed"),
        ("DATABASE_POOL_ACQUIRE_TIMEOUT", "99ms", "setting-malformed"),
        ("DATABASE_POOL_ACQUIRE_TIMEOUT", "61s", "setting-malformed"),
    ] {
        let refusal = load_in(production().set(name, value), NEON).unwrap_err();
        assert!(refusal.report().refuses(code, name), "{name}={value}\n{refusal}");
    }
}

#[test]
fn an_idle_limit_that_races_neons_suspension_is_a_warning() {
    for (url, idle, expected) in [
        (NEON, "300s", &["database-idle-limit"][..]),
        (NEON, "241s", &["database-idle-limit"]),
        (NEON, "240s", &[]),
        ("postgres://u:8sd7f6asd5@h/db", "300s", &[]),
    ] {
        let outcome = load_in(production().set("DATABASE_POOL_IDLE", idle), url);
        assert_eq!(codes(&outcome, Severity::Warning), expected, "{idle} {url}");
        assert!(outcome.is_ok());
    }
}

#[test]
fn migrations_go_around_the_pooler() {
    let database = load("production", NEON).unwrap();
    assert_eq!(database.direct_host(), "ep-cool-1.us-east-2.aws.neon.tech");
    let direct = DatabaseUrl::parse(&database.expose_direct_url()).unwrap();
    assert_eq!((direct.host(), direct.database()), (database.direct_host(), Some("db")));
    for name in ["DATABASE_DIRECT_URL", "DATABASE_URL_UNPOOLED"] {
        let own = production().set(name, "postgres://alex:8sd7f6asd5@direct.example.com/db");
        assert_eq!(load_in(own, NEON).unwrap().direct_host(), "direct.example.com");
        let weak = production().set(name, "postgres://alex:8sd7f6asd5@direct.example.com/db?sslmode=disable");
        let refusal = load_in(weak, NEON).unwrap_err();
        assert!(refusal.report().refuses("database-tls", "DATABASE_DIRECT_URL"), "{refusal}");
    }
}

#[test]
fn another_program_gets_a_url_that_enforces_the_same() {
    for (url, standard) in [
        ("postgres://u:p@ss@h/db", "postgresql://u:p%40ss@h:5432/db?sslmode=require"),
        (
            "postgres://u:8sd7f@/db?host=/cloudsql/p:r:i",
            "postgresql://u:8sd7f@/db?host=%2Fcloudsql%2Fp%3Ar%3Ai&port=5432",
        ),
        (
            "postgresql+asyncpg://u:8sd7f@h:1/db?sslrootcert=system&options=-c%20geqo%3Doff",
            "postgresql://u:8sd7f@h:1/db?sslmode=verify-full&sslrootcert=system&options=-c%20geqo%3Doff",
        ),
        ("postgres://u:8sd7f@[2001:db8::1]/db", "postgresql://u:8sd7f@[2001:db8::1]:5432/db?sslmode=require"),
    ] {
        let database = load("production", url).unwrap();
        assert_eq!(database.expose_standard_url().as_str(), standard);
    }
}

#[test]
fn a_missing_database_is_reported_with_its_variable() {
    let refusal = with::<Database>(production()).unwrap_err();
    assert!(refusal.report().refuses("secret-missing", "DATABASE_URL"));
}
