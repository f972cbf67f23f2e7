//! What the command says about itself.

mod support;

use support::{hardened, run, run_with};

#[test]
fn help_is_the_same_as_reviewed() {
    for (name, arguments) in [
        ("hardened", &["--help"][..]),
        ("init", &["init", "--help"]),
        ("secret", &["secret", "--help"]),
        ("explain", &["explain", "--help"]),
    ] {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{name}");
        insta::assert_snapshot!(format!("help-{name}"), ran.stdout);
    }
}

#[test]
fn version_names_the_command() {
    let ran = run(&["--version"]);
    assert_eq!((ran.status, ran.stdout), (0, format!("hardened {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [
        &[][..],
        &["frobnicate"],
        &["init", "--frobnicate"],
        &["secret", "--bytes", "48", "--check"],
        &["secret", "--required", "48"],
        &["explain", "no-such-rule"],
        &["explain", "--format", "yaml"],
    ] {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn output_to_a_pipe_has_no_colour_unless_it_is_forced() {
    for arguments in [&["--help"][..], &["explain"], &["explain", "secret-uuid"], &["explain", "no-such-rule"]] {
        let ran = run(arguments);
        assert!(!ran.told().contains('\u{1b}'), "{arguments:?}");
    }
    let ran = run_with(&["secret", "--check"], b"short");
    assert!(!ran.told().contains('\u{1b}'));

    let forced = hardened(&["explain", "secret-uuid"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(forced.stdout.contains(&0x1b), "the colours are there");
    let plain = hardened(&["explain", "secret-uuid"]).env("NO_COLOR", "1").output().unwrap();
    assert!(!plain.stdout.contains(&0x1b));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::Stdio;

    for arguments in [&["explain"][..], &["secret", "--bytes", "3072"], &["explain", "--format", "json"]] {
        let mut child = hardened(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}
