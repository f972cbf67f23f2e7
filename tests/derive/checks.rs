//! Checks across several fields.

use super::*;

#[derive(Debug, Config)]
#[config(check = ordered(min, max), check = Self::even(min))]
#[config(check = whole)]
#[config(check = Settings::also_whole)]
struct Settings {
    min: u8,
    max: u8,
    #[config(default = 0)]
    sum: u8,
    late: u8,
}

fn ordered(min: &u8, max: &u8) -> Result<(), Violation> {
    if min <= max { Ok(()) } else { Err(Violation::malformed("at most MAX")) }
}

fn whole(it: &Settings) -> Vec<Violation> {
    let wrong = |wrong: bool, fact: &'static str| wrong.then(|| Violation::malformed(fact));
    let sum = wrong(it.sum > it.max, "at most MAX").map(|it| it.about("sum"));
    sum.into_iter().chain(wrong(it.late == 0, "no configuration with LATE=0")).collect()
}

impl Settings {
    fn even(min: &u8) -> Result<(), Violation> {
        if min.is_multiple_of(2) { Ok(()) } else { Err(Violation::malformed(message!("a multiple of ", 2))) }
    }

    fn also_whole(&self) -> Result<(), Violation> {
        if self.late == 13 { Err(Violation::malformed("not 13").about("late")) } else { Ok(()) }
    }
}

fn with(values: [&'static str; 4]) -> Vec<(&'static str, &'static str)> {
    ["MIN", "MAX", "SUM", "LATE"].into_iter().zip(values).collect()
}

#[test]
fn checks_that_hold_say_nothing() {
    assert_eq!(accepted::<Settings>(&with(["2", "3", "1", "1"])).late, 1);
}

#[test]
fn a_check_of_fields_runs_although_a_later_field_is_missing() {
    let refusal = refused::<Settings>(&[("MIN", "3"), ("MAX", "2")]);
    let found = [("setting-malformed", "MIN"), ("setting-malformed", "MIN"), ("setting-missing", "LATE")];
    assert_eq!(findings(&refusal), found);
}

#[test]
fn a_check_of_fields_does_not_run_when_one_of_them_is_wrong() {
    let refusal = refused::<Settings>(&with(["4", "many", "1", "1"]));
    assert_eq!(findings(&refusal), [("setting-malformed", "MAX")]);
}

#[test]
fn a_check_of_the_whole_does_not_run_when_a_field_is_missing() {
    let refusal = refused::<Settings>(&[("MIN", "2"), ("MAX", "3"), ("SUM", "9")]);
    assert_eq!(findings(&refusal), [("setting-missing", "LATE")]);
}

#[test]
fn all_checks_are_in_one_report() {
    let refusal = refused::<Settings>(&with(["3", "2", "9", "0"]));
    let found = [
        ("setting-malformed", "MIN"),
        ("setting-malformed", "MIN"),
        ("setting-malformed", "SUM"),
        ("setting-malformed", "Settings"),
    ];
    assert_eq!(findings(&refusal), found);
    let refusal = refused::<Settings>(&with(["2", "3", "9", "13"]));
    assert_eq!(findings(&refusal), [("setting-malformed", "SUM"), ("setting-malformed", "LATE")]);
}

#[derive(Debug, Config)]
struct Outer {
    #[config(nested, prefix = "IN_")]
    inner: Settings,
}

#[test]
fn a_check_in_a_group_names_the_full_variable() {
    let refusal = refused::<Outer>(&[("IN_MIN", "4"), ("IN_MAX", "2"), ("IN_LATE", "1")]);
    assert_eq!(findings(&refusal), [("setting-malformed", "IN_MIN")]);
}
