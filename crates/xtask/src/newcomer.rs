//! `cargo xtask newcomer`: the first five minutes of a new user, in an empty directory.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use crate::{
    failure::{Failure, failed},
    shell,
    task::takes_none,
};

/// The task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    takes_none("newcomer", args)?;
    walk()
}

/// The walk, as a step of `ci`.
pub(crate) fn walk() -> Result<(), Failure> {
    let folder = Folder::new()?;
    let project = folder.0.join("billing");
    told("cargo new billing, with the README's lines", create(&project))?;
    told("cargo run is refused, with one report", refused(&project))?;
    told("hardened init prepares the project", init(&project))?;
    told("the one secret that a person must copy is filled in", fill_in(&project))?;
    told("cargo run serves", serves(&project))?;
    told("cargo test needs no secret", tests(&project))
}

fn told(step: &str, outcome: Result<(), Failure>) -> Result<(), Failure> {
    println!("{step}: {}", if outcome.is_ok() { "yes" } else { "no" });
    outcome
}

/// A directory outside of this repository, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("hardened-newcomer-{}", std::process::id()));
        fs::create_dir_all(&path).map_err(|error| failed(format!("{}: {error}", path.display())))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn create(project: &Path) -> Result<(), Failure> {
    let io = |error| failed(format!("{}: {error}", project.display()));
    fs::create_dir_all(project.join("src")).map_err(io)?;
    let root = shell::root();
    let manifest = format!(
        "[package]\nname = \"billing\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         axum = \"0.8\"\ntokio = {{ version = \"1\", features = [\"full\"] }}\nhardened = {{ path = {root:?} }}\n\n\
         [dev-dependencies]\nhardened-testing = {{ path = {:?} }}\n",
        root.join("crates/hardened-testing")
    );
    let readme = fs::read_to_string(root.join("README.md")).map_err(io)?;
    let code = block(&readme, "```rust,no_run\n").ok_or_else(|| failed("the README shows no service".to_owned()))?;
    let tests = block(&readme, "```rust,ignore\n").ok_or_else(|| failed("the README shows no test".to_owned()))?;
    let main = format!("{code}\n#[cfg(test)]\nmod tests {{\nuse super::*;\n{tests}}}\n");
    fs::write(project.join("Cargo.toml"), manifest).map_err(io)?;
    fs::write(project.join("src/main.rs"), main).map_err(io)?;
    // The versions of this repository, so that nothing new is downloaded.
    fs::copy(root.join("Cargo.lock"), project.join("Cargo.lock")).map_err(io)?;
    Ok(())
}

fn block<'t>(text: &'t str, opening: &str) -> Option<&'t str> {
    text.split_once(opening)?.1.split_once("```").map(|(code, _)| code)
}

/// Cargo in the project, in the environment of somebody who has set nothing.
fn cargo(project: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(project)
        .env_remove("ENVIRONMENT")
        .env_remove("APP_ENV")
        .env("CARGO_TARGET_DIR", shell::root().join("target/newcomer"))
        .stdin(Stdio::null());
    command
}

fn output(command: &mut Command) -> Result<Output, Failure> {
    command.output().map_err(|error| failed(format!("{}: {error}", command.get_program().display())))
}

fn expect(holds: bool, output: &Output) -> Result<(), Failure> {
    if holds {
        return Ok(());
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Err(failed(format!("{}\n{}{}", output.status, text(&output.stdout), text(&output.stderr))))
}

fn refused(project: &Path) -> Result<(), Failure> {
    let output = output(&mut cargo(project, &["run", "--quiet"]))?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let named =
        ["JWT_SECRET_KEY", "CORS_ORIGINS", "STRIPE_KEY", "hardened init"].iter().all(|name| report.contains(name));
    expect(output.status.code() == Some(78) && named, &output)
}

fn init(project: &Path) -> Result<(), Failure> {
    // The service tells its own settings; `init` reads them.
    let example = output(&mut cargo(project, &["run", "--quiet", "--", "config", "env"]))?;
    expect(example.status.success(), &example)?;
    fs::write(project.join(".env.example"), &example.stdout).map_err(|error| failed(error.to_string()))?;
    let mut command = shell::cargo("run");
    command.args(["--quiet", "--package", "hardened-cli", "--", "init", "--path"]).arg(project);
    let output = output(&mut command)?;
    let written = [".env", ".cargo/config.toml", ".gitignore"].iter().all(|file| project.join(file).exists());
    expect(output.status.success() && written, &output)
}

fn fill_in(project: &Path) -> Result<(), Failure> {
    let path = project.join(".env");
    let io = |error| failed(format!("{}: {error}", path.display()));
    let mut file = fs::OpenOptions::new().append(true).open(&path).map_err(io)?;
    file.write_all(b"\nSTRIPE_KEY=sk_test_4eC39HqLyjWDarjtT1zdp7dcEXAMPLE0\nPORT=0\n").map_err(io)
}

fn serves(project: &Path) -> Result<(), Failure> {
    let port = free_port()?;
    let mut child = cargo(project, &["run", "--quiet"])
        .env("PORT", port.to_string())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let answer = (0..600).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let ended = matches!(child.try_wait(), Ok(Some(_)));
        get(port).or_else(|| ended.then(String::new))
    });
    let _ = child.kill();
    let mut errors = String::new();
    if let Some(stream) = child.stderr.take() {
        BufReader::new(stream).lines().map_while(Result::ok).take(40).for_each(|line| {
            errors.push_str(&line);
            errors.push('\n');
        });
    }
    let _ = child.wait();
    match answer {
        Some(answer) if answer.contains("hello") => Ok(()),
        _ => Err(failed(format!("no answer\n{errors}"))),
    }
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

fn tests(project: &Path) -> Result<(), Failure> {
    let output = output(&mut cargo(project, &["test", "--quiet"]))?;
    let passed = String::from_utf8_lossy(&output.stdout).contains("2 passed");
    expect(output.status.success() && passed, &output)
}
