//! Programs in other languages that serve as long as their standard input is open.

use std::{
    env,
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

/// A program that is killed when this value is dropped.
pub(super) struct Program(Child);

/// A program and its services; `None` if it is not installed.
pub(super) type Started = Option<(Program, Vec<Service>)>;

/// One service of a program, as it describes itself on standard output.
pub(super) struct Service {
    pub(super) url: String,
    /// The OpenAPI document of the service, or `null`.
    pub(super) openapi: String,
}

impl Program {
    pub(super) fn of_python(services: &[&str], key: &str) -> Started {
        let mut command = Command::new(installed("venv/bin/python", "venv/bin/uvicorn")?);
        command.arg(file("notes.py")).env("NOTES_KEY", key);
        Some(Self::start(&mut command, services))
    }

    pub(super) fn of_node(services: &[&str]) -> Started {
        let modules = installed("node_modules", "node_modules/express")?;
        let mut command = Command::new("node");
        command.arg(file("notes.cjs")).env("NODE_PATH", modules);
        Some(Self::start(&mut command, services))
    }

    /// Starts servers from the npm registry, if `cargo xtask targets` has installed them.
    pub(super) fn of_registry(servers: &[&str], database: &str) -> Started {
        if !Self::has_registry() {
            return None;
        }
        let mut command = Command::new("node");
        let modules = ["parse-server", "json-server"].map(|name| folder("targets").join(name).join("node_modules"));
        command.arg(file("registry.cjs")).env("NODE_PATH", env::join_paths(modules).unwrap());
        // They write logs to the working directory.
        command.current_dir(folder("targets"));
        Some(Self::start(command.env("DATABASE_URL", database), servers))
    }

    /// Returns whether the servers are installed.
    pub(super) fn has_registry() -> bool {
        let is_there = folder("targets").join("installed").exists();
        assert!(is_there || env::var_os("HARDENED_TARGETS").is_none(), "run `cargo xtask targets`");
        if !is_there {
            // Not `eprintln!`, which the test harness captures.
            let _ =
                writeln!(io::stderr(), "skipped: no servers of the npm registry; `cargo xtask targets` installs them");
        }
        is_there
    }

    /// Starts the services and waits until each of them has printed its URL.
    fn start(command: &mut Command, services: &[&str]) -> (Self, Vec<Service>) {
        command.args(services).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = Self(command.spawn().unwrap());
        let lines = BufReader::new(program.0.stdout.take().unwrap()).lines().map_while(Result::ok);
        let started: Vec<_> = lines.filter_map(|line| Service::of(&line)).take(services.len()).collect();
        assert_eq!(started.len(), services.len(), "a service did not start");
        (program, started)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Service {
    /// Reads the description of a service; other lines, such as warnings, are ignored.
    fn of(line: &str) -> Option<Self> {
        let said: Value = serde_json::from_str(line).ok()?;
        Some(Self { url: said["url"].as_str()?.to_owned(), openapi: said["openapi"].to_string() })
    }
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(name)
}

/// Returns the directory with this name next to the temporary directory of the tests, below the target directory.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name(name)
}

/// Returns the path of a file or directory that `cargo xtask readers` installs, if `needed` is installed as well.
fn installed(what: &str, needed: &str) -> Option<PathBuf> {
    let folder = folder("readers");
    let is_there = folder.join(needed).exists();
    assert!(is_there || env::var_os("CI").is_none_or(|ci| ci != "true"), "no {needed}: run `cargo xtask readers`");
    if !is_there {
        // Not `eprintln!`, which the test harness captures.
        let _ = writeln!(io::stderr(), "skipped: no {needed}; `cargo xtask readers` installs it");
        return None;
    }
    Some(folder.join(what))
}
