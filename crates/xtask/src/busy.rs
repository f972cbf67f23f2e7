//! Keeps the machine busy, with one process for each core.

use std::hint::black_box;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;

use crate::failure::{Failure, failed};
use crate::shell;

/// The variable that tells this program that it is one of those processes.
const AS_BUSY: &str = "XTASK_AS_BUSY";

/// Processes that keep every core busy, which are ended when this value is dropped.
pub(crate) struct Busy(Vec<Child>);

impl Busy {
    pub(crate) fn start() -> Result<Self, Failure> {
        let program = shell::this_program()?;
        let mut busy = Self(Vec::new());
        for _ in 0..cores() {
            let mut command = Command::new(&program);
            // The pipe closes with this process, however it ends.
            command.env(AS_BUSY, "1").stdin(Stdio::piped()).stdout(Stdio::null());
            busy.0.push(command.spawn().map_err(|error| failed(format!("{}: {error}", program.display())))?);
        }
        Ok(busy)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Keeps a core busy until standard input closes, if this program is one of those processes.
pub(crate) fn as_busy() -> Option<ExitCode> {
    std::env::var_os(AS_BUSY)?;
    thread::spawn(|| {
        let mut number = 0_u64;
        loop {
            number = black_box(number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        }
    });
    let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
    Some(ExitCode::SUCCESS)
}
