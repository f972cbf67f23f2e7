//! Runs a program in the background and shows its output after it has ended.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::failure::{Failure, failed};
use crate::shell;

/// A program that runs in the background.
pub(crate) struct Aside {
    name: &'static str,
    process: JoinHandle<(io::Result<ExitStatus>, Duration)>,
    /// The file for both output streams: cargo names a test binary on one, and the binary writes its results to the other.
    log: PathBuf,
}

impl Aside {
    /// Starts a program without standard input, so it cannot ask questions.
    pub(crate) fn start(name: &'static str, mut command: Command) -> Result<Self, Failure> {
        let log = shell::target().join(format!("aside-{name}.log"));
        let open = || {
            let file = File::create(&log)?;
            Ok::<_, io::Error>((file.try_clone()?, file))
        };
        let (output, errors) = open().map_err(|error| failed(format!("{}: {error}", log.display())))?;
        println!("in the background: {}, output in {}", shell::show(&command), log.display());
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
        let start = Instant::now();
        let process = thread::spawn(move || (command.status(), start.elapsed()));
        Ok(Self { name, process, log })
    }

    /// Waits for the program to end and shows its output. Returns its name, whether it succeeded, and how long it ran.
    pub(crate) fn end(self) -> (&'static str, bool, Duration) {
        let (ok, time) = match self.process.join() {
            Ok((Ok(status), time)) => (status.success(), time),
            _ => (false, Duration::ZERO),
        };
        println!("\n== {} ran in the background", self.name);
        print!("{}", String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()));
        (self.name, ok, time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_aside_has_failed() {
        for (arguments, expected) in [("--version", true), ("no-such-subcommand", false)] {
            let aside = Aside::start("cargo", shell::cargo(arguments)).unwrap();
            let (name, ok, _) = aside.end();
            assert_eq!((name, ok), ("cargo", expected), "{arguments}");
        }
    }
}
