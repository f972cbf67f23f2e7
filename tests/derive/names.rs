//! The names of variables.

use super::*;

#[derive(Debug, Config)]
#[config(prefix = "APP_")]
#[allow(non_snake_case, reason = "a name in camel case is one of the cases")]
struct Named {
    port: u16,
    maxConnections: u32,
    #[config(env = "PLAIN")]
    own: u8,
    #[config(env = ["FIRST", "SECOND"])]
    several: u8,
    r#type: u8,
}

#[test]
fn a_variable_follows_from_the_prefix_and_the_field() {
    let all = [("APP_PORT", "1"), ("APP_MAX_CONNECTIONS", "2"), ("PLAIN", "3"), ("SECOND", "4"), ("APP_TYPE", "5")];
    let named = accepted::<Named>(&all);
    assert_eq!((named.port, named.maxConnections, named.own, named.several, named.r#type), (1, 2, 3, 4, 5));
}

#[test]
fn every_missing_variable_is_in_one_report_under_its_first_name() {
    let refusal = refused::<Named>(&[("PORT", "1")]);
    let missing = ["APP_PORT", "APP_MAX_CONNECTIONS", "PLAIN", "FIRST", "APP_TYPE"];
    assert_eq!(findings(&refusal), missing.map(|name| ("setting-missing", name)));
}

#[test]
fn two_names_of_one_setting_must_agree() {
    let all = [("APP_PORT", "1"), ("APP_MAX_CONNECTIONS", "2"), ("PLAIN", "3"), ("APP_TYPE", "5"), ("FIRST", "4")];
    let with = |second| all.into_iter().chain([("SECOND", second)]).collect::<Vec<_>>();
    assert_eq!(accepted::<Named>(&with("4")).several, 4);
    assert_eq!(findings(&refused::<Named>(&with("5"))), [("setting-conflict", "FIRST")]);
}

#[test]
fn the_path_of_a_raw_field_is_its_plain_name() {
    let settings = Named::SCHEMA.settings();
    let paths: Vec<_> = settings.iter().map(|setting| setting.path()).collect();
    assert_eq!(paths, ["port", "maxConnections", "own", "several", "type"]);
}
