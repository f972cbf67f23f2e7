//! The programs that tests need beside Rust: how each is found, and what installs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, failed, usage};
use crate::shell;

/// What the tests need today. A tool moves here with the first test that uses it.
const NEEDED: &[&Tool] = &[&POSTGRESQL, &UNPRIVILEGED_USER, &CHROMIUM, &CHROMEDRIVER, &PYTHON, &NPM];

/// Every tool that can be needed.
const ALL: &[&Tool] = &[&POSTGRESQL, &UNPRIVILEGED_USER, &CHROMIUM, &CHROMEDRIVER, &PYTHON, &NPM];

/// The database itself, not its client: a test starts servers of its own.
const POSTGRESQL: Tool = Tool {
    name: "postgresql",
    found: Found::Programs { programs: &["initdb", "postgres"], places: postgresql_places },
    package: "postgresql",
};

/// PostgreSQL refuses to run as root.
const UNPRIVILEGED_USER: Tool =
    Tool { name: "unprivileged-user", found: Found::User(&["postgres", "nobody"]), package: "postgresql-common" };

const CHROMIUM: Tool = Tool {
    name: "chromium",
    found: Found::AnyProgram(&["chromium", "chromium-browser", "google-chrome"]),
    package: "chromium",
};

const CHROMEDRIVER: Tool =
    Tool { name: "chromedriver", found: Found::AnyProgram(&["chromedriver"]), package: "chromium-driver" };

/// With what makes environments of its own.
pub(crate) const PYTHON: Tool =
    Tool { name: "python", found: Found::AnyProgram(&["python3"]), package: "python3-venv" };

pub(crate) const NPM: Tool = Tool { name: "npm", found: Found::AnyProgram(&["npm"]), package: "npm" };

/// One tool.
pub(crate) struct Tool {
    name: &'static str,
    found: Found,
    /// The Debian package that brings it.
    package: &'static str,
}

/// How a tool is found.
enum Found {
    /// The first of these that is on the `PATH`.
    AnyProgram(&'static [&'static str]),
    /// All of these, side by side, on the `PATH` or in a place of their own.
    Programs { programs: &'static [&'static str], places: fn() -> Vec<PathBuf> },
    /// Any of these users, unless we are no root ourselves.
    User(&'static [&'static str]),
}

/// The task: shows every tool, or installs those named.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    if args.is_empty() {
        for tool in ALL {
            let needed = NEEDED.iter().any(|needed| needed.name == tool.name);
            let needed = if needed { "needed" } else { "not needed yet" };
            let place = tool.find().unwrap_or_else(|| format!("missing: {}", tool.package));
            println!("{:<17}  {needed:<14}  {place}", tool.name);
        }
        return Ok(());
    }
    let named: Vec<&Tool> = args.iter().map(|name| by_name(name)).collect::<Result<_, _>>()?;
    provide(&named)
}

/// Finds the tools that the tests need, and installs what is missing.
pub(crate) fn provide_needed() -> Result<(), Failure> {
    provide(NEEDED)
}

fn by_name(name: &str) -> Result<&'static Tool, Failure> {
    ALL.iter().copied().find(|tool| tool.name == name).ok_or_else(|| {
        let names: Vec<_> = ALL.iter().map(|tool| tool.name).collect();
        usage(format!("there is no tool `{name}`, only {}", names.join(", ")))
    })
}

pub(crate) fn provide(tools: &[&Tool]) -> Result<(), Failure> {
    let packages = report(tools);
    if packages.is_empty() {
        return Ok(());
    }
    let typed = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !(is_root() && on_path("apt-get").is_some()) {
        return Err(failed(format!(
            "tests need what is missing here. On Debian, as root: {typed}\n\
             Elsewhere, install the same programs and put them on the PATH."
        )));
    }
    let apt_get = |arguments: &str| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(shell::words(arguments));
        shell::run(&mut command)
    };
    apt_get("update")?;
    apt_get(typed.trim_start_matches("apt-get "))?;
    let missing = report(tools);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(failed(format!("still missing after their installation: {}", missing.join(", "))))
    }
}

/// Says where each tool is, and returns the packages of those that are nowhere.
fn report(tools: &[&Tool]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for tool in tools {
        if let Some(place) = tool.find() {
            println!("{}: {place}", tool.name);
        } else {
            println!("{}: missing", tool.name);
            packages.push(tool.package);
        }
    }
    packages
}

impl Tool {
    /// Where it is, in words.
    fn find(&self) -> Option<String> {
        match &self.found {
            Found::AnyProgram(names) => Some(names.iter().find_map(|name| on_path(name))?.display().to_string()),
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

/// Where Debian keeps the servers, newest first, and where the client knows them to be.
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

/// Whether a line of `/etc/passwd` is this user's.
fn has_user(users: &str, name: &str) -> bool {
    users.lines().any(|line| line.split(':').next() == Some(name))
}

fn on_path(program: &str) -> Option<PathBuf> {
    path_folders().into_iter().find(|folder| is_in(folder, program)).map(|it| it.join(program))
}

fn path_folders() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

fn is_in(folder: &Path, program: &str) -> bool {
    folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)).is_file()
}

fn is_root() -> bool {
    // There is no `id` on Windows, and no root.
    on_path("id").is_some() && shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim_end() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_on_the_path_is_found() {
        let tool = Tool { name: "cargo", found: Found::AnyProgram(&["no-such-program", "cargo"]), package: "cargo" };
        assert!(tool.find().is_some_and(|place| place.ends_with("cargo")), "{:?}", tool.find());
        assert_eq!(provide(&[&tool]), Ok(()));
    }

    #[test]
    fn programs_are_found_side_by_side_or_not_at_all() {
        let crate_folder = || vec![shell::root().join("crates/xtask")];
        let with = |programs| Tool {
            name: "this",
            found: Found::Programs { programs, places: crate_folder },
            package: "this",
        };
        // Any file does, where programs have no ending of their own.
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
