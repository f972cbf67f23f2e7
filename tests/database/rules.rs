//! The messages of the rules, and the tiers in which they apply.

use hardened::{Database, Environment, Loaded, Loader, Tier, rule, rule::Level};

#[test]
fn no_rule_of_the_database_is_laxer_in_preview_than_in_production() {
    for rule in rule::ALL.iter().filter(|rule| rule.code().starts_with("database-")) {
        assert_eq!(rule.level(Tier::Preview), rule.level(Tier::Production), "{rule}");
        assert_ne!(rule.level(Tier::Production), Level::Off, "{rule}");
        assert!(!rule.why().is_empty() && rule.remedy() != Some(""), "{rule}");
    }
}

#[test]
fn the_remedy_of_an_ambiguous_password_names_the_encodings_and_nothing_of_the_value() {
    let refusal = crate::database::load("production", "postgres://u:hunter2@a/b@h/db").unwrap_err();
    assert_eq!(
        refusal.to_string().lines().skip(1).take(3).map(str::trim).collect::<Vec<_>>(),
        [
            "DATABASE_URL  malformed: the password contains a character that is not percent-encoded, so the host could begin in several places",
            "fix: percent-encode the user name and password: @ as %40, : as %3A, / as %2F, # as %23, ? as %3F, % as %25, a space as %20; or set PGHOST, PGUSER, PGPASSWORD and PGDATABASE instead",
            "database-ambiguous · url · variable DATABASE_URL",
        ]
    );
}

#[test]
fn another_host_is_refused_with_the_programs_that_read_it_and_may_be_waived() {
    let url = "postgres://u:p@evil,hunter2@h/db";
    let refusal = crate::database::load("production", url).unwrap_err().to_string();
    let fact =
        "the password goes to another host when the URL is read by libpq, asyncpg, SQLAlchemy, pgx, tokio-postgres";
    assert!(refusal.contains(fact) && !refusal.contains("hunter2") && !refusal.contains("evil"), "{refusal}");
    assert!(
        Loaded::report(&crate::database::load("development", url).unwrap()).has("database-other-host", "DATABASE_URL")
    );
    let environment = Environment::empty().set("ENVIRONMENT", "production").set("DATABASE_URL", url);
    let loader = Loader::new().environment(environment);
    let waived =
        loader.waive(rule::DATABASE_OTHER_HOST, "DATABASE_URL", "no other program reads it").load::<Database>();
    assert_eq!(waived.unwrap().url().host(), "h");
}

#[test]
fn an_unescaped_password_is_a_warning_that_names_the_escape() {
    let loaded = crate::database::load("production", "postgres://u:p@!s#w@h/db").unwrap();
    let report = Loaded::report(&loaded).to_string();
    assert!(report.contains("write @ as %40, # as %23"), "{report}");
}
