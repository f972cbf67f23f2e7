//! Writes the planned changes; never overwrites anything.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use super::step::{Deed, Step};

/// Carries out a step.
pub(super) fn apply(root: &Path, step: &Step) -> io::Result<()> {
    let path = root.join(&step.file);
    match &step.deed {
        Deed::Leave => Ok(()),
        Deed::Append(text) => OpenOptions::new().append(true).open(path)?.write_all(text.as_bytes()),
        Deed::Create { text, private } => create(&path, text.as_bytes(), *private),
    }
}

/// Creates a file, unless one has appeared in the meantime.
fn create(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if private {
        for_its_owner(&mut options);
    }
    let written = options.open(path)?.write_all(bytes);
    if written.is_err() {
        // Half a key is worse than none, and the next run would leave the file alone.
        let _ = fs::remove_file(path);
    }
    written
}

#[cfg(unix)]
fn for_its_owner(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn for_its_owner(_: &mut OpenOptions) {}
