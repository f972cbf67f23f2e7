//! The cost of loading a `hardened.toml` of twenty settings, compared with figment, which reads the same file into a struct.
//!
//! Both start from scratch: they search for the file, read it, merge the section of the tier over the default, and build the
//! struct. With `HARDENED_BENCH_ONLY=hardened` or `=figment`, only that one runs, a thousand times, for callgrind.
#![allow(clippy::expect_used, clippy::panic, reason = "a benchmark")]

use std::process::Command;

use criterion::Criterion;
use figment::{
    Figment,
    providers::{Format, Toml},
};
use hardened::{Config, Setting};
use serde::Deserialize;

const FILE: &str = r#"
[default]
base_url = "https://api.example.com/v1/"
origins = ["https://app.example.com", "https://admin.example.com"]
level = "info"
port = 8080
workers = 4

[default.limits]
max_connections = 100
timeout_seconds = 30
retries = 3
cache_size = 1048576
batch_size = 500
ratio = 0.25

[default.storage]
region = "eu-central-1"
bucket = "uploads"
queue = "jobs"
service = "billing"
prefix = "tenants/"

[default.flags]
metrics = true
tracing = false
compression = true
strict = true

[production]
level = "warn"
workers = 16

[production.limits]
max_connections = 400

[development]
level = "debug"
"#;

macro_rules! settings {
    ($($name:ident { $($fields:tt)* })*) => {$(
        #[derive(Debug, Config, Deserialize)]
        #[allow(dead_code, reason = "read into, not read from")]
        struct $name { $($fields)* }
    )*};
}

settings! {
    Settings {
        base_url: url::Url,
        origins: Vec<String>,
        level: Level,
        port: u16,
        workers: u32,
        #[config(nested)]
        limits: Limits,
        #[config(nested)]
        storage: Storage,
        #[config(nested)]
        flags: Flags,
    }
    Limits {
        max_connections: u32,
        timeout_seconds: u64,
        retries: u8,
        cache_size: u64,
        batch_size: u32,
        ratio: f64,
    }
    Storage {
        region: String,
        bucket: String,
        queue: String,
        service: String,
        prefix: String,
    }
    Flags {
        metrics: bool,
        tracing: bool,
        compression: bool,
        strict: bool,
    }
}

#[derive(Debug, Setting, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

fn hardened() -> bool {
    std::hint::black_box(Settings::load()).is_ok()
}

fn figment() -> bool {
    let read = Figment::new().merge(Toml::file("hardened.toml").nested()).select("production");
    std::hint::black_box(read.extract::<Settings>()).is_ok()
}

/// The variable that tells the benchmark that it is the child process.
const STARTED: &str = "HARDENED_BENCH_FILES";

/// Starts this benchmark again in the way that a service is started: in a directory with the file, with the tier and little
/// else in its environment. Nothing here changes the environment of its own process.
fn main() {
    if std::env::var_os(STARTED).is_some() {
        return measure();
    }
    let directory = std::env::temp_dir().join(format!("hardened-bench-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory of this benchmark's own");
    std::fs::write(directory.join("hardened.toml"), FILE).expect("a file of this benchmark's own");
    let status = Command::new(std::env::current_exe().expect("this benchmark has a path"))
        .args(std::env::args_os().skip(1))
        .env_clear()
        .envs([(STARTED, "1"), ("ENVIRONMENT", "production"), ("PATH", "/usr/bin:/bin")])
        .envs(std::env::var_os(ONLY).map(|only| (ONLY, only)))
        .current_dir(&directory)
        .status();
    let _ = std::fs::remove_dir_all(directory);
    assert!(status.expect("this benchmark starts again").success());
}

/// The variable that selects the contender to run alone, for callgrind.
const ONLY: &str = "HARDENED_BENCH_ONLY";

fn measure() {
    match std::env::var(ONLY).as_deref() {
        Ok("hardened") => return assert!((0..1000).all(|_| hardened())),
        Ok("figment") => return assert!((0..1000).all(|_| figment())),
        _ => {}
    }
    if let Err(refusal) = Settings::load() {
        panic!("a library that refuses would look fast: {refusal}");
    }
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("files/20 settings");
    group.bench_function("hardened: load()", |bencher| bencher.iter(hardened));
    group.bench_function("figment: extract()", |bencher| bencher.iter(figment));
    group.finish();
    criterion.final_summary();
}
