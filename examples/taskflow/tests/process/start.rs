//! Tests of the output before the service listens.

use crate::{on_ones_own_machine, taskflow, text};

#[test]
fn with_nothing_set_it_says_everything_and_exits_with_78() {
    let output = taskflow(&[]).output().unwrap();
    let (printed, report) = text(&output);
    assert_eq!((output.status.code(), printed.as_str()), (Some(78), ""));
    for variable in ["JWT_SECRET_KEY  missing", "CORS_ORIGINS  missing", "DATABASE_URL  missing"] {
        assert!(report.contains(variable), "{report}");
    }
}

#[test]
fn the_command_config_judges_as_the_start_does() {
    assert_eq!(taskflow(&["config", "check"]).output().unwrap().status.code(), Some(1));
    assert_eq!(on_ones_own_machine(&mut taskflow(&["config", "check"])).output().unwrap().status.code(), Some(0));
}

#[test]
fn the_example_of_an_environment_is_up_to_date() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/.env.example");
    let output = taskflow(&["config", "env", "--check", file]).output().unwrap();
    assert!(
        output.status.success(),
        "{output:?}\nrun `cargo run -p taskflow -- config env > examples/taskflow/.env.example`"
    );
}

#[test]
fn help_names_every_command_and_needs_no_configuration() {
    let output = taskflow(&["--help"]).output().unwrap();
    let (help, _) = text(&output);
    assert!(output.status.success());
    for word in ["migrate", "demo", "config"] {
        assert!(help.contains(word), "{help}");
    }
}

#[test]
fn a_database_that_is_not_there_is_one_line_without_the_password() {
    let mut command = taskflow(&["migrate"]);
    let url = "postgres://app:nGq7-canary-of-the-database-2Xw9@127.0.0.1:9/app";
    let output = on_ones_own_machine(&mut command).env("DATABASE_URL", url).output().unwrap();
    let (_, errors) = text(&output);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(errors, "error: the database cannot be used: 127.0.0.1:9/app: refused\n");
}
