//! The `config audit` command of a service that registers it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{ffi::OsString, path::Path};

use hardened_core::manifest::Manifest;

const MANIFEST: &str = include_str!("../../../examples/taskflow/audit/manifest.json");

/// Runs the command and returns the exit status, standard output and standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let command = hardened_audit::command(|| Manifest::parse(MANIFEST).unwrap()).rules(hardened::rule::ALL);
    let status = command.run(arguments.iter().map(OsString::from), &mut output, &mut errors);
    (status, String::from_utf8(output).unwrap(), String::from_utf8(errors).unwrap())
}

fn file(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/taskflow/audit").join(name).display().to_string()
}

#[test]
fn a_service_reports_on_its_own_configuration() {
    let (status, output, errors) = run(&[]);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert!(output.starts_with("# Audit of taskflow") && output.contains("Created from manifest by"), "{output}");
    let (status, output, _) = run(&["--verification", &file("verification.json"), "--format=json"]);
    let report = hardened_audit::Report::parse(&output).unwrap();
    assert_eq!((status, report.live.is_some()), (0, true));
    assert!(run(&["--format", "html"]).1.starts_with("<!doctype html>"));
    assert!(run(&["--help"]).1.contains("Usage: config audit"));
}

#[test]
fn a_manifest_file_is_used_instead_of_the_configuration() {
    let command = hardened_audit::command(|| unreachable!("the manifest comes from a file"));
    let arguments = ["--manifest".to_owned(), file("manifest.json")].map(OsString::from);
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    assert_eq!(command.run(arguments, &mut output, &mut errors), 0);
}

#[test]
fn an_unknown_argument_is_a_usage_error_and_is_not_repeated() {
    for (arguments, expected) in [
        (&["--sacn", "hunter2"][..], "unknown argument"),
        (&["hunter2"], "unknown argument"),
        (&["--scan"], "an option needs a value"),
        (&["--format", "hunter2"], "--format is one of"),
        (&["--scan", "nowhere.json"], "nowhere.json cannot be read"),
        (&["--decisions", env!("CARGO_MANIFEST_DIR")], "has no decision"),
    ] {
        let (status, output, errors) = run(arguments);
        assert_eq!((status, output.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains(expected) && !errors.contains("hunter2"), "{arguments:?}: {errors}");
    }
}
