//! What git writes, in large pieces: to wake up for each few kilobytes costs more than to search them.

use std::{
    io::{self, BufReader, Read},
    process::ChildStdout,
    thread,
    time::Duration,
};

/// How much is read at once.
const BUFFER: usize = 1 << 18;
/// After less than this, git is given time to write more.
const LITTLE: usize = BUFFER / 2;
/// What a wide pipe takes longer to be full.
const PAUSE: Duration = Duration::from_micros(100);

/// What a program writes.
pub(super) struct Output {
    pipe: ChildStdout,
    is_empty: bool,
}

/// Reads what a program writes.
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

/// Lets the program write on while what it has written is searched. Where the system does not give so much, it is slower
/// and nothing else.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn widen(pipe: &ChildStdout) {
    /// What Linux gives everybody.
    const PIPE: usize = 1 << 20;
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, PIPE);
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn widen(_: &ChildStdout) {}
