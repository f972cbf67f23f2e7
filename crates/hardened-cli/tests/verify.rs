//! `hardened verify`, against a small server.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    thread,
};

use serde_json::json;
use support::{Ran, hardened, python, run, validated};

/// Starts a server that responds to each path with a status and a body, and returns its URL.
fn serve(answer: fn(&str) -> (&'static str, &'static str)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || respond(stream, answer));
        }
    });
    url
}

fn respond(mut stream: TcpStream, answer: fn(&str) -> (&'static str, &'static str)) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    while let Some(first) = lines.next() {
        while lines.next().is_some_and(|line| !line.is_empty()) {}
        let (status, body) = answer(first.split(' ').nth(1).unwrap_or_default());
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\ncontent-type: application/json\r\n\r\n");
        if stream.write_all(format!("{head}{body}").as_bytes()).is_err() {
            return;
        }
    }
}

fn healthy(path: &str) -> (&'static str, &'static str) {
    if path == "/health" { ("200 OK", r#"{"status":"healthy"}"#) } else { ("404 Not Found", "") }
}

fn with_documentation(path: &str) -> (&'static str, &'static str) {
    if path == "/openapi.json" { ("200 OK", r#"{"openapi":"3.1.0","info":{},"paths":{}}"#) } else { healthy(path) }
}

fn refuses_all(_: &str) -> (&'static str, &'static str) {
    ("401 Unauthorized", "")
}

fn verify(url: &str, more: &[&str]) -> Ran {
    run(&[&["verify", url, "--only", "reach,docs", "--quiet"], more].concat())
}

#[test]
fn the_exit_status_reflects_the_outcome() {
    for (name, url, more, status) in [
        ("healthy", serve(healthy), &[][..], 0),
        ("documentation is shown", serve(with_documentation), &[], 1),
        ("documentation may be shown in development", serve(with_documentation), &["--tier", "development"], 0),
        ("everything is refused", serve(refuses_all), &[], 3),
        ("everything is refused", serve(refuses_all), &["--fail-on", "inconclusive"], 1),
        ("nobody listens", "http://127.0.0.1:9".to_owned(), &[], 1),
        ("not a URL", "127.0.0.1".to_owned(), &[], 2),
        ("an unknown tier", serve(healthy), &["--tier", "staging!"], 2),
        ("an unknown family", serve(healthy), &["--skip", "cros"], 2),
        ("a token on the command line", serve(healthy), &["--user-a", "eyJhbGciOiJIUzI1NiJ9.e30.x"], 2),
        ("a header on the command line", serve(healthy), &["--header", "X-Key=eyJhbGciOiJIUzI1NiJ9.e30.x"], 2),
        ("no request", serve(healthy), &["--max-requests", "0"], 2),
        ("a variable that is not set", serve(healthy), &["--user-a", "env:NO_SUCH_TOKEN"], 2),
        ("another host is resolved", serve(healthy), &["--resolve", "api.example.com:127.0.0.1"], 2),
    ] {
        let ran = verify(&url, more);
        assert_eq!(ran.status, status, "{name}: {}", ran.told());
        assert!(!ran.told().contains("eyJhbGciOiJIUzI1NiJ9"), "{}", ran.told());
    }
}

#[test]
fn an_error_in_a_given_file_is_explained_to_the_operator() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    let name = file.to_str().unwrap();
    for (option, text, expected) in [
        ("--manifest", None, "file cannot be read: it does not exist"),
        ("--manifest", Some("{"), "file: malformed: line 1: must be JSON"),
        ("--profile", None, "file cannot be read: it does not exist"),
        ("--profile", Some("writes ="), "malformed: "),
        ("--openapi", Some(r#"{"openapi": "3.1.0"}"#), "file: paths: must be an object"),
        ("--openapi", Some(r#"{"info": {}}"#), "missing: "),
        ("--openapi", Some("openapi: 3.1.0"), "must be JSON; convert YAML with `yq -o json`"),
        ("--ca", Some(""), "must be PEM with at least one certificate"),
    ] {
        match text {
            Some(text) => std::fs::write(&file, text).unwrap(),
            None => drop(std::fs::remove_file(&file)),
        }
        let ran = verify("http://127.0.0.1:9", &[option, name]);
        assert!(ran.status == 2 && ran.stderr.contains(expected), "{option}: {}", ran.told());
    }
    let ran = verify("http://127.0.0.1:9", &["--header", "X-Key=secret"]);
    assert!(ran.stderr.contains("--header must be NAME=env:VARIABLE or NAME=file:PATH;"), "{}", ran.stderr);
}

/// Forty lines with the same reason would hide the one line that matters.
#[test]
fn checks_with_the_same_reason_are_shown_together() {
    let ran = run(&["verify", "http://127.0.0.1:9", "--quiet"]);
    let unclear = ran.stdout.lines().filter(|line| line.contains("inconclusive: "));
    assert!(unclear.clone().count() < 8, "{}", ran.stdout);
    let first = unclear.clone().find(|line| line.contains("all of health")).unwrap();
    assert!(first.ends_with("(the target accepts no connection)"), "{first}");
}

#[test]
fn a_token_is_read_from_a_variable_and_never_shown() {
    let url = serve(healthy);
    let token = "tok_5f1e9c7ab2d8446f9d03";
    let arguments = ["verify", &url, "--user-a", "env:TOKEN_A", "--format", "json", "--protected", "/health"];
    let ran: Ran = hardened(&arguments).env("TOKEN_A", token).output().unwrap().into();
    assert!(ran.stdout.contains("\"schema_version\"") && !ran.told().contains(token), "{}", ran.told());
}

#[test]
fn a_plan_names_requests_and_sends_none() {
    let ran = run(&["verify", "http://127.0.0.1:9", "--plan"]);
    assert_eq!(ran.status, 0, "{}", ran.told());
    let last = ran.stdout.lines().last().unwrap();
    let (count, _) = last.split_once(" requests: reach ").unwrap();
    assert_eq!(ran.stdout.lines().count() - 1, count.parse::<usize>().unwrap());
}

#[test]
fn the_list_has_every_check_with_its_claim() {
    let ran = run(&["verify", "--list"]);
    let expected = hardened_verify::Family::ALL.iter().flat_map(|family| family.checks());
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), expected.clone().count());
    for (line, check) in lines.iter().zip(expected) {
        assert!(line.starts_with(check.id()) && line.ends_with(check.claim()), "{line}");
    }
}

#[test]
fn a_result_is_written_to_a_file_and_to_the_github_summary() {
    let (url, folder) = (serve(with_documentation), tempfile::tempdir().unwrap());
    let (page, summary) = (folder.path().join("page.html"), folder.path().join("summary.md"));
    let mut command = hardened(&["verify", &url, "--only", "docs", "--quiet", "--format", "html", "--output"]);
    command.arg(&page).env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", &summary);
    let ran: Ran = command.output().unwrap().into();
    assert_eq!(ran.status, 1, "{}", ran.told());
    assert!(std::fs::read_to_string(page).unwrap().starts_with("<!doctype html>"));
    assert!(std::fs::read_to_string(summary).unwrap().contains("docs-hidden"));
    assert!(ran.stdout.starts_with("failed: 1 of "), "{}", ran.stdout);
}

#[test]
fn every_machine_readable_format_conforms_to_its_schema() {
    let Some(python) = python() else { return };
    let url = serve(with_documentation);
    let form = |format| verify(&url, &["--format", format]).stdout;
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verification.schema.json");
    let documents = json!([
        ["json", own, form("json")],
        ["json", data.join("sarif-schema-2.1.0.json"), form("sarif")],
        ["xml", data.join("junit-10.xsd"), form("junit")],
    ]);
    assert_eq!(validated(&python, &documents), "");
    // As a control, each validator refuses an invalid document.
    let broken = json!([
        ["json", own, "{}"],
        ["json", data.join("sarif-schema-2.1.0.json"), r#"{"version":"2.1.0","runs":[{}]}"#],
        ["xml", data.join("junit-10.xsd"), "<testsuites><testcase/></testsuites>"],
    ]);
    let refused = validated(&python, &broken);
    assert!(refused.lines().filter(|line| line.starts_with("json ")).count() >= 2, "{refused}");
    assert!(refused.contains("xml "), "{refused}");
}
