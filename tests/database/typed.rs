//! What people really type, each with its verdict.

use hardened::finding::Severity;

use crate::database::{codes, load};

/// A tier, a URL, what is told of errors and warnings, and what is told besides.
type Row = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const ROWS: &[Row] = &[
    // Examples that nobody filled in.
    ("production", "postgresql://postgres:{password}@db.example.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://postgres:%7Bpassword%7D@db.example.com/app", &["database-placeholder"], ADDED),
    (
        "production",
        "postgresql://postgres:[YOUR-PASSWORD]@db.abcdefgh.supabase.co:5432/postgres",
        &["database-placeholder"],
        ADDED,
    ),
    ("production", "postgresql://{user}:8sd7f6asd5@db.example.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:your_db_password@db.example.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@db.yourdomain.com/app", &["database-placeholder"], ADDED),
    ("development", "postgresql://username:password@hostname:port/database", &["database-placeholder"], &[]),
    (
        "development",
        "postgresql://<USER-HERE>:<PASSWORD-HERE>@localhost:5432/<DATABASE NAME HERE>",
        &["database-placeholder"],
        &[],
    ),
    (
        "development",
        "postgresql://postgres:[YOUR PASSWORD]@db.example.com:5432/postgres",
        &["database-placeholder"],
        &[],
    ),
    (
        "development",
        "postgresql://postgres:8sd7f6asd5@db.<PROJECT_REF>.supabase.co:5432/postgres",
        &["database-placeholder"],
        &[],
    ),
    ("development", "postgresql://postgres:8sd7f6asd5@[YOUR-HOST]/postgres", &["database-placeholder"], &[]),
    ("development", "postgresql://{user}:{password}@{host}:{port}/{database}", &["database-placeholder"], &[]),
    ("production", "postgresql://app:${DB_PASSWORD}@db.example.com/app", &["secret-reference"], &[]),
    ("production", "postgresql://app:{{ db_password }}@db.example.com/app", &["secret-reference"], &[]),
    ("production", "postgresql://app:%DB_PASSWORD%@db.example.com/app", &["secret-reference"], &[]),
    ("production", "awssm://prod/database", &["secret-reference"], &[]),
    ("production", "postgresql://app:tu_password_segura@db.example.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:TU_CLAVE@db.example.com/app", &["database-placeholder"], ADDED),
    // Passwords that everybody tries first.
    ("production", "postgresql://app:password123@db.example.com/app", &["database-default-password"], ADDED),
    ("production", "postgresql://app:p4ssw0rd@db.example.com/app", &["database-default-password"], ADDED),
    ("production", "postgresql://app:app123@db.example.com/app", &["database-default-password"], ADDED),
    (
        "production",
        "postgresql://postiz-user:postiz-password@db.example.com/app",
        &["database-default-password"],
        ADDED,
    ),
    ("production", "postgresql://shop:Shop2024!@db.example.com/app", &["database-default-password"], ADDED),
    ("development", "postgresql://app:app123@localhost/app", &[], &[]),
    // A database on the machine itself, without what only others need.
    ("development", "postgres://localhost/app_dev", &[], &["database-user-missing"]),
    ("test", "postgresql://localhost:5432/app", &[], &["database-user-missing"]),
    ("development", "postgresql:///mydb", &[], &["database-host-missing", "database-user-missing"]),
    ("development", "postgresql://app:app@/mydb", &[], &["database-host-missing"]),
    (
        "production",
        "postgres://localhost/app",
        &["database-loopback", "database-password-missing", "database-user-missing"],
        &[],
    ),
    ("production", "postgresql://app:8sd7f6asd5@/app", &["database-host-missing"], &[]),
    ("production", "postgresql:///app?host=/cloudsql/p:r:i", &["database-user-missing"], &[]),
    // Real ones.
    ("production", "postgresql://app:Zk3vT9-wq8@db.example.com/app", &[], ADDED),
    ("production", "postgresql://app:passage-8sd7f@db.example.com/app", &[], ADDED),
    ("production", "postgresql://shop:shopkeeper81otter@my-db/app", &[], ADDED),
];

const ADDED: &[&str] = &["database-tls-added"];

#[test]
fn what_people_type_has_its_decided_verdict() {
    for (tier, url, problems, notes) in ROWS {
        let outcome = load(tier, url);
        assert_eq!(codes(&outcome, Severity::Warning), *problems, "{tier} {url}");
        let mut all = [*problems, *notes].concat();
        all.sort_unstable();
        assert_eq!(codes(&outcome, Severity::Note), all, "{tier} {url}");
        assert_eq!(outcome.is_err(), !problems.is_empty(), "{tier} {url}");
    }
}

#[test]
fn a_missing_url_says_what_one_looks_like() {
    let environment = hardened::Environment::empty().set("ENVIRONMENT", "production");
    let refusal = crate::database::with::<hardened::Database>(environment).unwrap_err().to_string();
    assert!(refusal.contains("postgres://USER:PASSWORD@HOST:5432/DATABASE"), "{refusal}");
}
