//! The files that exist before anything is written.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use hardened_core::upwards::find_within;
use zeroize::Zeroizing;

use super::project::Project;

/// The maximum size of a file that is read, in bytes; the same as the library's limit for `.env`.
const MAX_BYTES: u64 = 1024 * 1024;

/// The content of a path.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Absent,
    /// A file with text.
    Text(Zeroizing<String>),
    /// Something that is left alone, with the reason.
    Untouchable(&'static str),
}

/// A file of the project, and its content.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The path relative to the root, with forward slashes.
    pub(super) file: String,
    pub(super) found: Found,
    /// Whether others on this machine can read it.
    pub(super) is_open: bool,
}

/// All files that `hardened init` works on.
pub(super) struct Survey {
    pub(super) gitignore: Place,
    pub(super) cargo_config: Place,
    pub(super) dotenv: Place,
    pub(super) example: Place,
}

impl Survey {
    /// Reads these files of a project.
    pub(super) fn of(project: &Project) -> Self {
        let root = &project.root;
        // cargo prefers the older name if both exist.
        let older = root.join(".cargo/config").symlink_metadata().is_ok();
        let mut dotenv = nearest(project, ".env");
        if dotenv.found != Found::Absent && is_tracked(root, &dotenv.file) {
            dotenv.found = Found::Untouchable("tracked by git, where a key would be published: git rm --cached .env");
        }
        Self {
            gitignore: look(root, ".gitignore".to_owned()),
            cargo_config: look(root, if older { ".cargo/config" } else { ".cargo/config.toml" }.to_owned()),
            dotenv,
            example: nearest(project, ".env.example"),
        }
    }
}

/// Returns the file that the library would find, searching from the package up to the root. If there is none, returns its path
/// at the root, where it will be created.
fn nearest(project: &Project, name: &str) -> Place {
    let found = find_within(&project.root, &project.package, name);
    let relative = found.as_deref().and_then(|path| path.strip_prefix(&project.root).ok());
    let file = relative.map_or_else(|| name.to_owned(), |path| path.to_string_lossy().replace('\\', "/"));
    look(&project.root, file)
}

fn look(root: &Path, file: String) -> Place {
    let path: PathBuf = root.join(&file);
    Place { found: read(&path), is_open: is_open(&path), file }
}

fn read(path: &Path) -> Found {
    match path.symlink_metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Found::Absent,
        // A parent is a file instead of a directory. Creating the file will report that.
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => return Found::Absent,
        Err(_) => return Found::Untouchable("cannot be read"),
        Ok(metadata) if metadata.is_symlink() => return Found::Untouchable("a symbolic link"),
        // Reading a named pipe would block.
        Ok(metadata) if !metadata.is_file() => return Found::Untouchable("not a regular file"),
        Ok(metadata) if metadata.len() > MAX_BYTES => return Found::Untouchable("longer than 1 MiB"),
        Ok(_) => {}
    }
    // The full capacity, so that the string never grows and leaves an unwiped copy behind.
    let room = path.metadata().map_or(0, |metadata| metadata.len().min(MAX_BYTES));
    let mut text = Zeroizing::new(String::with_capacity(usize::try_from(room).unwrap_or(0).saturating_add(1)));
    let done = File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text));
    match done {
        Ok(_) => Found::Text(text),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Found::Untouchable("not Unicode text"),
        Err(_) => Found::Untouchable("cannot be read"),
    }
}

#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}

/// Returns whether git tracks the file, so that ignoring it has no effect. Returns `false` if git is not available.
fn is_tracked(root: &Path, file: &str) -> bool {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["ls-files", "--error-unmatch", "--", file]);
    git.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    git.status().is_ok_and(|status| status.success())
}
