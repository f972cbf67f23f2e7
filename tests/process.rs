//! A process that forbids core dumps.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

use std::fs;

#[test]
fn a_process_that_forbids_core_dumps_has_none() {
    let core = |text: &str| text.lines().find(|line| line.starts_with("Max core file size")).unwrap().to_owned();
    hardened::process::no_core_dumps().unwrap();
    let limit = core(&fs::read_to_string("/proc/thread-self/limits").unwrap());
    let numbers: Vec<_> = limit.split_whitespace().filter(|word| word.parse::<u64>().is_ok()).collect();
    assert_eq!(numbers, ["0", "0"], "{limit}");
}
