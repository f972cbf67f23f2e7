//! `cargo xtask newcomer`: follows the README as a new user, line by line, in an empty directory.
//!
//! Our crates come from a registry made of the packages that `cargo package` makes, as after a publication. The lines of
//! the README are run unchanged, except for what [`published`] replaces.

use std::{
    env, fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

use crate::{
    args::{flag, takes_none},
    failure::{Failure, failed},
    package,
    readme::{self, Step},
    registry, shell,
};

/// The project that the README adds the library to.
const PROJECT: &str = "billing";

/// The name of the reader's program in the README.
const PROGRAM: &str = "my-service";

/// Beginnings of commands for a checkout of this repository, and where each command is tested.
const ELSEWHERE: &[(&str, &str)] = &[
    ("git clone ", "already, because this is the clone"),
    ("cargo xtask ", "by .ci/run"),
    ("cargo run -p taskflow ", "by the tests of examples/taskflow"),
    ("cargo run --example ", "by tests/quickstart.rs"),
];

/// A value in the format of each secret that only its issuer can make.
const ISSUED: &[(&str, &str)] = &[("STRIPE_KEY", "sk_test_4eC39HqLyjWDarjtT1zdp7dcEXAMPLE0")];

/// The origin of the command line tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    /// The tool is installed, as the README says.
    Installed,
    /// The tests have built the tool, which saves half of the time.
    Built,
}

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (is_built, args) = flag("--built", args);
    takes_none("newcomer", &args)?;
    if is_built { walk() } else { walk_and_install() }
}

/// Follows the README with the tool that the tests have built, as a step of `ci`.
pub(crate) fn walk() -> Result<(), Failure> {
    walk_with(Tool::Built)
}

/// Follows the README and installs the tool, as a step of `ci --full`.
pub(crate) fn walk_and_install() -> Result<(), Failure> {
    walk_with(Tool::Installed)
}

fn walk_with(tool: Tool) -> Result<(), Failure> {
    let readme =
        fs::read_to_string(shell::root().join("README.md")).map_err(|error| failed(format!("README.md: {error}")))?;
    let steps = readme::steps(&readme)?;
    let mut newcomer = Newcomer::new(tool)?;
    for step in &steps {
        match step {
            Step::Command(line) => newcomer.types(line)?,
            Step::Program(code) => newcomer.copies(code)?,
            Step::Tests(code) => newcomer.adds_tests(code)?,
            Step::Manifest(lines) => newcomer.adds_to_manifest(lines)?,
        }
    }
    newcomer.ends()
}

/// A user who follows the README with no variables set.
struct Newcomer {
    folder: Folder,
    tool: Tool,
    /// What the user has seen so far; at the end, all of [`SIGHTS`].
    seen: Vec<&'static str>,
}

/// What the user must have seen at the end.
const SIGHTS: [&str; 4] = ["refused", "prepared", "serves", "tested"];

impl Newcomer {
    fn new(tool: Tool) -> Result<Self, Failure> {
        let folder = Folder::new()?;
        registry::make(&folder.0)?;
        let newcomer = Self { folder, tool, seen: Vec::new() };
        newcomer.succeeds(&format!("cargo new --quiet {PROJECT}"), &newcomer.folder.0)?;
        // The project uses the dependency versions of this repository.
        let lock = newcomer.project().join("Cargo.lock");
        fs::copy(shell::root().join("Cargo.lock"), &lock).map_err(|error| failed(format!("Cargo.lock: {error}")))?;
        Ok(newcomer)
    }

    fn project(&self) -> PathBuf {
        self.folder.0.join(PROJECT)
    }

    /// Runs a command of the README.
    fn types(&mut self, line: &str) -> Result<(), Failure> {
        if let Some((_, place)) = ELSEWHERE.iter().find(|(start, _)| line.starts_with(start)) {
            println!("{line}: tried {place}");
            return Ok(());
        }
        match line {
            "cargo run" if self.seen.contains(&"prepared") => self.serves(line),
            "cargo run" => self.is_refused(line),
            "cargo test" => self.tests(line),
            line if line.starts_with("cargo new ") => Ok(()),
            line if line.starts_with("cargo install ") && self.tool == Tool::Built => self.takes_built(line),
            line if line.starts_with("hardened init") => self.prepares(line),
            line if line.starts_with(PROGRAM) && !self.seen.contains(&"prepared") => {
                self.prepares("hardened init")?;
                self.succeeds(line, &self.project())
            }
            line if ["cargo ", "hardened ", PROGRAM].iter().any(|start| line.starts_with(start)) => {
                self.succeeds(line, &self.project())
            }
            _ => Err(failed(format!("{line}: this program is not known"))),
        }
    }

    /// Copies the program. It must build without a warning, and refuse to start because nothing is set.
    fn copies(&mut self, code: &str) -> Result<(), Failure> {
        self.write("src/main.rs", code)?;
        self.builds("cargo build")?;
        let built = self.target().join("debug").join(PROJECT);
        let program = self.folder.0.join("bin").join(PROGRAM);
        fs::copy(&built, &program).map_err(|error| failed(format!("{}: {error}", built.display())))?;
        self.is_refused("cargo run")
    }

    fn adds_tests(&mut self, code: &str) -> Result<(), Failure> {
        let main = fs::read_to_string(self.project().join("src/main.rs")).map_err(|error| failed(error.to_string()))?;
        self.write("src/main.rs", &format!("{main}\n{code}\n"))?;
        self.tests("cargo test")
    }

    fn adds_to_manifest(&self, lines: &str) -> Result<(), Failure> {
        let path = self.project().join("Cargo.toml");
        let manifest = fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
        self.write("Cargo.toml", &manifest.replace("[dependencies]", lines))
    }

    fn write(&self, file: &str, content: &str) -> Result<(), Failure> {
        fs::write(self.project().join(file), content).map_err(|error| failed(format!("{file}: {error}")))
    }

    fn is_refused(&mut self, line: &str) -> Result<(), Failure> {
        let output = self.runs(line, &self.project())?;
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        // The report must name every missing secret, and the remedy.
        let names = ["JWT_SECRET_KEY", "CORS_ORIGINS", "STRIPE_KEY", "hardened init"];
        let holds = output.status.code() == Some(78) && names.iter().all(|name| report.contains(name));
        self.saw("refused", line, expect(holds, &output))
    }

    fn prepares(&mut self, line: &str) -> Result<(), Failure> {
        if self.seen.contains(&"prepared") {
            return self.succeeds(line, &self.project());
        }
        // `init` reads the settings of the program from this file.
        self.succeeds(&format!("{PROGRAM} config env > .env.example"), &self.project())?;
        let output = self.runs(line, &self.project())?;
        let files = [".env", ".cargo/config.toml", ".gitignore"];
        let written = files.iter().all(|file| self.project().join(file).exists());
        expect(output.status.success() && written, &output)?;
        let env = fs::read_to_string(self.project().join(".env")).map_err(|error| failed(error.to_string()))?;
        self.write(".env", &filled_in(&env))?;
        self.saw("prepared", line, Ok(()))
    }

    fn serves(&mut self, line: &str) -> Result<(), Failure> {
        let port = free_port()?;
        let mut service = Service(
            // `exec` and `cargo run` replace the process by the service, so that killing it ends the service.
            self.shell(&format!("exec {line}"), &self.project())
                .env("PORT", port.to_string())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .map_err(|error| failed(format!("{line}: {error}")))?,
        );
        let answer = loop {
            if let Some(answer) = get(port) {
                break answer;
            }
            if matches!(service.0.try_wait(), Ok(Some(_))) {
                break String::new();
            }
            thread::sleep(Duration::from_millis(100));
        };
        let errors = service.end();
        let outcome =
            if answer.contains("200 OK") { Ok(()) } else { Err(failed(format!("no answer: {answer}\n{errors}"))) };
        self.saw("serves", line, outcome)
    }

    /// Runs the tests of the program. All must pass, without a warning and without a secret in the environment.
    fn tests(&mut self, line: &str) -> Result<(), Failure> {
        let main = fs::read_to_string(self.project().join("src/main.rs")).map_err(|error| failed(error.to_string()))?;
        let number = main.matches("#[test]").count();
        self.builds("cargo test --no-run")?;
        let output = self.runs(line, &self.project())?;
        let passed = String::from_utf8_lossy(&output.stdout).contains(&format!("{number} passed"));
        self.saw("tested", line, expect(output.status.success() && number > 0 && passed, &output))
    }

    /// Starts the service if the README did not, and fails if something was not seen.
    fn ends(mut self) -> Result<(), Failure> {
        if !self.seen.contains(&"serves") {
            self.serves("cargo run")?;
        }
        let missing: Vec<&str> = SIGHTS.into_iter().filter(|sight| !self.seen.contains(sight)).collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(failed(format!("the commands of the README do not show: {}", missing.join(", "))))
        }
    }

    fn saw(&mut self, sight: &'static str, line: &str, outcome: Result<(), Failure>) -> Result<(), Failure> {
        println!("{line}: {}", if outcome.is_ok() { sight } else { "FAILED" });
        self.seen.push(sight);
        outcome.map_err(|failure| failed(format!("{line}: {sight} was expected\n{failure}")))
    }

    fn builds(&self, line: &str) -> Result<(), Failure> {
        let output = self.runs(line, &self.project())?;
        let warned = String::from_utf8_lossy(&output.stderr).contains("warning:");
        println!("{line}: {}", if warned { "warnings" } else { "no warnings" });
        expect(output.status.success() && !warned, &output)
    }

    fn succeeds(&self, line: &str, folder: &Path) -> Result<(), Failure> {
        let output = self.runs(line, folder)?;
        println!("{line}: {}", output.status);
        expect(output.status.success(), &output).map_err(|failure| failed(format!("{line}: {failure}")))
    }

    fn runs(&self, line: &str, folder: &Path) -> Result<Output, Failure> {
        self.shell(line, folder).output().map_err(|error| failed(format!("{line}: {error}")))
    }

    /// Copies the command line tool that the tests have built instead of installing it.
    fn takes_built(&self, line: &str) -> Result<(), Failure> {
        shell::run(&mut shell::cargo(&format!("test {} --all-features --no-run", package::TOGETHER)))?;
        let name = "hardened";
        let bin = self.folder.0.join("bin");
        let copied =
            fs::create_dir_all(&bin).and_then(|()| fs::copy(shell::target().join("debug").join(name), bin.join(name)));
        println!("{line}: uses the one that the tests have built");
        copied.map(|_| ()).map_err(|error| failed(format!("{name}: {error}")))
    }

    fn target(&self) -> PathBuf {
        shell::target().join("newcomer")
    }

    /// Returns a shell in the environment of a user who has not set any variables.
    fn shell(&self, line: &str, folder: &Path) -> Command {
        let bin = self.folder.0.join("bin");
        let mut path = vec![bin.clone()];
        path.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
        let mut command = Command::new("sh");
        command
            .args(["-c", &published(line)])
            .current_dir(folder)
            .env_remove("ENVIRONMENT")
            .env_remove("APP_ENV")
            .env_remove(shell::OUR_COMPILER[0])
            .env_remove(shell::OUR_COMPILER[1])
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_INSTALL_ROOT", &self.folder.0)
            .env("CARGO_NET_OFFLINE", "true")
            .stdin(Stdio::null());
        if let Ok(path) = env::join_paths(path) {
            command.env("PATH", path);
        }
        // The variables that `cargo run` set for this program must not be visible.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }
}

/// Returns a line as it is after a publication: our crates come from the registry instead of a path or a repository.
fn published(line: &str) -> String {
    if line.starts_with("cargo add ") {
        without_source(line).join(" ")
    } else if line.starts_with("cargo install ") {
        // Cargo cannot install from a directory of crates, so it installs the crate in it; `--debug` takes a third of the
        // time.
        format!("cargo install --debug --path ../registry/{}-[0-9]*", installed(line))
    } else {
        line.to_owned()
    }
}

/// Returns the words of a line without `--path`, `--git` and their values.
fn without_source(line: &str) -> Vec<&str> {
    let is_source = |word: &str| word == "--path" || word == "--git";
    let words: Vec<&str> = line.split_whitespace().collect();
    let before = [""].into_iter().chain(words.iter().copied());
    words
        .iter()
        .copied()
        .zip(before)
        .filter(|(word, before)| !is_source(word) && !is_source(before))
        .map(|(word, _)| word)
        .collect()
}

/// Returns the crate that a line installs: its last word, or the last segment of a path.
fn installed(line: &str) -> &str {
    line.trim_end_matches('/').rsplit([' ', '/']).next().unwrap_or_default()
}

/// Fills in the secrets in `.env` that only their issuers can make.
fn filled_in(env: &str) -> String {
    let is_kept = |line: &str, name: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with('='));
    let kept = env.lines().filter(|line| !ISSUED.iter().any(|(name, _)| is_kept(line, name)));
    let issued = ISSUED.iter().map(|(name, value)| format!("{name}={value}"));
    kept.map(str::to_owned).chain(issued).map(|line| line + "\n").collect()
}

/// A directory outside of this repository, which is removed when this value is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Failure> {
        let path = env::temp_dir().join(format!("hardened-newcomer-{}", std::process::id()));
        fs::create_dir_all(path.join("bin")).map_err(|error| failed(format!("{}: {error}", path.display())))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A running service, which is ended when this value is dropped.
struct Service(Child);

impl Service {
    /// Ends the service, and returns what it wrote to standard error.
    fn end(&mut self) -> String {
        let _ = self.0.kill();
        let mut errors = String::new();
        if let Some(mut stream) = self.0.stderr.take() {
            let _ = stream.read_to_string(&mut errors);
        }
        let _ = self.0.wait();
        errors
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn expect(holds: bool, output: &Output) -> Result<(), Failure> {
    if holds {
        return Ok(());
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Err(failed(format!("{}\n{}{}", output.status, text(&output.stdout), text(&output.stderr))))
}

fn free_port() -> Result<u16, Failure> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|error| failed(error.to_string()))?;
    listener.local_addr().map(|address| address.port()).map_err(|error| failed(error.to_string()))
}

fn get(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_takes_the_place_that_is_kept_for_it() {
        let filled = filled_in("A=1\nSTRIPE_KEY=\n# STRIPE_KEY: from Stripe\n");
        assert!(filled.starts_with("A=1\n# STRIPE_KEY: from Stripe\nSTRIPE_KEY=sk_test_"), "{filled}");
        assert_eq!(filled_in(&filled), filled);
    }

    #[test]
    fn our_crates_come_from_the_registry_and_everything_else_is_typed_as_it_is() {
        for (line, typed) in [
            ("cargo add hardened", "cargo add hardened"),
            ("cargo add hardened --path ../hardened", "cargo add hardened"),
            ("cargo add --dev hardened-testing --git https://example.com/h", "cargo add --dev hardened-testing"),
            ("cargo add tokio --features full", "cargo add tokio --features full"),
            ("cargo install hardened-cli", "cargo install --debug --path ../registry/hardened-cli-[0-9]*"),
            (
                "cargo install --path crates/hardened-cli",
                "cargo install --debug --path ../registry/hardened-cli-[0-9]*",
            ),
            (
                "cargo install --git https://example.com/h hardened-cli",
                "cargo install --debug --path ../registry/hardened-cli-[0-9]*",
            ),
            ("hardened init --path .", "hardened init --path ."),
        ] {
            assert_eq!(published(line), typed);
        }
    }
}
