//! Runs the program `git` so that it only reads: no network, no hooks, no prompts, no locks.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{place::Place, report::Report};

/// Variables that point git to another repository. Git sets them for hooks.
const POINTERS: [&str; 6] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
];

/// Settings that prevent git from running programs, using the network, or hiding something.
const SETTINGS: [&str; 5] = [
    "core.fsmonitor=false",
    "protocol.allow=never",
    "log.showRoot=true",
    "core.quotePath=false",
    "log.showSignature=false",
];

/// The reason why git gives no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gone {
    /// The program `git` is not installed.
    NoGit,
    /// The path is not in a repository, or git refuses the repository because it belongs to another user.
    NotARepository,
    /// The date since which commits are searched is not in the past.
    NotPast,
    /// Git ended early.
    Failed,
}

/// A git repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repository {
    /// The directory of its objects (the common git directory).
    pub(crate) directory: PathBuf,
    /// The directory of its working tree, or its own directory if it is bare.
    pub(crate) at: PathBuf,
}

impl Repository {
    /// Returns the repository that contains a path.
    pub(crate) fn of(path: &Path) -> Result<Self, Gone> {
        let at = if path.is_file() { path.parent().unwrap_or(path) } else { path };
        let mut command = quiet();
        command.arg("-C").arg(if at.as_os_str().is_empty() { Path::new(".") } else { at });
        command.args(["rev-parse", "--path-format=absolute", "--git-common-dir"]);
        let directory = path_of(&run(&mut command)?);
        Ok(Self { directory, at: at.to_owned() })
    }

    /// Returns the files below `at` that git tracks although they match its ignore rules.
    pub(crate) fn tracked_and_ignored(&self) -> Vec<PathBuf> {
        self.list(&["--ignored", "--exclude-standard"])
    }

    /// Returns the files below `at` that git tracks.
    pub(crate) fn tracked(&self) -> Vec<PathBuf> {
        self.list(&[])
    }

    fn list(&self, which: &[&str]) -> Vec<PathBuf> {
        let mut command = self.command_of_tree(&["ls-files", "-z", "--cached"]);
        let output = run(command.args(which)).unwrap_or_default();
        output.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(|path| os_string(path).into()).collect()
    }

    /// Returns the root of the working tree.
    pub(crate) fn top(&self) -> Result<PathBuf, Gone> {
        run(&mut self.command_of_tree(&["rev-parse", "--show-toplevel"])).map(|output| path_of(&output))
    }

    /// Returns the directory of the repository's hooks.
    pub(crate) fn hooks(&self) -> Result<PathBuf, Gone> {
        let arguments = ["rev-parse", "--path-format=absolute", "--git-path", "hooks"];
        run(&mut self.command_of_tree(&arguments)).map(|output| path_of(&output))
    }

    /// Returns a git command for this repository.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = quiet();
        command.arg("--git-dir").arg(&self.directory).args(arguments);
        command
    }

    /// Returns a git command that reads the index of this working tree.
    pub(crate) fn command_of_tree(&self, arguments: &[&str]) -> Command {
        let mut command = quiet();
        command.arg("-C").arg(&self.at).args(arguments);
        command
    }

    /// Notes which part of the history is missing in this clone.
    pub(crate) fn note_what_is_not_here(&self, report: &mut Report) {
        // Git looks for the same file. Running git takes longer than the search of a small repository.
        if self.directory.join("shallow").exists() {
            report.skip(
                Place::file(&self.at),
                "the older history: this clone is shallow; `git fetch --unshallow` gets it",
            );
        }
        // The command fails if there is no such setting.
        let partial =
            run(&mut self.command(&["config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"]));
        if partial.is_ok_and(|settings| !settings.is_empty()) {
            report.skip(Place::file(&self.at), "objects that were never fetched: this clone is partial");
        }
    }
}

fn quiet() -> Command {
    let mut command = Command::new("git");
    POINTERS.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.args(["--no-replace-objects", "--no-pager", "--literal-pathspecs"]);
    SETTINGS.iter().for_each(|setting| {
        command.args(["-c", setting]);
    });
    command
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Runs a command and returns its output.
pub(crate) fn run(command: &mut Command) -> Result<Vec<u8>, Gone> {
    let output = command.stdout(Stdio::piped()).output().map_err(|error| not_run(&error))?;
    if output.status.success() { Ok(output.stdout) } else { Err(Gone::NotARepository) }
}

/// Starts a command whose output is read while it runs.
pub(crate) fn start(command: &mut Command) -> Result<Child, Gone> {
    command.stdout(Stdio::piped()).spawn().map_err(|error| not_run(&error))
}

fn not_run(error: &io::Error) -> Gone {
    if error.kind() == io::ErrorKind::NotFound { Gone::NoGit } else { Gone::Failed }
}

/// Returns the path in a line of output.
fn path_of(line: &[u8]) -> PathBuf {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    os_string(line.strip_suffix(b"\r").unwrap_or(line)).into()
}

/// Converts a name in git's output.
#[cfg(unix)]
pub(crate) fn os_string(bytes: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

/// Converts a name in git's output.
#[cfg(not(unix))]
pub(crate) fn os_string(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}
