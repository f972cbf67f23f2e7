//! Findings about a setting that is absent in production.

use super::*;

#[test]
fn each_absent_setting_is_reported_as_missing_with_its_near_miss() {
    let environment = production().set("SENTRY_DNS", "x").set("DATABASE_URI", URL);
    insta::assert_snapshot!(refused::<Settings>(environment));
}

#[test]
fn a_near_miss_that_refuses_nothing_is_a_note() {
    let misspelt = |at| complete(at).unset("DATABASE_URL").set("DATABASE_URI", URL).unset("REGION").set("REGIO", "x");
    let notes = [("setting-misspelt", "REGIO"), ("setting-misspelt", "DATABASE_URI")];
    assert_eq!(findings::<Settings>(misspelt(Tier::Development)), notes.map(|(code, name)| (code, name.to_owned())));
    let loader = Loader::new().environment(misspelt(Tier::Production));
    let waived = ["DATABASE_URL", "REGION"]
        .iter()
        .fold(loader, |loader, name| loader.waive(rule::SETTING_ABSENT, name, "it runs without"));
    assert_eq!(told(Loaded::report(&waived.load::<Settings>().unwrap())), notes);
}

#[test]
fn a_blank_variable_is_unset_and_reported_as_blank() {
    for name in ["SENTRY_DSN", "DATABASE_URL"] {
        let refusal = refused::<Settings>(complete(Tier::Production).set(name, " "));
        assert_eq!(told(refusal.report()), [("setting-absent", name), ("setting-blank", name)]);
    }
}

#[test]
fn the_table_shows_what_is_refused_and_what_is_only_unset() {
    let state = |table: &hardened::report::Table, path: &str| {
        table.rows().iter().find(|row| row.path() == path).map(hardened::report::Row::state)
    };
    let refusal = refused::<Settings>(production());
    assert_eq!(state(refusal.table(), "sentry_dsn"), Some(SettingState::Missing));
    assert_eq!(state(refusal.table(), "database.url"), Some(SettingState::Missing));
    let loaded = accepted::<Settings>(tier(Tier::Development));
    assert_eq!(state(Loaded::table(&loaded), "sentry_dsn"), Some(SettingState::Unset));
    assert_eq!(state(Loaded::table(&loaded), "database.url"), None);
}
