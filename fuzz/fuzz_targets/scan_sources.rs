//! No Rust or configuration file makes the scan panic.

#![no_main]

use hardened_scan::{Place, Report, code, files};

const PATHS: [&str; 10] =
    ["a.rs", ".env", "Dockerfile", "a.yml", "Procfile", "a.tf", "a.json", ".netrc", "a.md", "a.key"];

libfuzzer_sys::fuzz_target!(|input: (u8, &[u8])| {
    let (choice, bytes) = input;
    let path = PATHS[usize::from(choice) % PATHS.len()];
    let place = Place::file(path);
    let mut report = Report::default();
    match std::str::from_utf8(bytes) {
        Ok(text) if path == "a.rs" => code::check(&place, text, &mut report),
        _ => files::check(&place, bytes, &mut report),
    }
    report.findings().iter().for_each(|finding| assert!(!finding.message().is_empty()));
});
