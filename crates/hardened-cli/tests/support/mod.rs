//! Runs the real binary.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; clippy allows it only inside test functions")]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// The exit status and the output of a run.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Returns the status and everything that was printed, for snapshots.
    pub(crate) fn told(&self) -> String {
        format!("status {}\n--- stdout\n{}--- stderr\n{}", self.status, self.stdout, self.stderr)
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().expect("not ended by a signal"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

/// Returns the command, without the variables of the test run that would change its behaviour.
pub(crate) fn hardened(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hardened"));
    command.args(arguments).stdin(Stdio::null());
    for name in ["ENVIRONMENT", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    command
}

/// Runs the command.
pub(crate) fn run(arguments: &[&str]) -> Ran {
    hardened(arguments).output().expect("starts").into()
}

/// Runs the command with this input.
pub(crate) fn run_with(arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = hardened(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    // The command may stop reading before the end.
    let _ = child.stdin.take().expect("piped").write_all(input);
    child.wait_with_output().expect("ends").into()
}

/// A temporary directory with files, which is removed on drop.
pub(crate) struct Project(TempDir);

impl Project {
    /// Creates a package with these files next to its manifest.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let project =
            Self::bare(&[("Cargo.toml", "[package]\nname = \"app\"\nedition = \"2024\"\n"), ("src/main.rs", MAIN)]);
        project.write(files);
        project
    }

    /// Creates a directory with only these files.
    pub(crate) fn bare(files: &[(&str, &str)]) -> Self {
        let project = Self(tempfile::tempdir().expect("a temporary directory"));
        project.write(files);
        project
    }

    pub(crate) fn write(&self, files: &[(&str, &str)]) {
        for (file, text) in files {
            let path = self.path(file);
            fs::create_dir_all(path.parent().expect("a path with a parent")).expect("a directory");
            fs::write(path, text).expect("a file");
        }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.0.path().canonicalize().expect("the project exists").join(file)
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub(crate) fn has(&self, file: &str) -> bool {
        self.path(file).symlink_metadata().is_ok()
    }

    /// Runs `hardened init` in a directory of the project; in the output, the path of the project is `ROOT`.
    pub(crate) fn init(&self, directory: &str) -> Ran {
        let mut ran: Ran = hardened(&["init"]).current_dir(self.path(directory)).output().expect("starts").into();
        let root = self.path("").to_string_lossy().trim_end_matches('/').to_owned();
        ran.stdout = ran.stdout.replace(&root, "ROOT");
        ran.stderr = ran.stderr.replace(&root, "ROOT");
        ran
    }
}

/// A program that prints the tier it is started in.
const MAIN: &str = r#"fn main() { println!("{:?}", std::env::var("ENVIRONMENT").ok()); }"#;

/// Returns the errors that the validators report, which is an empty text if each document is valid.
pub(crate) fn validated(python: &Path, documents: &Value) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validate.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the validators run");
    child
        .stdin
        .take()
        .expect("the validators run")
        .write_all(documents.to_string().as_bytes())
        .expect("the validators run");
    let output = child.wait_with_output().expect("the validators run");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("the validators run")
}

/// Returns the path of the Python interpreter with the validators, if `cargo xtask readers` has installed it.
pub(crate) fn python() -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let python = target.with_file_name("readers").join("venv/bin/python");
    let is_there = python.exists();
    assert!(is_there || std::env::var_os("CI").is_none(), "{} does not exist", python.display());
    if !is_there {
        eprintln!("skipped: the validators are not installed; run cargo xtask readers");
    }
    is_there.then_some(python)
}
