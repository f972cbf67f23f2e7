//! Measures how long the report of a large service takes: 200 settings, 300 endpoints, 150 verdicts.
//!
//! `cargo bench -p hardened-audit --bench report`
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark tells what it measured")]

use std::time::{Duration, Instant};

use hardened_audit::Audit;
use hardened_core::{manifest::Manifest, verification::Verification};
use serde_json::{Value, json};

/// The number of runs of each measurement.
const RUNS: usize = 50;

fn main() {
    let (manifest, verification) = documents();
    let read = || {
        Audit::new()
            .manifest(Manifest::parse(&manifest).unwrap())
            .verification(Verification::parse(&verification).unwrap())
    };
    let report = read().report();
    println!("documents read and report made: {:?}", median(|| drop(read().report())));
    println!("Markdown: {:?}, {} bytes", median(|| drop(report.markdown())), report.markdown().len());
    println!("JSON: {:?}, {} bytes", median(|| drop(report.to_json())), report.to_json().len());
    println!("HTML: {:?}, {} bytes", median(|| drop(report.html())), report.html().len());
}

fn median(work: impl Fn()) -> Duration {
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}

/// Returns the manifest and the verification of taskflow, enlarged.
fn documents() -> (String, String) {
    let mut manifest: Value =
        serde_json::from_str(include_str!("../../../examples/taskflow/audit/manifest.json")).unwrap();
    let setting = |number| {
        json!({
            "name": format!("group.setting_{number}"), "variables": [format!("GROUP_SETTING_{number}")], "kind": "number",
            "secret": false, "state": "set", "withheld": false, "source": "environment"
        })
    };
    manifest["settings"] = (0..200).map(setting).collect();
    let route = |number| json!({ "method": "GET", "path": format!("/resources/{number}/{{id}}"), "token": true });
    manifest["routes"] = (0..300).map(route).collect();
    let text = include_str!("../../../examples/taskflow/audit/verification.json");
    let mut verification: Value = serde_json::from_str(text).unwrap();
    let outcomes = verification["outcomes"].as_array().unwrap().iter().cycle().take(150).cloned().collect::<Vec<_>>();
    verification["outcomes"] = outcomes.into();
    (manifest.to_string(), verification.to_string())
}
