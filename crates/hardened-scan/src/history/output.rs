//! Reads git's output in large pieces, because waking up for every few kilobytes costs more than searching them.

use std::{
    io::{self, BufReader, Read},
    process::ChildStdout,
    thread,
    time::Duration,
};

/// The number of bytes read at once.
const BUFFER: usize = 1 << 18;
/// After a read of fewer bytes, git gets time to write more.
const LITTLE: usize = BUFFER / 2;
/// The time in which git can write more into the pipe.
const PAUSE: Duration = Duration::from_micros(100);

/// The output of a program, with pauses that let it fill the pipe.
pub(super) struct Output {
    pipe: ChildStdout,
    is_empty: bool,
}

/// Returns a reader for the output of a program.
pub(super) fn of(pipe: ChildStdout) -> BufReader<Output> {
    widen(&pipe);
    BufReader::with_capacity(BUFFER, Output { pipe, is_empty: false })
}

impl Read for Output {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_empty {
            thread::sleep(PAUSE);
        }
        let count = self.pipe.read(buffer)?;
        self.is_empty = count < LITTLE;
        Ok(count)
    }
}

/// Enlarges the pipe, so that the program can write while its output is searched. If the system refuses, the search is only
/// slower.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn widen(pipe: &ChildStdout) {
    /// The maximum size for unprivileged users on Linux.
    const PIPE: usize = 1 << 20;
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, PIPE);
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn widen(_: &ChildStdout) {}
