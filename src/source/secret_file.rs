//! Reads a mounted secret without blocking and with a size limit. The open file handle is what is judged.

use std::{
    fs::Metadata,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use hardened_core::{finding::Subject, journal::Journal};
use zeroize::Zeroizing;

use super::{
    bounded_file::{content, open},
    environment::Environment,
    found::{Found, MAX_BYTES},
    variables,
};
use crate::{
    Violation,
    finding::{Name, Part, Reported},
    message,
    report::Provenance,
    rule,
    schema::Place,
};

/// Reads the file that `NAME_FILE` names, for the setting with the variable `NAME`.
///
/// # Errors
///
/// Returns an error if the file cannot be used, or the setting already has a value. It is already in the report.
pub(super) fn find(
    environment: &Environment,
    place: &Place,
    name: &Name,
    found: &mut Option<Found>,
    journal: &mut Journal,
) -> Result<(), Reported> {
    let twin = name.suffixed("_FILE");
    let subject = || Subject { name: twin.clone(), field: place.path() };
    let Some(path) = variables::read(environment, &twin, subject, journal)? else { return Ok(()) };
    if found.is_some() {
        let fact = message!(twin, " is set too");
        return Err(journal.refuse(place.subject(), Violation::new(rule::FILE_CONFLICT, fact), None));
    }
    let path = Path::new(path.text.as_str());
    let provenance = |path: Option<PathBuf>| Provenance::NamedFile { variable: twin.clone().into_cow(), path };
    *found = Some(read_for(place, path, provenance, journal)?);
    Ok(())
}

/// Reads a file for a setting, and judges the file itself. The provenance contains the path if it exists.
///
/// # Errors
///
/// Returns an error if it cannot be used. It is already in the report.
pub(super) fn read_for(
    place: &Place,
    path: &Path,
    provenance: impl Fn(Option<PathBuf>) -> Provenance,
    journal: &mut Journal,
) -> Result<Found, Reported> {
    match read(path) {
        Ok(file) => {
            let provenance = provenance(Some(path.to_owned()));
            for flaw in file.flaws {
                journal.check(place.subject(), flaw, Some(provenance.clone()))?;
            }
            Ok(Found { text: file.text, provenance })
        }
        Err(refused) => {
            let provenance = provenance(refused.exists.then(|| path.to_owned()));
            Err(journal.refuse(place.subject(), refused.violation, Some(provenance)))
        }
    }
}

/// A secret from a file, and what is wrong with the file.
struct SecretFile {
    text: Zeroizing<String>,
    flaws: Vec<Violation>,
}

/// The reason why a file yields no secret.
struct Refused {
    violation: Violation,
    /// Whether the path exists, so that it may be shown.
    exists: bool,
}

impl Refused {
    fn new(violation: Violation, exists: bool) -> Self {
        Self { violation, exists }
    }
}

/// Reads the secret in a file, without one trailing line break.
///
/// # Errors
///
/// `file-missing`, `file-unreadable`, `file-not-regular`, `file-too-large`, `secret-not-text`, `secret-missing`.
fn read(path: &Path) -> Result<SecretFile, Refused> {
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

/// Removes exactly one line break at the end, which editors and `echo` add.
fn without_line_break(text: &str) -> &str {
    text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text)
}

/// Returns why a path could not be opened. The operating system's own message adds nothing.
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
                " and the file's mode does not let it read the file"
            );
            Refused::new(Violation::new(rule::FILE_UNREADABLE, fact), true)
        }
        Err(_) => {
            let fact = message!("this process runs as uid ", ours, ", which cannot enter a directory on the path");
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

/// Returns whether another user could change or replace a file or directory, as far as owners and modes tell.
#[cfg(all(unix, feature = "guard"))]
pub(crate) fn is_replaceable(path: &Path) -> bool {
    let could = [rule::FILE_WORLD_WRITABLE, rule::FILE_FOREIGN_PATH];
    let Ok(metadata) = path.metadata() else { return false };
    super::replaceable::flaws(path, &metadata).iter().any(|flaw| could.contains(&flaw.rule()))
}

/// Permissions on Windows are not checked.
#[cfg(all(not(unix), feature = "guard"))]
pub(crate) fn is_replaceable(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
fn flaws(_: &Path, _: &Metadata) -> Vec<Violation> {
    Vec::new()
}

/// Returns whether a platform mounted the file. In these directories, modes 0644 and 0444 are the default.
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
