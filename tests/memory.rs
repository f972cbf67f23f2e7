//! Copies of a secret in the memory of a process, counted by its parent process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(all(target_os = "linux", feature = "derive"))]

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Seek, SeekFrom, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use hardened::{Config, JwtSecret, Loader, SecretText};
use test_support::Scratch;

/// A secret that is unique in memory. It is in no constant of the child, because the parent makes it at run time.
fn secret(seed: u64) -> String {
    let mut state = seed ^ (u64::from(std::process::id()) << 32) ^ 0x9e37_79b9_7f4a_7c15;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..4).map(|_| format!("{:016x}", next())).collect()
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "loaded and held, not read")]
struct Settings {
    /// A key.
    memory_key: JwtSecret,
    /// A credential.
    memory_token: SecretText,
    /// What the second scenario lacks.
    memory_count: u32,
}

const CHILD: &str = "HARDENED_MEMORY_CHILD";

/// The child process: it loads, waits, drops the configuration, and waits again. In the parent's run, this test does nothing.
#[test]
fn the_child_of_the_memory_tests() {
    let Some(directory) = std::env::var_os(CHILD) else { return };
    let wait = |state: &str| {
        println!("\n{state}");
        std::io::stdin().read_line(&mut String::new()).unwrap();
    };
    let outcome = Loader::new().secret_directory(std::path::PathBuf::from(directory)).load::<Settings>();
    match outcome {
        Ok(loaded) => {
            wait("loaded");
            drop(loaded);
        }
        Err(refusal) => {
            assert!(refusal.report().refuses("setting-missing", "MEMORY_COUNT"), "{refusal}");
            assert_eq!(refusal.report().count(hardened::finding::Severity::Error), 1, "{refusal}");
            wait("refused");
            drop(refusal);
        }
    }
    wait("dropped");
}

#[test]
fn one_copy_on_the_heap_while_the_configuration_lives_and_none_after() {
    let (key, token) = (secret(1), secret(2));
    let scratch = Scratch::new();
    let token_file = scratch.file("named", &token);
    let mut child = spawn(&scratch, |command| {
        command.env("MEMORY_KEY", &key).env("MEMORY_TOKEN_FILE", &token_file).env("MEMORY_COUNT", "1")
    });
    child.wait_for("loaded");
    assert_eq!(child.copies(&key), 1, "a key from a variable");
    assert_eq!(child.copies(&token), 1, "a credential from a named file");
    child.go_on();
    child.wait_for("dropped");
    assert_eq!(child.copies(&key), 0, "a key, dropped");
    assert_eq!(child.copies(&token), 0, "a credential, dropped");
    child.go_on();
}

#[test]
fn one_copy_from_a_secret_directory() {
    let (key, token) = (secret(3), secret(4));
    let scratch = Scratch::new();
    scratch.file("memory-key", format!("{key}\n"));
    scratch.file("memory_token", &token);
    let mut child = spawn(&scratch, |command| command.env("MEMORY_COUNT", "1"));
    child.wait_for("loaded");
    assert_eq!((child.copies(&key), child.copies(&token)), (1, 1));
    child.go_on();
    child.wait_for("dropped");
    assert_eq!((child.copies(&key), child.copies(&token)), (0, 0));
    child.go_on();
}

#[test]
fn a_refusal_and_its_search_for_misspellings_leave_no_copy() {
    let (key, token) = (secret(5), secret(6));
    let scratch = Scratch::new();
    let token_file = scratch.file("named", &token);
    let mut child = spawn(&scratch, |command| {
        command.env("MEMORY_KEY", &key).env("MEMORY_TOKEN_FILE", &token_file).env("MEMORY_CUONT", &key)
    });
    for state in ["refused", "dropped"] {
        child.wait_for(state);
        assert_eq!((child.copies(&key), child.copies(&token)), (0, 0), "{state}");
        child.go_on();
    }
}

#[test]
fn the_count_finds_a_copy_that_exists() {
    // The control: the environment of the child holds the key on the stack, which the other tests do not search.
    let key = secret(7);
    let scratch = Scratch::new();
    let mut child = spawn(&scratch, |command| {
        command.env("MEMORY_KEY", &key).env("MEMORY_TOKEN", secret(8)).env("MEMORY_COUNT", "1")
    });
    child.wait_for("loaded");
    assert!(child.copies_in(&key, |name| name == "[stack]") > 0);
    child.go_on();
    child.wait_for("dropped");
    child.go_on();
}

struct Loading {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

fn spawn(scratch: &Scratch, with: impl FnOnce(&mut Command) -> &mut Command) -> Loading {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "memory::the_child_of_the_memory_tests", "--nocapture", "--test-threads=1"])
        .env_clear()
        .env("ENVIRONMENT", "production")
        .env(CHILD, scratch.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = with(&mut command).spawn().unwrap();
    let input = child.stdin.take().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    Loading { child, input, output }
}

impl Loading {
    fn wait_for(&mut self, state: &str) {
        let mut printed = String::new();
        loop {
            let before = printed.len();
            assert!(self.output.read_line(&mut printed).unwrap() > 0, "the child ended before {state}:\n{printed}");
            if printed[before..].trim() == state {
                return;
            }
        }
    }

    fn go_on(&mut self) {
        self.input.write_all(b"\n").unwrap();
    }

    /// Counts the copies in writable memory, except on the stack, where the kernel puts the environment.
    fn copies(&self, secret: &str) -> usize {
        self.copies_in(secret, |name| name != "[stack]")
    }

    fn copies_in(&self, secret: &str, looked_at: impl Fn(&str) -> bool) -> usize {
        let id = self.child.id();
        let maps = fs::read_to_string(format!("/proc/{id}/maps")).unwrap();
        let mut memory = File::open(format!("/proc/{id}/mem")).unwrap();
        let mut copies = 0;
        for line in maps.lines() {
            let mut columns = line.split_whitespace();
            let (range, mode) = (columns.next().unwrap(), columns.next().unwrap());
            let name = columns.nth(3).unwrap_or("");
            if !mode.starts_with("rw") || !looked_at(name) {
                continue;
            }
            let (start, end) = range.split_once('-').unwrap();
            let number = |text: &str| u64::from_str_radix(text, 16).unwrap();
            let mut bytes = vec![0; usize::try_from(number(end) - number(start)).unwrap()];
            memory.seek(SeekFrom::Start(number(start))).unwrap();
            if memory.read_exact(&mut bytes).is_ok() {
                copies += bytes.windows(secret.len()).filter(|window| *window == secret.as_bytes()).count();
            }
        }
        copies
    }
}

impl Drop for Loading {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
