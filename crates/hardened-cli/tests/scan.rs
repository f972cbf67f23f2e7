//! `hardened scan`, from the command line to its output.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{fs, path::Path, process::Command};

use serde_json::{Value, json};
use support::{Project, Ran, hardened, python, run, validated};

const KEY: &str = "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

/// Returns a tree without secrets, and a file of values outside it.
fn project() -> Project {
    Project::bare(&[
        ("values.env", &format!("JWT_SECRET_KEY={KEY}\nPORT=8080\n")),
        ("tree/readme.md", "nothing\n"),
        ("tree/src/main.rs", "fn main() {}\n"),
    ])
}

/// Runs the command in the tree; the key is the only secret in the environment.
fn scan(project: &Project, arguments: &[&str]) -> Ran {
    command(project, arguments).env("JWT_SECRET_KEY", KEY).output().unwrap().into()
}

fn command(project: &Project, arguments: &[&str]) -> Command {
    let mut command = hardened(&["scan", "--quiet"]);
    command.current_dir(project.path("tree")).args(arguments).env_remove("JWT_SECRET_KEY");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    command
}

fn git(project: &Project, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(project.path("tree")).args(["-c", "user.name=A", "-c", "user.email=a@example.com"]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn leak() -> String {
    format!("first\nkey = {KEY}\n")
}

#[test]
fn the_exit_status_says_whether_something_was_found_or_nothing_was_searched() {
    let project = project();
    for (arguments, status, expected) in [
        (&[][..], 0, "nothing found in 2 files"),
        (&["--names", "JWT_SECRET_KEY"], 0, "searched for 1 value"),
        (
            &["--names", "HARDENED_TEST_NOT_SET"],
            2,
            "nothing was searched: no secret has a value to search for: HARDENED_TEST_NOT_SET (the value is not set here); set",
        ),
        (&["--names", "HARDENED_TEST_NOT_SET", "--values-if-set"], 0, "HARDENED_TEST_NOT_SET  not searched"),
        (&["--values-only"], 2, "nothing was searched: no secret has a value"),
        (&["--history", "--names", "JWT_SECRET_KEY"], 2, "not in a git repository"),
        (&["--staged"], 2, "not in a git repository"),
        (&["--since", "yesterday", "--names", "JWT_SECRET_KEY"], 2, "not in a git repository"),
        (&["missing"], 2, "does not exist"),
        (&["--env-file", "missing"], 2, "cannot be read"),
        (&["--accepted", "missing"], 2, "cannot be read"),
        (&["--names", "it's a value"], 2, "never values"),
        (&["--history", "--staged"], 2, "cannot be used with"),
        (&["--staged", "--resume", "x"], 2, "cannot be used with"),
        (&["--values-only", "--values-if-set"], 2, "cannot be used with"),
        (&["--format", "yaml"], 2, "invalid value"),
    ] {
        let ran = scan(&project, arguments);
        assert_eq!(ran.status, status, "{arguments:?}: {}", ran.told());
        assert!(ran.told().contains(expected), "{arguments:?}: {}", ran.told());
        assert!(ran.stdout.is_empty() == (status == 2), "{arguments:?}: {}", ran.told());
    }
    project.write(&[("tree/a.md", &leak())]);
    let ran = scan(&project, &["--names", "JWT_SECRET_KEY"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""), "{}", ran.told());
    assert!(ran.stdout.contains("a.md:2:7  JWT_SECRET_KEY  insecure: the value"), "{}", ran.told());
}

#[test]
fn each_format_has_the_finding_and_never_the_value() {
    let project = project();
    project.write(&[("tree/a.md", &leak()), ("tree/b.rs", "const JWT_SECRET: &str = \"letmein-now\";\n")]);
    for (format, expected) in [
        ("text", "a.md:2:7"),
        ("json", "\"line\": 2"),
        ("sarif", "\"startLine\": 2"),
        ("github", "::error file=a.md,line=2"),
    ] {
        let ran = scan(&project, &["--names", "JWT_SECRET_KEY", "--format", format]);
        assert_eq!(ran.status, 1, "{format}: {}", ran.told());
        assert!(ran.stdout.contains(expected), "{format}: {}", ran.told());
        assert!(ran.stdout.contains("scan-value-found") && ran.stdout.contains("scan-code-literal"), "{}", ran.told());
        assert!(!ran.told().contains(&KEY[..6]) && !ran.told().contains("letmein"), "{format}: {}", ran.told());
    }
}

#[test]
fn json_and_sarif_conform_to_their_schemas() {
    let project = project();
    git(&project, &["init", "--quiet", "."]);
    project.write(&[("tree/a.md", &leak()), ("tree/b.rs", "const JWT_SECRET: &str = \"letmein-now\";\n")]);
    fs::write(project.path("tree/c.bin"), [&b"\0\x01\x02"[..], KEY.as_bytes()].concat()).unwrap();
    fs::write(project.path("tree/d.zst"), b"\x28\xb5\x2f\xfd----").unwrap();
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "first"]);
    let result =
        |format: &str| scan(&project, &["--names", "JWT_SECRET_KEY,OTHER_KEY", "--history", "--format", format]).stdout;
    let (json, sarif) = (result("json"), result("sarif"));
    let document: Value = serde_json::from_str(&json).unwrap();
    assert!(document["findings"].as_array().unwrap().len() >= 4, "{json}");
    assert!(document["not_searched"].as_array().unwrap().len() >= 2, "{json}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (own, foreign) = (root.join("../../docs/scan.schema.json"), root.join("tests/data/sarif-schema-2.1.0.json"));
    let Some(python) = python() else { return };
    assert_eq!(validated(&python, &json!([["json", own, json], ["json", foreign, sarif]])), "");
    // As a control, the validator refuses an invalid document.
    let broken = json.replace("\"outcome\": \"found\"", "\"outcome\": \"maybe\"");
    assert!(validated(&python, &json!([["json", own, broken]])).contains("outcome"));
}

#[test]
fn an_accepted_finding_needs_a_reason_and_must_occur() {
    let project = project();
    project.write(&[("tree/docs/a.md", &leak())]);
    let entry = |path: &str, rest: &str| {
        format!("[[accept]]\nrule = \"scan-value-found\"\npath = \"{path}\"\nreason = \"revoked\"\n{rest}")
    };
    for (list, status, expected) in [
        (entry("docs/*", ""), 0, "1 finding accepted"),
        (entry("docs/*", "expires = 2020-01-01\n"), 1, "scan-accepted-expired"),
        (entry("src/*", ""), 1, "scan-accepted-unused"),
        (entry("docs/*", "").replace("revoked", ""), 2, "an entry needs a reason"),
        ("[[accept".to_owned(), 2, "not valid TOML"),
    ] {
        project.write(&[("tree/hardened.scan.toml", &list)]);
        let ran = scan(&project, &["--names", "JWT_SECRET_KEY"]);
        assert_eq!(ran.status, status, "{list}: {}", ran.told());
        assert!(ran.told().contains(expected), "{list}: {}", ran.told());
    }
}

#[test]
fn our_own_tree_has_only_findings_that_are_accepted_with_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let ran: Ran = hardened(&["scan", "--quiet"]).current_dir(root).output().unwrap().into();
    // There must be no warnings either, such as one about an entry that accepts nothing.
    assert!(ran.status == 0 && ran.stdout.starts_with("nothing found in "), "{}", ran.told());
    assert!(ran.stdout.contains("accepted in hardened.scan.toml"), "{}", ran.told());
}

#[test]
fn a_commit_with_a_secret_is_refused_by_the_hook() {
    let project = project();
    git(&project, &["init", "--quiet", "."]);
    let asked = scan(&project, &["--hook", "--names", "JWT_SECRET_KEY"]);
    assert_eq!(asked.status, 0, "{}", asked.told());
    assert!(asked.stdout.contains("values of secrets that are not set are not searched"), "{}", asked.told());
    // The hook looks up this binary by name.
    let folder = Path::new(env!("CARGO_BIN_EXE_hardened")).parent().unwrap().to_owned();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let commit = |key: Option<&str>| {
        git(&project, &["add", "."]);
        let mut command = Command::new("git");
        command.current_dir(project.path("tree")).args(["-c", "user.name=A", "-c", "user.email=a@example.com"]);
        command.args(["commit", "--quiet", "--message", "next"]).env("PATH", &path).env_remove("JWT_SECRET_KEY");
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        let ran: Ran = command.envs(key.map(|key| ("JWT_SECRET_KEY", key))).output().unwrap().into();
        ran
    };
    let clean = commit(None);
    assert_eq!(clean.status, 0, "a clean commit must succeed even if no secret is set: {}", clean.told());
    project.write(&[("tree/a.md", &leak())]);
    let refused = commit(Some(KEY));
    assert!(refused.status == 1 && refused.told().contains("a.md:2:7"), "{}", refused.told());
    project.write(&[("tree/a.md", "x\n"), ("tree/.env.example", &format!("JWT_SECRET_KEY={KEY}\n"))]);
    let refused = commit(None);
    assert!(refused.status == 1 && refused.told().contains(".env.example:1"), "{}", refused.told());
    project.write(&[("tree/.env.example", "JWT_SECRET_KEY=changeme\n")]);
    assert_eq!(commit(None).status, 0);
}

#[test]
fn a_search_of_the_history_resumes_where_the_last_one_ended() {
    let project = project();
    git(&project, &["init", "--quiet", "."]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "--quiet", "--message", "first"]);
    let state = project.path("searched");
    let arguments = ["--history", "--values-only", "--names", "JWT_SECRET_KEY", "--resume", state.to_str().unwrap()];
    assert!(scan(&project, &arguments).stdout.contains("5 git objects"));
    let again = scan(&project, &arguments);
    assert!(again.stdout.contains("5 git objects searched before"), "{}", again.told());
    let other = command(&project, &arguments).env("JWT_SECRET_KEY", KEY.to_lowercase()).output().unwrap();
    assert!(!String::from_utf8(other.stdout).unwrap().contains("before"));
    fs::write(&state, "something else").unwrap();
    let refused = scan(&project, &arguments);
    assert!(
        refused.status == 2 && refused.stderr.contains("is not a file that --resume created"),
        "{}",
        refused.told()
    );
}

#[test]
fn progress_is_one_line_for_each_part_unless_quiet_is_given() {
    let project = project();
    let tree = project.path("tree");
    let loud = run(&["scan", tree.to_str().unwrap()]);
    assert!(loud.stderr.ends_with("tree: 2 files searched\n"), "{}", loud.told());
    assert_eq!(run(&["scan", "--quiet", tree.to_str().unwrap()]).stderr, "");
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_cannot_be_searched_are_reported_without_waiting() {
    use std::os::unix::{ffi::OsStrExt, fs::symlink};

    let project = project();
    let tree = project.path("tree");
    project
        .write(&[("outside.md", &leak()), ("tree/bad.rs", "const JWT_SECRET: &str = \"letmein-now\"; fn main( {{{")]);
    symlink(project.path("outside.md"), tree.join("link.md")).unwrap();
    symlink("..", tree.join("up")).unwrap();
    assert!(Command::new("mkfifo").arg(tree.join("fifo")).status().unwrap().success());
    fs::File::create(tree.join("sparse")).unwrap().set_len(10 << 30).unwrap();
    fs::write(tree.join(std::ffi::OsStr::from_bytes(b"odd-\xff.md")), leak()).unwrap();
    let ran = scan(&project, &["--names", "JWT_SECRET_KEY", "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.told());
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    let texts = |list: &str| -> Vec<String> {
        let mut texts: Vec<_> =
            document[list].as_array().unwrap().iter().map(|one| one["place"]["text"].to_string()).collect();
        texts.sort();
        texts
    };
    assert_eq!(texts("findings"), ["\"odd-\u{fffd}.md:2:7\""]);
    assert_eq!(texts("not_searched"), ["\"bad.rs\"", "\"fifo\"", "\"sparse\""], "{}", ran.stdout);
    // Not even root can read this file.
    let ran = scan(&project, &["/proc/self/mem", "--values-only", "--names", "JWT_SECRET_KEY"]);
    assert!(ran.stdout.contains("it cannot be read"), "{}", ran.told());
}
