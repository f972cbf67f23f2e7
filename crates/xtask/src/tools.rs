//! Finds and installs the programs that tests need in addition to Rust.
//!
//! A person is asked before anything is installed, except with `--yes` or in CI (`CI=true`).

use std::fs;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::flag;
use crate::failure::{Failure, failed, usage};
use crate::shell;

/// Every tool that tests need.
const ALL: &[&Tool] = &[&POSTGRESQL, &UNPRIVILEGED_USER, &CHROMIUM, &CHROMEDRIVER, &PYTHON, &NPM, &NGINX, &CADDY];

/// The database server and not its client, because tests start their own servers.
const POSTGRESQL: Tool = Tool {
    name: "postgresql",
    found: Found::Programs { programs: &["initdb", "postgres"], places: postgresql_places },
    package: "postgresql",
    without: None,
};

/// A user for PostgreSQL, which refuses to run as root.
const UNPRIVILEGED_USER: Tool = Tool {
    name: "unprivileged-user",
    found: Found::User(&["postgres", "nobody"]),
    package: "postgresql-common",
    without: None,
};

const CHROMIUM: Tool = Tool {
    name: "chromium",
    found: Found::AnyProgram(&["chromium", "chromium-browser", "google-chrome"]),
    package: "chromium",
    without: Some("tests in a browser: no Chromium"),
};

const CHROMEDRIVER: Tool = Tool {
    name: "chromedriver",
    found: Found::AnyProgram(&["chromedriver"]),
    package: "chromium-driver",
    without: Some("tests in a browser: no driver for Chromium"),
};

const NGINX: Tool = Tool {
    name: "nginx",
    found: Found::AnyProgram(&["nginx"]),
    package: "nginx-light",
    without: Some("verification behind a front end: no nginx"),
};

const CADDY: Tool = Tool {
    name: "caddy",
    found: Found::AnyProgram(&["caddy"]),
    package: "caddy",
    without: Some("verification behind a front end: no Caddy"),
};

/// Python with the modules for virtual environments.
const PYTHON: Tool = Tool {
    name: "python",
    found: Found::Python("import ensurepip, venv"),
    package: "python3-venv",
    without: Some("the comparison with programs of other languages: no Python"),
};

const NPM: Tool = Tool {
    name: "npm",
    found: Found::AnyProgram(&["npm"]),
    package: "npm",
    without: Some("the comparison with programs of other languages: no npm"),
};

/// A tool, and how to find and install it.
struct Tool {
    name: &'static str,
    found: Found,
    /// The Debian package that contains it.
    package: &'static str,
    /// What is skipped without it. With `None`, and always in CI, the tests cannot run without it.
    without: Option<&'static str>,
}

/// How to find a tool.
enum Found {
    /// The first of these programs that is on the `PATH`.
    AnyProgram(&'static [&'static str]),
    /// A Python that can run this script, because Debian packages the modules separately.
    Python(&'static str),
    /// All of these programs in the same directory, on the `PATH` or in one of these places.
    Programs { programs: &'static [&'static str], places: fn() -> Vec<PathBuf> },
    /// Any of these users; not needed if this process does not run as root.
    User(&'static [&'static str]),
}

/// Runs the task: shows every tool, or installs those named.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (yes, names) = flag("--yes", args);
    if names.is_empty() {
        for tool in ALL {
            let place = tool.find().unwrap_or_else(|| format!("missing: {}", tool.package));
            println!("{:<17}  {place}", tool.name);
        }
        return Ok(());
    }
    let named: Vec<&Tool> = names.iter().map(|name| by_name(name)).collect::<Result<_, _>>()?;
    let missing = provide(&named, Consent::of(yes))?;
    match missing.first() {
        None => Ok(()),
        Some(tool) => Err(failed(format!("{} is missing", tool.name))),
    }
}

/// Finds the tools that the tests need, and installs what is missing with the user's consent. Returns what is skipped, and
/// fails if a mandatory tool is missing.
pub(crate) fn provide_needed(yes: bool) -> Result<Vec<String>, Failure> {
    let consent = Consent::of(yes);
    let missing = provide(ALL, consent)?;
    let needed = |tool: &&&Tool| consent == Consent::Machine || tool.without.is_none();
    if let Some(tool) = missing.iter().find(needed) {
        return Err(failed(format!("{} is missing: {}", tool.name, by_hand(&packages(&missing)))));
    }
    Ok(missing.iter().filter_map(|tool| tool.without).map(str::to_owned).collect())
}

/// The consent to an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    /// Consent is not needed on a CI machine, which is only for tests.
    Machine,
    /// The person has consented with `--yes`.
    Given,
    /// The person can be asked.
    Ask,
    /// There is no terminal, so nobody can be asked.
    None,
}

impl Consent {
    pub(crate) fn of(yes: bool) -> Self {
        if std::env::var_os("CI").is_some_and(|value| value == "true") {
            Self::Machine
        } else if yes {
            Self::Given
        } else if std::io::stdin().is_terminal() {
            Self::Ask
        } else {
            Self::None
        }
    }

    /// Returns whether consent is given for a command, asking if necessary.
    pub(crate) fn is_given(self, typed: &str, answers: &mut impl BufRead) -> bool {
        match self {
            Self::Machine | Self::Given => true,
            Self::None => {
                println!("nothing is installed without your consent: `cargo xtask test --yes` runs {typed}");
                false
            }
            Self::Ask => {
                print!("run {typed}? [y/N] ");
                let _ = std::io::stdout().flush();
                let mut answer = String::new();
                let read = answers.read_line(&mut answer).is_ok();
                read && matches!(answer.trim(), "y" | "Y" | "yes")
            }
        }
    }
}

fn by_name(name: &str) -> Result<&'static Tool, Failure> {
    ALL.iter().copied().find(|tool| tool.name == name).ok_or_else(|| {
        let names: Vec<_> = ALL.iter().map(|tool| tool.name).collect();
        usage(format!("there is no tool `{name}`, only {}", names.join(", ")))
    })
}

/// Installs what is missing with the user's consent, and returns what is still missing.
fn provide(tools: &[&'static Tool], consent: Consent) -> Result<Vec<&'static Tool>, Failure> {
    let missing = report(tools);
    if missing.is_empty() {
        return Ok(missing);
    }
    let typed = apt_get(&packages(&missing));
    if !(is_root() && on_path("apt-get").is_some()) {
        println!("to install what is missing: {}", by_hand(&packages(&missing)));
        return Ok(missing);
    }
    if !consent.is_given(&typed, &mut std::io::stdin().lock()) {
        return Ok(missing);
    }
    for arguments in ["apt-get update", &typed] {
        let mut words = shell::words(arguments).into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        shell::run(command.env("DEBIAN_FRONTEND", "noninteractive").args(words))?;
    }
    Ok(report(tools))
}

fn packages(tools: &[&Tool]) -> String {
    tools.iter().map(|tool| tool.package).collect::<Vec<_>>().join(" ")
}

fn apt_get(packages: &str) -> String {
    format!("apt-get install -y --no-install-recommends {packages}")
}

fn by_hand(packages: &str) -> String {
    format!("on Debian, as root, {}; elsewhere install the same programs and put them on the PATH", apt_get(packages))
}

/// Prints where each tool is, and returns those that are missing.
fn report(tools: &[&'static Tool]) -> Vec<&'static Tool> {
    let mut missing = Vec::new();
    for tool in tools {
        let place = tool.find();
        println!("{}: {}", tool.name, place.as_deref().unwrap_or("missing"));
        if place.is_none() {
            missing.push(*tool);
        }
    }
    missing
}

impl Tool {
    /// Returns where the tool is, as text.
    fn find(&self) -> Option<String> {
        match &self.found {
            Found::AnyProgram(names) => Some(names.iter().find_map(|name| on_path(name))?.display().to_string()),
            Found::Python(script) => {
                let runs =
                    Command::new("python3").args(["-c", script]).output().is_ok_and(|done| done.status.success());
                if runs { Some(on_path("python3")?.display().to_string()) } else { None }
            }
            Found::Programs { programs, places } => {
                let holds = |place: &PathBuf| programs.iter().all(|name| is_in(place, name));
                let place = path_folders().into_iter().chain(places()).find(holds)?;
                Some(place.display().to_string())
            }
            Found::User(names) => {
                if !is_root() {
                    return Some("this user".to_owned());
                }
                let users = fs::read_to_string("/etc/passwd").ok()?;
                names.iter().find(|name| has_user(&users, name)).map(|name| (*name).to_owned())
            }
        }
    }
}

/// Returns where Debian installs the servers, the newest first, and the directory that `pg_config` names.
fn postgresql_places() -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort_by(|left, right| right.cmp(left));
    let mut places: Vec<PathBuf> = versions.into_iter().map(|(_, place)| place).collect();
    if on_path("pg_config").is_some()
        && let Ok(place) = shell::output(Command::new("pg_config").arg("--bindir"))
    {
        places.push(PathBuf::from(place.trim_end()));
    }
    places
}

/// Returns whether `/etc/passwd` has this user.
fn has_user(users: &str, name: &str) -> bool {
    users.lines().any(|line| line.split(':').next() == Some(name))
}

pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    path_folders().into_iter().find(|folder| is_in(folder, program)).map(|it| it.join(program))
}

fn path_folders() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

fn is_in(folder: &Path, program: &str) -> bool {
    folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)).is_file()
}

fn is_root() -> bool {
    // Windows has neither `id` nor root.
    on_path("id").is_some() && shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim_end() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_on_the_path_is_found() {
        const CARGO: Tool = Tool {
            name: "cargo",
            found: Found::AnyProgram(&["no-such-program", "cargo"]),
            package: "cargo",
            without: None,
        };
        assert!(CARGO.find().is_some_and(|place| place.ends_with("cargo")), "{:?}", CARGO.find());
        assert!(provide(&[&CARGO], Consent::None).is_ok_and(|missing| missing.is_empty()));
    }

    #[test]
    fn nothing_is_installed_without_consent() {
        for (consent, answer, given) in [
            (Consent::Machine, "", true),
            (Consent::Given, "", true),
            (Consent::Ask, "y\n", true),
            (Consent::Ask, "yes\n", true),
            (Consent::Ask, "\n", false),
            (Consent::Ask, "n\n", false),
            (Consent::Ask, "", false),
            (Consent::None, "y\n", false),
        ] {
            assert_eq!(consent.is_given("apt-get", &mut answer.as_bytes()), given, "{consent:?} {answer:?}");
        }
    }

    #[test]
    fn programs_are_found_side_by_side_or_not_at_all() {
        let crate_folder = || vec![shell::root().join("crates/xtask")];
        let with = |programs| Tool {
            name: "this",
            found: Found::Programs { programs, places: crate_folder },
            package: "this",
            without: None,
        };
        // Any file will do on systems where programs have no special ending.
        if std::env::consts::EXE_SUFFIX.is_empty() {
            assert!(with(&["Cargo.toml"]).find().is_some_and(|place| place.ends_with("xtask")));
        }
        assert_eq!(with(&["Cargo.toml", "no-such-file"]).find(), None);
    }

    #[test]
    fn a_user_is_found_by_the_whole_name() {
        let users = "root:x:0:0::/root:/bin/sh\npostgres-old:x:1:1::/:/bin/sh\nnobody:x:2:2::/:";
        assert!(has_user(users, "nobody"));
        assert!(!has_user(users, "postgres"));
    }

    #[test]
    fn an_unknown_tool_is_wrong_usage_and_lists_the_tools() {
        let Err(failure @ Failure::Usage(_)) = run(&["postgres".to_owned()]) else { panic!("not refused") };
        assert!(failure.to_string().contains("postgresql, "), "{failure}");
    }
}
