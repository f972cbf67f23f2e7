//! `cargo xtask steady`: finds tests that depend on the speed of the machine, before they fail for a new contributor.
//!
//! It takes hours, so it does not run in CI. The results are kept in `target/steady`, so that it can continue after an
//! interruption.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::args::flag;
use crate::busy::{self, Busy};
use crate::failure::{Failure, failed, usage};
use crate::{package, shell, test, tools};

/// How often each binary runs by default.
const TIMES: usize = 30;

/// Texts in source files that show that a test may depend on time. One is enough.
const SIGNS: [&str; 10] = [
    "std::process",
    "process::{",
    "Command::new",
    "Duration",
    "Instant",
    "SystemTime",
    "TcpListener",
    "TcpStream",
    "UnixStream",
    "tokio::",
];

/// The mark of a test binary that builds programs with cargo, which takes time that is not ours.
const BUILDS: &str = "trybuild::";

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (yes, args) = flag("--yes", args);
    let (times, names) = parse(&args)?;
    println!("first: build every test; then: each binary that touches time, sockets or processes {times} times");
    tools::provide_needed(yes)?;
    let binaries: Vec<Binary> =
        binaries()?.into_iter().filter(|one| names.is_empty() || names.contains(&one.name)).collect();
    if binaries.is_empty() {
        return Err(usage(format!("no test binary that touches time is called {}", names.join(" or "))));
    }
    let folder = shell::target().join("steady");
    fs::create_dir_all(&folder).map_err(|error| failed(format!("{}: {error}", folder.display())))?;
    let busy = Busy::start()?;
    println!("{} cores are kept busy", busy::cores());
    let mut problems = Vec::new();
    for binary in &binaries {
        problems.extend(repeat(binary, times, &folder)?);
    }
    drop(busy);
    if problems.is_empty() { Ok(()) } else { Err(failed(problems.join("\n"))) }
}

fn parse(args: &[String]) -> Result<(usize, Vec<String>), Failure> {
    let wrong = || usage("`steady` takes `--times N` and names of test binaries");
    let mut times = TIMES;
    let mut names = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--times" {
            times = args.next().and_then(|number| number.parse().ok()).ok_or_else(wrong)?;
        } else if arg.starts_with('-') {
            return Err(wrong());
        } else {
            names.push(arg.clone());
        }
    }
    Ok((times, names))
}

/// A test binary.
#[derive(Debug, PartialEq, Eq)]
struct Binary {
    /// `PACKAGE/TARGET`, or `PACKAGE/lib` for unit tests of a library.
    name: String,
    executable: PathBuf,
    /// The directory in which cargo runs it.
    folder: PathBuf,
    source: PathBuf,
}

/// Builds every test, and returns those that touch time, sockets or processes.
fn binaries() -> Result<Vec<Binary>, Failure> {
    let build = format!("test {} --all-features --no-run --message-format json-render-diagnostics", package::TOGETHER);
    let all = parse_messages(&shell::output(&mut shell::cargo(&build))?)?;
    Ok(all.into_iter().filter(|binary| touches_time(&sources(&binary.source))).collect())
}

fn parse_messages(lines: &str) -> Result<Vec<Binary>, Failure> {
    let unexpected = || failed("cargo's messages have another format than expected: target, executable");
    let mut binaries = Vec::new();
    for line in lines.lines() {
        let message: Value = serde_json::from_str(line).map_err(|_| unexpected())?;
        let Some(executable) = message["executable"].as_str().filter(|_| message["profile"]["test"] == true) else {
            continue;
        };
        let manifest = message["manifest_path"].as_str().map(Path::new).ok_or_else(unexpected)?;
        let folder = manifest.parent().ok_or_else(unexpected)?;
        let package = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let package = if folder == shell::root() { "hardened" } else { package };
        let target = &message["target"];
        let kind = target["kind"][0].as_str().ok_or_else(unexpected)?;
        let target_name = if kind == "lib" { "lib" } else { target["name"].as_str().ok_or_else(unexpected)? };
        binaries.push(Binary {
            name: format!("{package}/{target_name}"),
            executable: executable.into(),
            folder: folder.to_path_buf(),
            source: target["src_path"].as_str().ok_or_else(unexpected)?.into(),
        });
    }
    if binaries.is_empty() { Err(unexpected()) } else { Ok(binaries) }
}

/// Returns the source of a target: the directory of a `main.rs` or `lib.rs`, or else only the file.
fn sources(root: &Path) -> String {
    let mut files = BTreeSet::new();
    let whole_folder = root.file_name().is_some_and(|name| name == "main.rs" || name == "lib.rs");
    match root.parent().filter(|_| whole_folder) {
        Some(folder) => collect(folder, &mut files),
        None => drop(files.insert(root.to_path_buf())),
    }
    files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect()
}

fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(path);
        }
    }
}

fn touches_time(source: &str) -> bool {
    !source.contains(BUILDS) && SIGNS.iter().any(|sign| source.contains(sign))
}

/// Runs a binary until it has run this often, and returns what failed.
fn repeat(binary: &Binary, times: usize, folder: &Path) -> Result<Vec<String>, Failure> {
    let state = folder.join(binary.name.replace('/', "-") + ".runs");
    let build = build(&binary.executable);
    let (mut passed, mut failed_runs) = restore(&fs::read_to_string(&state).unwrap_or_default(), &build);
    let log = folder.join(binary.name.replace('/', "-") + ".log");
    while passed + failed_runs < times {
        let mut command = std::process::Command::new(&binary.executable);
        command.current_dir(&binary.folder).env("CARGO_MANIFEST_DIR", &binary.folder);
        test::many_at_once(&mut command);
        let output = command.output().map_err(|error| failed(format!("{}: {error}", binary.name)))?;
        if output.status.success() {
            passed += 1;
        } else {
            failed_runs += 1;
            let text = [output.stdout, output.stderr].concat();
            fs::write(&log, text).map_err(|error| failed(format!("{}: {error}", log.display())))?;
            println!("{}: run {} failed: {}", binary.name, passed + failed_runs, log.display());
        }
        let kept = format!("{build}\n{passed} {failed_runs}\n");
        fs::write(&state, kept).map_err(|error| failed(format!("{}: {error}", state.display())))?;
    }
    println!("{}: {passed} of {} passed", binary.name, passed + failed_runs);
    let problem =
        format!("{}: {failed_runs} of {} failed, the last in {}", binary.name, passed + failed_runs, log.display());
    Ok((failed_runs > 0).then_some(problem).into_iter().collect())
}

/// Returns a text that identifies a build of a binary.
fn build(executable: &Path) -> String {
    let changed = fs::metadata(executable).and_then(|file| file.modified()).ok();
    let changed = changed.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    format!("{} {}", executable.display(), changed.map_or(0, |time| time.as_nanos()))
}

/// Returns how many runs of this build have passed and failed before.
fn restore(text: &str, build: &str) -> (usize, usize) {
    let mut lines = text.lines();
    let counts = lines.next().filter(|line| *line == build).and_then(|_| lines.next()?.split_once(' '));
    counts.and_then(|(passed, failed)| Some((passed.parse().ok()?, failed.parse().ok()?))).unwrap_or((0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::words;

    #[test]
    fn the_number_of_runs_and_names_are_read() {
        for (typed, expected) in [
            ("", Some((TIMES, ""))),
            ("--times 3", Some((3, ""))),
            ("hardened/health --times 3 taskflow/process", Some((3, "hardened/health taskflow/process"))),
            ("--times", None),
            ("--times many", None),
            ("--fast", None),
        ] {
            let parsed = parse(&words(typed)).ok();
            assert_eq!(parsed, expected.map(|(times, names)| (times, words(names))), "{typed}");
        }
    }

    #[test]
    fn what_has_run_counts_for_the_same_build_only() {
        assert_eq!(restore("build\n7 1\n", "build"), (7, 1));
        for text in ["", "other\n7 1\n", "build\n", "build\nseven 1\n"] {
            assert_eq!(restore(text, "build"), (0, 0), "{text}");
        }
    }

    #[test]
    fn test_binaries_are_found_in_cargos_messages() {
        let messages = r#"{"reason":"compiler-artifact","profile":{"test":false},"executable":"/t/hardened"}
            {"reason":"compiler-artifact","profile":{"test":true},"executable":"/t/health-1","manifest_path":"/r/crates/one/Cargo.toml","target":{"kind":["test"],"name":"health","src_path":"/r/crates/one/tests/health/main.rs"}}
            {"reason":"compiler-artifact","profile":{"test":true},"executable":"/t/one-1","manifest_path":"/r/crates/one/Cargo.toml","target":{"kind":["lib"],"name":"one","src_path":"/r/crates/one/src/lib.rs"}}
            {"reason":"build-finished","success":true}"#;
        let names: Vec<_> = parse_messages(messages).unwrap().into_iter().map(|binary| binary.name).collect();
        assert_eq!(names, ["one/health", "one/lib"]);
        assert!(parse_messages(r#"{"reason":"build-finished","success":true}"#).is_err());
    }

    #[test]
    fn a_test_that_waits_listens_or_starts_a_process_touches_time() {
        for (source, touches) in [
            ("assert_eq!(1, 1);", false),
            ("std::time::Duration::from_secs(1)", true),
            ("use std::process::Command;", true),
            ("TcpListener::bind", true),
            ("#[tokio::test]", true),
            ("trybuild::TestCases::new(); Command::new(\"cargo\")", false),
        ] {
            assert_eq!(touches_time(source), touches, "{source}");
        }
    }
}
