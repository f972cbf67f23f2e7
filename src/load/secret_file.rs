//! Reading a mounted secret: never blocking, bounded, judged by the open handle.

use std::{
    fs::{File, Metadata, OpenOptions},
    io::{self, ErrorKind, Read},
    path::Path,
};

use zeroize::Zeroizing;

use super::lookup::MAX_BYTES;
use crate::{Violation, finding::Part, message, rule};

/// A secret from a file, with what may be wrong with the file.
pub(super) struct SecretFile {
    pub(super) text: Zeroizing<String>,
    pub(super) flaws: Vec<Violation>,
}

/// Why there is no secret.
pub(super) struct Refused {
    pub(super) violation: Violation,
    /// Whether the path exists, so that it may be shown.
    pub(super) exists: bool,
}

impl Refused {
    fn new(violation: Violation, exists: bool) -> Self {
        Self { violation, exists }
    }
}

/// Reads the secret in a file, without its one trailing line break.
///
/// # Errors
///
/// `file-missing`, `file-unreadable`, `file-not-regular`, `file-too-large`, `secret-not-text`, `secret-missing`.
pub(super) fn read(path: &Path) -> Result<SecretFile, Refused> {
    if !path.is_absolute() {
        let fact = "the value is not an absolute path (not shown: it may be the secret itself)";
        return Err(Refused::new(Violation::new(rule::FILE_MISSING, fact), false));
    }
    let mut file = open(path).map_err(|error| not_opened(path, &error))?;
    let metadata = file.metadata().map_err(|error| not_opened(path, &error))?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a directory" } else { "a pipe, socket or device" };
        return Err(Refused::new(Violation::new(rule::FILE_NOT_REGULAR, message!(what, ", not a regular file")), true));
    }
    let content = content(&mut file, &metadata, MAX_BYTES).map_err(|error| not_opened(path, &error))?;
    let Some(content) = content else {
        let fact = message!("more than ", MAX_BYTES, " bytes");
        return Err(Refused::new(Violation::new(rule::FILE_TOO_LARGE, fact), true));
    };
    let Ok(text) = std::str::from_utf8(&content) else {
        return Err(Refused::new(Violation::new(rule::SECRET_NOT_TEXT, "the file is not UTF-8 text"), true));
    };
    let text = without_line_break(text);
    if text.is_empty() {
        return Err(Refused::new(
            Violation::new(rule::SECRET_MISSING, "the file is empty").remedy("write the secret to the file"),
            true,
        ));
    }
    Ok(SecretFile { text: Zeroizing::new(text.to_owned()), flaws: flaws(path, &metadata) })
}

/// Drops exactly one line break at the end, which editors and `echo` add.
fn without_line_break(text: &str) -> &str {
    text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text)
}

/// The bytes of the file in one buffer that never moves; none when there are more than `limit`.
pub(super) fn content(file: &mut File, metadata: &Metadata, limit: usize) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let expected = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    if expected > limit {
        return Ok(None);
    }
    // Files of the kernel say that they have no length.
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

/// Opens a file for reading, never waiting for the other end of a pipe.
#[cfg(unix)]
pub(super) fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    // A pipe without a writer would block the start for ever.
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::CLOEXEC;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

/// Opens a file for reading.
#[cfg(not(unix))]
pub(super) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// Why a path could not be opened. The operating system's own message names no path and is not needed.
fn not_opened(path: &Path, error: &io::Error) -> Refused {
    match error.kind() {
        ErrorKind::PermissionDenied => unreadable(path),
        ErrorKind::NotFound => {
            let fact = "no such file (the path is not shown: it may be the secret itself)";
            Refused::new(Violation::new(rule::FILE_MISSING, fact), false)
        }
        _ => {
            let fact = "the file cannot be opened (the path is not shown: it may be the secret itself)";
            let remedy = "check the path, and each link on it, as the service's user";
            Refused::new(Violation::new(rule::FILE_UNREADABLE, fact).remedy(remedy), false)
        }
    }
}

#[cfg(unix)]
fn unreadable(path: &Path) -> Refused {
    use std::os::unix::fs::MetadataExt;

    let ours = rustix::process::geteuid().as_raw();
    match path.metadata() {
        Ok(metadata) => {
            let fact = message!(
                Part::existing_path(path),
                " belongs to uid ",
                metadata.uid(),
                ", but this process runs as uid ",
                ours,
                " and the file's mode does not let it read"
            );
            Refused::new(Violation::new(rule::FILE_UNREADABLE, fact), true)
        }
        Err(_) => {
            let fact = message!("uid ", ours, ", as which this process runs, cannot enter a directory on the path");
            let remedy = "let the service's user enter every directory on the path: chmod o+x, or chgrp and chmod g+x";
            Refused::new(Violation::new(rule::FILE_UNREADABLE, fact).remedy(remedy), false)
        }
    }
}

#[cfg(not(unix))]
fn unreadable(_: &Path) -> Refused {
    Refused::new(Violation::new(rule::FILE_UNREADABLE, "this process does not have permission to read the file"), false)
}

#[cfg(unix)]
fn flaws(path: &Path, metadata: &Metadata) -> Vec<Violation> {
    use std::os::unix::fs::MetadataExt;

    let mut flaws = super::replaceable::flaws(path, metadata);
    if metadata.mode() & 0o004 != 0 && !is_in_secret_directory(path) {
        flaws.push(Violation::new(rule::FILE_WORLD_READABLE, "anyone on the machine can read the file"));
    }
    flaws
}

/// Whether another user could change a file or directory, or put another in its place, as far as owners and modes tell.
#[cfg(all(unix, feature = "sqlx"))]
pub(crate) fn is_replaceable(path: &Path) -> bool {
    let could = [rule::FILE_WORLD_WRITABLE, rule::FILE_FOREIGN_PATH];
    let Ok(metadata) = path.metadata() else { return false };
    super::replaceable::flaws(path, &metadata).iter().any(|flaw| could.contains(&flaw.rule()))
}

/// What Windows says about it is not looked at.
#[cfg(all(not(unix), feature = "sqlx"))]
pub(crate) fn is_replaceable(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
fn flaws(_: &Path, _: &Metadata) -> Vec<Violation> {
    Vec::new()
}

/// Whether a platform mounted the file, in whose directories 0644 and 0444 are the defaults.
#[cfg(unix)]
fn is_in_secret_directory(path: &Path) -> bool {
    const DIRECTORIES: [&str; 6] = [
        "/run/secrets",
        "/var/run/secrets",
        "/run/credentials",
        "/etc/secrets",
        "/mnt/secrets-store",
        "/vault/secrets",
    ];
    // Kubernetes mounts Secrets and projected volumes anywhere, through links such as `..data`.
    let through_kubernetes_link = || {
        let hidden = |component: &std::ffi::OsStr| component.as_encoded_bytes().starts_with(b"..");
        path.canonicalize().is_ok_and(|target| target.iter().any(hidden))
    };
    DIRECTORIES.iter().any(|directory| path.starts_with(directory)) || through_kubernetes_link()
}
