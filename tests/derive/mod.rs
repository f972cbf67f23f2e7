//! `#[derive(Config)]`: the effect of every attribute when the configuration is loaded.
#![cfg(feature = "derive")]
#![allow(dead_code, reason = "many fields are there to be refused")]
#![allow(clippy::panic, clippy::expect_used, reason = "helpers of tests are test code")]

mod checks;
mod choices;
mod defaults;
mod foreign;
mod groups;
mod loaders;
mod names;
mod optional;
#[cfg(feature = "regex")]
mod rules;
mod secret_types_of_a_users_own;
mod showing;
mod tiers;

use std::{net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

use hardened::{
    Config, Environment, Loaded, Loader, Refusal, SecretText, Setting, Tier, Violation,
    load::Reason,
    message,
    report::{Row, SettingState},
    rule,
    schema::{Field, Requirement},
};

fn load<T: Config>(variables: &[(&str, &str)]) -> Result<Loaded<T>, Refusal> {
    Loader::new().environment(variables.iter().copied().collect()).load()
}

#[track_caller]
fn accepted<T: Config>(variables: &[(&str, &str)]) -> Loaded<T> {
    match load(variables) {
        Ok(loaded) => loaded,
        Err(refusal) => panic!("{refusal}"),
    }
}

#[track_caller]
fn refused<T: Config>(variables: &[(&str, &str)]) -> Refusal {
    match load::<T>(variables) {
        Ok(loaded) => panic!("accepted: {loaded:?}"),
        Err(refusal) => refusal,
    }
}

/// Returns the code and subject of every finding.
fn findings(refusal: &Refusal) -> Vec<(&str, &str)> {
    refusal.report().findings().iter().map(|finding| (finding.code(), finding.subject())).collect()
}

#[track_caller]
fn row<'a>(rows: &'a [Row], path: &str) -> &'a Row {
    rows.iter().find(|row| row.path() == path).expect("a row for the path")
}

#[test]
fn every_problem_is_in_one_report() {
    #[derive(Debug, Config)]
    #[config(check = never(first))]
    struct Settings {
        first: u8,
        second: SecretText,
        third: Duration,
        #[config(nested)]
        group: Group,
        last: bool,
    }
    #[derive(Debug, Config)]
    struct Group {
        inner: u8,
    }
    fn never(_: &u8) -> Result<(), Violation> {
        Err(Violation::malformed("never right"))
    }
    let refusal = refused::<Settings>(&[("FIRST", "1"), ("THIRD", "30"), ("LAST", "maybe")]);
    let found = [
        ("setting-malformed", "FIRST"),
        ("secret-missing", "SECOND"),
        ("setting-malformed", "THIRD"),
        ("setting-missing", "INNER"),
        ("setting-malformed", "LAST"),
    ];
    assert_eq!(findings(&refusal), found);
}

#[test]
fn a_struct_without_fields_is_always_complete() {
    #[derive(Debug, Config)]
    struct Nothing {}
    assert!(Loaded::table(&accepted::<Nothing>(&[])).rows().is_empty());
}
