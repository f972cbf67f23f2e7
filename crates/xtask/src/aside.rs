//! A program that runs aside, and shows what it has written when it has ended.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::failure::{Failure, failed};
use crate::shell;

/// A program that runs aside.
pub(crate) struct Aside {
    name: &'static str,
    process: JoinHandle<(io::Result<ExitStatus>, Duration)>,
    /// What it writes to either stream: cargo names a test binary on the one, and the binary tells of itself on the other.
    log: PathBuf,
}

impl Aside {
    /// Starts a program, which can ask nobody.
    pub(crate) fn start(name: &'static str, mut command: Command) -> Result<Self, Failure> {
        let log = shell::target().join(format!("aside-{name}.log"));
        let open = || {
            let file = File::create(&log)?;
            Ok::<_, io::Error>((file.try_clone()?, file))
        };
        let (output, errors) = open().map_err(|error| failed(format!("{}: {error}", log.display())))?;
        println!("aside: {}, into {}", shell::show(&command), log.display());
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
        let start = Instant::now();
        let process = thread::spawn(move || (command.status(), start.elapsed()));
        Ok(Self { name, process, log })
    }

    /// Waits for its end and shows its output: its name, whether it succeeded, and how long it ran.
    pub(crate) fn end(self) -> (&'static str, bool, Duration) {
        let (ok, time) = match self.process.join() {
            Ok((Ok(status), time)) => (status.success(), time),
            _ => (false, Duration::ZERO),
        };
        println!("\n== {} ran aside", self.name);
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
