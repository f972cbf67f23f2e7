//! What the rules for code and configuration say of sources that are public: `cargo xtask scan-precision [FOLDER]...`.
//!
//! Each finding is printed with its place, so that somebody can look whether it is right. Without a folder it reads what
//! cargo has downloaded.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to the person who runs it")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use hardened_scan::Scan;

fn main() -> ExitCode {
    let named: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let folders = if named.is_empty() { downloaded() } else { named };
    let begun = Instant::now();
    let (mut findings, mut files, mut bytes) = (0, 0, 0);
    for folder in &folders {
        let report = match Scan::sources().path(folder).run() {
            Ok(report) => report,
            Err(error) => {
                eprintln!("{}: {error}", folder.display());
                return ExitCode::FAILURE;
            }
        };
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        for finding in report.findings() {
            println!("{name}/{}\t{}\t{}\t{}", finding.place(), finding.rule(), finding.subject(), finding.message());
        }
        for skipped in report.skipped() {
            println!("{name}\t{:?}\t{}", skipped.what, skipped.reason);
        }
        findings += report.findings().len();
        files += report.counts().files;
        bytes += report.counts().bytes;
    }
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{findings} findings in {files} files of {} folders, {megabytes:.1} MB: {:.3} for each MB, in {:.2} s",
        folders.len(),
        findings as f64 / megabytes.max(0.001),
        begun.elapsed().as_secs_f64(),
    );
    if files == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The sources of every crate that cargo has downloaded.
fn downloaded() -> Vec<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    below(&home.join("registry/src")).iter().flat_map(|registry| below(registry)).collect()
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    paths.sort();
    paths
}
