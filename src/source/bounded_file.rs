//! Reads a file without blocking, with a size limit, into a buffer that is wiped when dropped.

use std::{
    fs::{File, Metadata, OpenOptions},
    io::{self, ErrorKind, Read},
    path::Path,
};

use zeroize::Zeroizing;

/// Reads a file into one buffer that is never reallocated. Returns `None` if it has more than `limit` bytes.
pub(super) fn content(file: &mut File, metadata: &Metadata, limit: usize) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let expected = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    if expected > limit {
        return Ok(None);
    }
    // procfs and sysfs files report length 0.
    let room = expected.clamp(4096, limit) + 1;
    let mut buffer = Zeroizing::new(vec![0; room]);
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    if filled == room {
        return Ok(None);
    }
    buffer.truncate(filled);
    Ok(Some(buffer))
}

/// Opens a file for reading without waiting for the other end of a pipe.
#[cfg(unix)]
pub(super) fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    // A pipe without a writer would block the start forever.
    OpenOptions::new().read(true).custom_flags(NONBLOCK.cast_signed()).open(path)
}

/// `O_NONBLOCK`, which pipe2(2) accepts too.
#[cfg(any(target_os = "linux", target_os = "android"))]
const NONBLOCK: u32 = rustix::pipe::PipeFlags::NONBLOCK.bits();

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
const NONBLOCK: u32 = rustix::fs::OFlags::NONBLOCK.bits();

/// Opens a file for reading.
#[cfg(not(unix))]
pub(super) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}
