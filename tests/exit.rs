//! Exit statuses and start-up messages of services, tested in real processes.
#![cfg(feature = "derive")]

use std::process::{Command, Output};

use hardened::{Config, Environment, JwtSecret, Loaded, Loader, report::Announce};
use test_support::{KEY, Scratch};

fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// A command that runs an example of the library in an otherwise empty environment.
fn example(name: &str, variables: &[(&str, &str)]) -> Command {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    let binary = path.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.exists(), "cargo builds the example with the tests: run `cargo xtask test`");
    let mut command = Command::new(binary);
    command.env_clear().envs(variables.iter().copied()).current_dir(std::env::temp_dir());
    command
}

#[test]
fn a_refusal_is_printed_once_whatever_main_returns() {
    for (name, status, before) in [("exit", 78, ""), ("question_mark", 1, "Error: ")] {
        let (ended, output, errors) = run(&mut example(name, &[]));
        assert_eq!((ended, output.as_str()), (Some(status), ""), "{name}: {errors}");
        assert!(
            errors.starts_with(&format!("{before}refused to start: 1 problem (tier Production: ")),
            "{name}: {errors}"
        );
        for once in ["refused to start", "secret-missing", "JWT_SECRET_KEY  missing", "hardened init"] {
            assert_eq!(errors.matches(once).count(), 1, "{name}: {once}: {errors}");
        }
    }
}

#[test]
fn another_error_is_printed_once_with_status_1_and_success_ends_with_0() {
    let file = std::env::current_exe().unwrap().with_extension("exit-input");
    std::fs::write(&file, "a\nb\n").unwrap();
    for (input, status, output, errors) in [
        ("/no/such/file", 1, "", "error: No such file or directory (os error 2)\n"),
        (file.to_str().unwrap(), 0, "2 lines signed with ", ""),
    ] {
        let (ended, told, failed) = run(&mut example("exit", &[("JWT_SECRET_KEY", KEY), ("INPUT", input)]));
        assert_eq!((ended, failed.as_str()), (Some(status), errors), "{input}");
        assert!(told.starts_with(output) && !told.contains(KEY), "{told}");
    }
    std::fs::remove_file(file).unwrap();
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, and not all of it read")]
struct Settings {
    /// Signs the tokens.
    jwt_secret_key: JwtSecret,
    /// Where it listens.
    #[config(default = 8080)]
    port: u16,
}

/// The variable that tells the child process of the next test how to announce its start.
const CHILD: &str = "HARDENED_TEST_ANNOUNCE";

/// Each row runs in a separate process, whose standard error has only the message of the start.
#[test]
fn a_start_says_one_thing_on_standard_error_and_nothing_on_standard_output() {
    if let Some(way) = std::env::var_os(CHILD) {
        return start(way.to_str().unwrap());
    }
    let accepted =
        "configuration accepted (tier Production: ENVIRONMENT=production): 1 setting from variables, 1 default\n";
    for (way, key, status, expected) in [
        ("text", KEY, 0, accepted),
        (
            "text",
            "",
            78,
            "refused to start: 1 problem (tier Production: ENVIRONMENT=production)\n  JWT_SECRET_KEY  missing: ",
        ),
        ("json", KEY, 0, "{\"level\":\"info\",\"message\":\"configuration accepted (tier Production: "),
        ("json", "", 78, "{\"level\":\"error\",\"message\":\"refused to start: 1 problem (tier Production: "),
        ("refusal only", KEY, 0, ""),
        ("refusal only", "", 78, "refused to start: 1 problem (tier Production: "),
    ] {
        let mut child = Command::new(std::env::current_exe().unwrap());
        let test = "exit::a_start_says_one_thing_on_standard_error_and_nothing_on_standard_output";
        child.args(["--exact", test, "--nocapture", "--quiet"]).current_dir("/");
        child.env_clear().env(CHILD, way).env("ENVIRONMENT", "production").env("JWT_SECRET_KEY", key);
        let (ended, output, errors) = run(&mut child);
        assert_eq!(ended, Some(status), "{way}: {errors}");
        assert!(errors.starts_with(expected) && expected.is_empty() == errors.is_empty(), "{way}: {errors}");
        assert!(
            !errors.contains(KEY) && !output.contains("accepted") && !output.contains("refused"),
            "{way}: {output}"
        );
        let is_one_line = errors.lines().count() <= 1;
        assert!(is_one_line || status == 78 && way != "json", "{way}: {errors}");
        if way == "json" {
            let document: serde_json::Value = serde_json::from_str(&errors).unwrap();
            assert_eq!(document["report"]["tier"]["value"], "production");
            assert_eq!(document["report"]["outcome"], if status == 0 { "accepted" } else { "refused" });
        }
    }
}

fn start(way: &str) {
    let announce = match way {
        "text" => Announce::Text,
        "json" => Announce::Json,
        _ => Announce::RefusalOnly,
    };
    let settings = Loader::new().announce(announce).load_or_exit::<Settings>();
    assert_eq!(settings.port, 8080);
    // Otherwise the test harness would print more.
    std::process::exit(0);
}

/// Settings from every source that the summary line counts.
#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded, and not all of it read")]
struct Sources {
    /// Signs the tokens.
    jwt_secret_key: JwtSecret,
    /// From a variable.
    #[config(default = 1)]
    one: u16,
    /// From a variable.
    #[config(default = 2)]
    two: u16,
    /// From `.env`.
    three: Option<u16>,
    /// From `hardened.toml`.
    four: Option<u16>,
    /// From a provider.
    five: Option<u16>,
    /// From nowhere.
    six: Option<u16>,
}

#[derive(Debug, Config)]
struct Nothing {}

#[test]
fn the_line_of_an_accepted_start_counts_every_source() {
    let scratch = Scratch::new();
    let file = scratch.file("jwt", KEY);
    scratch.file(".env", "THREE=3\n");
    scratch.file("hardened.toml", "four = 4\n");
    let environment = Environment::empty()
        .set("ENVIRONMENT", "test")
        .set("ONE", "1")
        .set("TWO", "2")
        .set("SIX", " ")
        .set("JWT_SECRET_KEY_FILE", file)
        .working_directory(scratch.path());
    let loader = Loader::new().environment(environment);
    #[cfg(feature = "files")]
    let (loader, from_files) =
        (loader.figment(figment::providers::Serialized::default("five", 5)), "1 from hardened.toml, 1 from provider ");
    #[cfg(not(feature = "files"))]
    let from_files = "3 unset";
    let line = Loaded::summary(&loader.load::<Sources>().unwrap()).to_string();
    let first = "configuration accepted (tier Test: ENVIRONMENT=test): 1 setting from secret files, 2 from variables, 1 from .env, ";
    assert!(line.starts_with(first) && line.contains(from_files) && line.ends_with("1 note"), "{line}");

    let nothing = Loader::new().environment(Environment::empty()).load::<Nothing>().unwrap();
    let line = "configuration accepted (tier Production: ENVIRONMENT is not set): no settings";
    assert_eq!(Loaded::summary(&nothing).to_string(), line);
}

#[cfg(feature = "tracing")]
#[test]
fn a_service_can_log_the_summary_and_each_warning_as_events() {
    let environment = Environment::empty()
        .set("ENVIRONMENT", "production")
        .set("VERCEL", "1")
        .set("VERCEL_ENV", "preview")
        .set("JWT_SECRET_KEY", KEY);
    let loaded = Loader::new().environment(environment).load::<Settings>().unwrap();
    let log = test_support::log::Log::default();
    let guard = log.collect();
    Loaded::summary(&loaded).trace();
    drop(guard);
    let text = log.text();
    let events: Vec<_> = text.lines().collect();
    assert_eq!(events.len(), 2, "{text}");
    assert!(events[0].contains(" WARN ") && events[0].contains("code=\"tier-copied\""), "{text}");
    let line = "configuration accepted (tier Production: ";
    assert!(
        events[1].contains(" INFO ") && events[1].contains(line) && events[1].ends_with("tier=\"production\""),
        "{text}"
    );
}

#[test]
fn an_error_that_a_refusal_caused_ends_like_the_refusal() {
    use std::process::{ExitCode, Termination};

    #[derive(Debug)]
    struct Wrapped(hardened::Refusal);
    impl std::fmt::Display for Wrapped {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("the service cannot be set up")
        }
    }
    impl std::error::Error for Wrapped {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    let refusal = Loader::new().environment(Environment::empty()).load::<Settings>().unwrap_err();
    let ended = hardened::Exit::from(Err::<(), _>(Wrapped(refusal))).report();
    assert_eq!(format!("{ended:?}"), format!("{:?}", ExitCode::from(78)));
}
