//! Compares the time of a user's first build with that of the libraries that this one is based on.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::args::takes_none;
use crate::failure::{Failure, failed};
use crate::metadata;
use crate::shell;

/// What a user depends on, and the maximum time of its clean release build, as a multiple of the base.
const SIDES: [(&str, &str, f64); 2] = [
    ("with the derive alone", "default-features = false, features = [\"derive\"]", 1.7),
    ("with the default features", "default-features = true", 2.3),
];

/// How often each side is built. The sides alternate, so that other load on the machine affects both.
const ROUNDS: usize = 3;

const BASE: &str = "serde = { version = \"1\", features = [\"derive\"] }\n\
                    secrecy = \"0.10\"\n\
                    thiserror = \"2\"\n\
                    url = \"2\"\n";

/// The cost of one build.
#[derive(Debug, Clone, Copy)]
struct Cost {
    /// The wall-clock time in seconds.
    wall: f64,
    /// The processor time in seconds; known on Linux only.
    processors: Option<f64>,
}

impl Cost {
    /// Returns the cost as a multiple of another one. It uses the processor time if that is known, because other load on the
    /// machine affects it less.
    fn over(self, base: Self) -> f64 {
        let of_processors = self.processors.zip(base.processors).map(|(ours, base)| ours / base);
        of_processors.unwrap_or(self.wall / base.wall)
    }
}

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    takes_none("build-ratio", args)?;
    check()
}

/// Prints the ratios, and fails if one is above its bound.
pub(crate) fn check() -> Result<(), Failure> {
    let folder = Scratch::new()?;
    let base = folder.package("base", BASE)?;
    let mut failures = Vec::new();
    for (name, features, bound) in SIDES {
        let ours =
            folder.package(&name.replace(' ', "-"), &format!("hardened = {{ path = '{}', {features} }}\n", root()))?;
        let ratio = ratio(name, &base, &ours)?;
        if ratio > bound {
            failures.push(format!("{name}: {ratio:.2} is more than {bound}"));
        }
        println!("a clean release build {name} is {ratio:.2} × the base; must be at most {bound}");
    }
    if failures.is_empty() { Ok(()) } else { Err(failed(failures.join("; "))) }
}

/// Prints the ratio of each round and returns the median.
fn ratio(name: &str, base: &Path, ours: &Path) -> Result<f64, Failure> {
    let mut ratios = Vec::new();
    for round in 1..=ROUNDS {
        let (base, ours) = (build(base)?, build(ours)?);
        println!("round {round}: base {}, {name} {}", show(base), show(ours));
        ratios.push(ours.over(base));
    }
    Ok(median(ratios))
}

/// Makes one clean release build.
fn build(package: &Path) -> Result<Cost, Failure> {
    let target = package.join("target");
    let mut command = shell::cargo("build --release --quiet --target-dir");
    command.arg(&target).current_dir(package);
    let (start, before) = (Instant::now(), time_of_children());
    shell::run(&mut command)?;
    let wall = start.elapsed().as_secs_f64();
    let processors = time_of_children().zip(before).map(|(after, before)| after - before);
    fs::remove_dir_all(&target).map_err(|error| failed(format!("{}: {error}", target.display())))?;
    Ok(Cost { wall, processors })
}

/// Returns the total processor time, in seconds, of the processes that this one has waited for.
fn time_of_children() -> Option<f64> {
    // proc_pid_stat(5): `cutime` and `cstime` are fields 16 and 17; the fields after the name in brackets start at 3.
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let mut ticks = stat.rsplit_once(')')?.1.split_whitespace().skip(13).map(str::parse::<f64>);
    let (user, system) = (ticks.next()?.ok()?, ticks.next()?.ok()?);
    // The kernel always reports hundredths of a second here.
    Some((user + system) / 100.0)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn show(cost: Cost) -> String {
    match cost.processors {
        Some(time) => format!("{:.1} s (processor time {time:.1} s)", cost.wall),
        None => format!("{:.1} s", cost.wall),
    }
}

fn root() -> String {
    shell::root().display().to_string()
}

/// A temporary directory, which is removed when this value is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("hardened-build-{}", std::process::id()));
        fs::create_dir(&folder).map_err(|error| failed(format!("{}: {error}", folder.display())))?;
        Ok(Self(folder))
    }

    /// Creates an empty library with these dependencies, in the versions of this repository and already downloaded.
    fn package(&self, name: &str, dependencies: &str) -> Result<PathBuf, Failure> {
        let package = self.0.join(name);
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [workspace]\n\n[dependencies]\n{dependencies}"
        );
        let write = || {
            fs::create_dir_all(package.join("src"))?;
            fs::write(package.join("src/lib.rs"), "")?;
            fs::write(package.join("Cargo.toml"), manifest)?;
            fs::copy(shell::root().join("Cargo.lock"), package.join("Cargo.lock"))
        };
        write().map_err(|error| failed(format!("{}: {error}", package.display())))?;
        let mut fetch = shell::cargo("fetch --quiet --target");
        shell::run(fetch.arg(metadata::host()?).current_dir(&package))?;
        Ok(package)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]).to_bits(), 2.0_f64.to_bits());
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn the_processors_decide_where_they_are_known() {
        let cost = |wall, processors| Cost { wall, processors };
        assert!((cost(30.0, Some(4.0)).over(cost(10.0, Some(2.0))) - 2.0).abs() < 1e-9);
        assert!((cost(30.0, None).over(cost(10.0, Some(2.0))) - 3.0).abs() < 1e-9);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_time_of_children_is_known_on_linux() {
        assert!(time_of_children().is_some_and(|time| time >= 0.0));
    }
}
