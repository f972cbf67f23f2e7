//! Help, version, usage errors, colours and completions of the command.

mod support;

use support::{hardened, run, run_with};

#[test]
fn help_matches_the_reviewed_snapshots() {
    for (name, arguments) in [
        ("hardened", &["--help"][..]),
        ("init", &["init", "--help"]),
        ("scan", &["scan", "--help"]),
        ("secret", &["secret", "--help"]),
        ("explain", &["explain", "--help"]),
        ("completions", &["completions", "--help"]),
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
        &["completions", "cmd"],
        &["--color", "blue", "explain"],
        &["init", "--tier-variable", "NOT A NAME"],
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
    assert!(forced.stdout.contains(&0x1b), "CLICOLOR_FORCE must add colours");
    let plain = hardened(&["explain", "secret-uuid"]).env("NO_COLOR", "1").output().unwrap();
    assert!(!plain.stdout.contains(&0x1b));
}

#[test]
fn colour_can_be_chosen_before_or_after_the_command() {
    for (arguments, has_color) in [
        (&["--color", "always", "explain", "secret-uuid"][..], true),
        (&["explain", "secret-uuid", "--color=always"], true),
        (&["explain", "no-such-rule", "--color", "always"], true),
        (&["--color=always", "--help"], true),
        (&["--color=always", "init", "--frobnicate"], true),
        (&["--color", "never", "explain", "secret-uuid"], false),
    ] {
        let output = hardened(arguments).env("CLICOLOR_FORCE", if has_color { "0" } else { "1" }).output().unwrap();
        let told = [output.stdout, output.stderr].concat();
        assert_eq!(told.contains(&0x1b), has_color, "{arguments:?}");
    }
}

#[test]
fn a_secret_given_by_mistake_is_not_repeated_even_behind_options() {
    for arguments in [
        &["secret", "hunter2"][..],
        &["--color", "never", "secret", "hunter2"],
        &["--color=never", "secret", "--key=hunter2"],
    ] {
        let ran = run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert!(!ran.told().contains("hunter2"), "{}", ran.told());
    }
}

#[test]
fn completions_know_every_command_in_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = run(&["completions", shell]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{shell}");
        for word in ["init", "secret", "explain", "completions", "tier-variable", "required"] {
            assert!(ran.stdout.contains(word), "{shell}: {word}");
        }
    }
}

#[cfg(unix)]
#[test]
fn bash_completes_a_command_and_its_options() {
    let script = r#"
        source /dev/stdin
        COMP_WORDS=(hardened "$1" "$2"); COMP_CWORD=${#COMP_WORDS[@]}; ((COMP_CWORD--)); [ -n "$2" ] || { COMP_WORDS=(hardened "$1"); COMP_CWORD=1; }
        _hardened hardened "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        echo "${COMPREPLY[*]}"
    "#;
    let Ok(version) = std::process::Command::new("bash").arg("--version").output() else { return };
    assert!(version.status.success());
    for (words, expected) in
        [(["ex", ""], "explain"), (["secret", "--req"], "--required"), (["init", "--ti"], "--tier-variable")]
    {
        use std::io::Write;
        let mut bash = std::process::Command::new("bash");
        bash.args(["-c", script, "bash"]).args(words);
        bash.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut child = bash.spawn().unwrap();
        child.stdin.take().unwrap().write_all(run(&["completions", "bash"]).stdout.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), expected, "{words:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_not_an_error() {
    use std::process::Stdio;

    for arguments in [&["explain"][..], &["secret", "--bytes", "3072"], &["explain", "--format", "json"]] {
        let mut child = hardened(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}
