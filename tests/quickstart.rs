//! The quickstart as a real process: it is refused with one report, or it serves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

const KEY: &str = "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM";
const OTHER_KEY: &str = "a9f3c1d7e5b8024697f1e3d5c7b9a8f6041b2d3c4e5f60718293a4b5c6d7e8f9";
const PASSWORD: &str = "pAsSw0rD-of-the-database";

/// A command that runs the quickstart in an empty environment.
fn quickstart(arguments: &[&str]) -> Command {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    let binary: PathBuf = path.join("examples").join(format!("quickstart{}", std::env::consts::EXE_SUFFIX));
    assert!(binary.exists(), "cargo builds the example with the tests: run `cargo xtask test`");
    let mut command = Command::new(binary);
    command.args(arguments).env_clear().current_dir(std::env::temp_dir()).stdin(Stdio::null());
    command
}

fn valid(command: &mut Command) -> &mut Command {
    command.envs([
        ("ENVIRONMENT", "production"),
        ("JWT_SECRET_KEY", KEY),
        ("BETTER_AUTH_SECRET", OTHER_KEY),
        ("DATABASE_URL", &format!("postgres://app:{PASSWORD}@db.example.com/app?sslmode=require")),
        ("CORS_ORIGINS", "https://app.example.com"),
        ("API_HOST", "127.0.0.1"),
        ("PORT", "0"),
    ])
}

fn text(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).unwrap()
}

fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

#[test]
fn with_nothing_set_it_exits_with_78_and_one_report_on_standard_error() {
    let output = run(&mut quickstart(&[]));
    assert_eq!(output.status.code(), Some(78));
    assert_eq!(text(&output.stdout), "");
    insta::assert_snapshot!(text(&output.stderr));
}

#[test]
fn the_readme_shows_the_refusal_as_it_is() {
    let output = run(&mut quickstart(&[]));
    let readme = include_str!("../README.md");
    let shown = readme.split("<!-- refusal -->\n```text\n").nth(1).and_then(|rest| rest.split("```").next());
    assert_eq!(shown, Some(text(&output.stderr).as_str()));
}

#[test]
fn a_refusal_comes_before_any_socket_is_opened() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = run(valid(&mut quickstart(&[])).env("PORT", &port).env("JWT_SECRET_KEY", "short"));
    assert_eq!(refused.status.code(), Some(78), "{}", text(&refused.stderr));
    assert!(text(&refused.stderr).contains("secret-too-short"));
    // The control: with good values, it fails to bind the same port.
    let bound = run(valid(&mut quickstart(&[])).env("PORT", &port));
    assert_eq!(bound.status.code(), Some(1), "{}", text(&bound.stderr));
}

#[test]
fn with_good_values_it_prints_its_settings_serves_and_stops_cleanly() {
    let mut service = Service::start();
    let answer = service.get("/");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.contains("access-control-allow-origin: https://app.example.com"), "{answer}");
    assert!(answer.ends_with("tokens are signed with HS256\n"), "{answer}");
    let printed = service.printed.clone();
    for (shown, what) in [
        ("JWT_SECRET_KEY", "a secret by name"),
        ("(set)", "a secret as set"),
        ("https://app.example.com", "an origin by value"),
        ("variable CORS_ORIGINS", "provenance"),
        ("tier Production: ENVIRONMENT=production", "the tier with its evidence"),
    ] {
        assert!(printed.contains(shown), "{what}:\n{printed}");
    }
    let rest = service.stop();
    for secret in [KEY, OTHER_KEY, PASSWORD] {
        assert!(!printed.contains(secret) && !rest.contains(secret));
    }
}

/// While the service drains, each response says that it is the last one on its connection.
#[test]
fn a_second_signal_ends_the_service_at_once_and_the_status_names_it() {
    for (first, second, code) in [("-TERM", "-TERM", 143), ("-INT", "-TERM", 143), ("-TERM", "-INT", 130)] {
        let mut service = Service::start_with("HTTP_DRAIN", "10m");
        let mut stream = TcpStream::connect(service.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(300))).unwrap();
        // A response shows that the service is running, and therefore listens for signals.
        service.get("/");
        service.signal(first);
        let request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        let mut answer = String::new();
        while !answer.contains("connection: close\r\n") {
            stream.write_all(request.as_bytes()).unwrap();
            answer.clear();
            while !answer.ends_with("HS256\n") {
                let mut piece = [0; 1024];
                let read = stream.read(&mut piece).unwrap();
                assert!(read > 0, "{answer}");
                answer.push_str(std::str::from_utf8(&piece[..read]).unwrap());
            }
        }
        service.signal(second);
        let told = service.ended(code);
        assert!(told.contains("because a second signal came"), "{told}");
    }
}

#[test]
fn config_check_prints_the_same_findings_as_the_start() {
    for (valid_values, status) in [(true, 0), (false, 1)] {
        let mut command = quickstart(&["config", "check"]);
        if valid_values {
            valid(&mut command);
        }
        let output = run(&mut command);
        assert_eq!(output.status.code(), Some(status));
        assert_eq!(text(&output.stderr), "");
        insta::assert_snapshot!(format!("config_check_{status}"), text(&output.stdout));
    }
}

#[test]
fn config_check_prints_one_document_for_machines() {
    for (valid_values, status) in [(true, 0), (false, 1)] {
        let mut command = quickstart(&["config", "check", "--format", "json"]);
        if valid_values {
            valid(&mut command);
        }
        let output = run(&mut command);
        assert_eq!(output.status.code(), Some(status));
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        insta::assert_snapshot!(format!("config_check_json_{status}"), format!("{document:#}"));
    }
}

#[test]
fn config_env_and_schema_print_what_to_set() {
    for (name, arguments) in [
        ("config_env", &["config", "env"][..]),
        ("config_schema", &["config", "schema"]),
        ("config_schema_markdown", &["config", "schema", "--format", "markdown"]),
    ] {
        let output = run(&mut quickstart(arguments));
        assert_eq!(output.status.code(), Some(0), "{name}");
        insta::assert_snapshot!(name, text(&output.stdout));
    }
}

#[test]
fn wrong_usage_exits_with_2_and_says_how() {
    for arguments in [&["config"][..], &["config", "chekc"], &["config", "check", "--format", "yaml"]] {
        let output = run(&mut quickstart(arguments));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains("usage: config check"), "{arguments:?}");
    }
}

/// A running quickstart, which is killed on drop.
struct Service {
    child: Child,
    address: SocketAddr,
    printed: String,
}

impl Service {
    fn start() -> Self {
        Self::start_with("HTTP_DRAIN", "0")
    }

    fn start_with(name: &str, value: &str) -> Self {
        let mut command = quickstart(&[]);
        let command = valid(&mut command).env(name, value);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut printed = String::new();
        let address = loop {
            let before = printed.len();
            assert!(output.read_line(&mut printed).unwrap() > 0, "it ended:\n{printed}");
            if let Some(address) = printed[before..].trim().strip_prefix("listening on ") {
                break address.parse().unwrap();
            }
        };
        child.stdout = Some(output.into_inner());
        Self { child, address, printed }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(300))).unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: https://app.example.com\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// Stops the service with the signal that platforms send, and returns its standard error.
    fn stop(&mut self) -> String {
        self.signal("-TERM");
        self.ended(0)
    }

    /// Waits until the service ends with this status, and returns its standard error.
    fn ended(&mut self, code: i32) -> String {
        let status = self.child.wait().unwrap();
        assert_eq!(status.code(), Some(code), "{status}");
        let mut rest = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut rest).unwrap();
        rest
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
