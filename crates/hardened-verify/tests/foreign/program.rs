//! Programs of other languages that serve, as long as their standard input is open.

use std::{
    env,
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

/// A program that is ended with this value.
pub(super) struct Program(Child);

/// A program, and the services that it has; none where it is not installed.
pub(super) type Started = Option<(Program, Vec<Service>)>;

/// What one of its services says of itself.
pub(super) struct Service {
    pub(super) url: String,
    /// Its OpenAPI document, where it has one.
    pub(super) openapi: String,
}

impl Program {
    pub(super) fn of_python(services: &[&str], key: &str) -> Started {
        let mut command = Command::new(installed("venv/bin/python", "venv/bin/uvicorn")?);
        command.arg(file("notes.py")).env("NOTES_KEY", key);
        Some(Self::start(command, services))
    }

    pub(super) fn of_node(services: &[&str]) -> Started {
        let modules = installed("node_modules", "node_modules/express")?;
        let mut command = Command::new("node");
        command.arg(file("notes.cjs")).env("NODE_PATH", modules);
        Some(Self::start(command, services))
    }

    /// Starts the services, and waits until each of them has said where it is.
    fn start(mut command: Command, services: &[&str]) -> (Self, Vec<Service>) {
        command.args(services).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = Self(command.spawn().unwrap());
        let lines = BufReader::new(program.0.stdout.take().unwrap()).lines().map_while(Result::ok);
        let services: Vec<_> = lines.take(services.len()).map(|line| Service::of(&line)).collect();
        (program, services)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Service {
    fn of(line: &str) -> Self {
        let said: Value = serde_json::from_str(line).unwrap();
        Self { url: said["url"].as_str().unwrap().to_owned(), openapi: said["openapi"].to_string() }
    }
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(name)
}

/// Where something of the installed programs is, if what it needs is there too.
fn installed(what: &str, needed: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("readers");
    let is_there = folder.join(needed).exists();
    assert!(is_there || env::var_os("CI").is_none_or(|ci| ci != "true"), "no {needed}: run `cargo xtask readers`");
    if !is_there {
        // Not `eprintln!`, which the test harness captures.
        let _ = writeln!(io::stderr(), "skipped: no {needed}; `cargo xtask readers` installs it");
        return None;
    }
    Some(folder.join(what))
}
