//! The cost of loading 20 settings from 40 and from 240 variables, compared with hand-written code and five libraries.
//!
//! The benchmark starts itself again as a child process with these variables, so that it never has to change its own
//! environment.
//!
//! To count the instructions of one contender in a loop of a thousand:
//! `HARDENED_BENCH_ONLY=hardened valgrind --tool=callgrind --trace-children=yes target/release/deps/load-…`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod peers;
#[path = "../../race.rs"]
mod race;
mod settings;

use std::process::Command;

use hardened::Config;

use crate::race::{Contender, ROUNDS, race};
use crate::settings::{Nothing, Settings, WithKey};

/// The variable that holds the number of variables of the child process.
const SIZE: &str = "HARDENED_BENCH_VARIABLES";

/// The variable that selects the contender to run alone, for callgrind.
const ONLY: &str = "HARDENED_BENCH_ONLY";

fn main() {
    match std::env::var(SIZE) {
        Ok(size) => measure(&size),
        Err(_) => [40, 240].into_iter().for_each(start_again),
    }
}

fn start_again(size: usize) {
    let this = std::env::current_exe().expect("this benchmark has a path");
    let filler =
        (settings::VARIABLES.len() + 2..size).map(|number| (format!("FILLER_{number}"), "some value".to_owned()));
    let status = Command::new(this)
        .args(std::env::args_os().skip(1))
        .env_clear()
        .env(SIZE, size.to_string())
        .env("ENVIRONMENT", "production")
        .envs(std::env::var_os(ONLY).map(|only| (ONLY, only)))
        .envs(settings::VARIABLES.iter().copied())
        .envs(filler)
        .status()
        .expect("this benchmark starts again");
    assert!(status.success(), "{status}");
}

/// Asserts that every contender accepts the settings, because one that refuses would look fast.
fn assert_that_everybody_reads() {
    assert!(peers::by_hand().is_some(), "by hand");
    assert!(Settings::load().is_ok() && WithKey::load().is_ok() && Nothing::load().is_ok(), "hardened");
    assert!(peers::confique().is_some(), "confique");
    assert!(peers::envy().is_some(), "envy");
    assert!(peers::config().is_some(), "config");
    assert!(peers::conf().is_some(), "conf");
    assert!(peers::figment().is_some(), "figment");
}

fn repeat<T>(load: fn() -> T) {
    (0..1000).for_each(|_| drop(std::hint::black_box(load())));
}

fn measure(size: &str) {
    assert_that_everybody_reads();
    match std::env::var(ONLY).as_deref() {
        Ok("hardened") => return repeat(Settings::load),
        Ok("key") => return repeat(WithKey::load),
        Ok("nothing") => return repeat(Nothing::load),
        Ok("config") => return repeat(peers::config),
        _ => {}
    }
    let names = [
        "by hand",
        "hardened: load()",
        "hardened: load() with a key",
        "hardened: load() of nothing",
        "confique",
        "envy",
        "config",
        "conf",
        "figment",
    ];
    let times = race([
        contender(peers::by_hand),
        contender(Settings::load),
        contender(WithKey::load),
        contender(Nothing::load),
        contender(peers::confique),
        contender(peers::envy),
        contender(peers::config),
        contender(peers::conf),
        contender(peers::figment),
    ]);
    let config = names.iter().zip(times).find(|(name, _)| **name == "config").map_or(f64::NAN, |(_, time)| time);
    println!("{size} variables, microseconds of the fastest of {ROUNDS} turns\n");
    println!("| | \u{b5}s | / config |\n|---|--:|--:|");
    for (name, time) in names.into_iter().zip(times) {
        println!("| {name} | {:.2} | {:.2} |", time / 1000.0, time / config);
    }
    println!();
}

fn contender<T: 'static>(load: fn() -> T) -> Contender {
    Box::new(move || drop(std::hint::black_box(load())))
}
