//! Tests of the binary, as an operator runs it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod audit;
mod demo;
mod described;
mod running;
mod start;

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use test_support::postgres;

const KEY: &str = "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM";

/// Returns taskflow without variables, in an empty directory.
fn taskflow(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taskflow"));
    command.args(arguments).env_clear().current_dir(empty_directory()).stdin(Stdio::null());
    command
}

fn empty_directory() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// Sets the variables with which the service starts on a developer's machine.
fn on_ones_own_machine(command: &mut Command) -> &mut Command {
    command.envs([
        ("ENVIRONMENT", "development"),
        ("JWT_SECRET_KEY", KEY),
        ("CORS_ORIGINS", "http://localhost:3000"),
        ("EMBEDDED_STORAGE", ":memory:"),
        ("PORT", "0"),
        // All clients of a test have the same address.
        ("ATTEMPTS_PER_CLIENT", "100000"),
        ("ATTEMPTS_PER_ACCOUNT", "100"),
    ])
}

fn text(output: &Output) -> (String, String) {
    (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
}
