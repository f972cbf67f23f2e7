//! Helpers that the tests of several packages share. This crate is not published.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

pub mod exact_text;
pub mod front;
#[cfg(feature = "postgres")]
pub mod hostile;
#[cfg(feature = "server")]
pub mod log;
#[cfg(all(unix, feature = "postgres"))]
pub mod postgres;
#[cfg(feature = "protections")]
pub mod protections;
#[cfg(feature = "postgres")]
pub mod proxy;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "token")]
pub mod token;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use hardened::{Config, Environment, Loaded, Loader, Refusal};

/// A key that every rule accepts.
pub const KEY: &str = "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM";

/// Loads settings from this environment only.
pub fn load<T: Config>(environment: Environment) -> Result<Loaded<T>, Refusal> {
    Loader::new().environment(environment).load()
}

/// Loads settings, and returns the codes and subjects of all findings, errors first.
pub fn findings<T: Config>(environment: Environment) -> Vec<(&'static str, String)> {
    let told = |report: &hardened::Report| {
        report.findings().iter().map(|finding| (finding.code(), finding.subject().to_owned())).collect()
    };
    match load::<T>(environment) {
        Ok(loaded) => told(Loaded::report(&loaded)),
        Err(refusal) => told(refusal.report()),
    }
}

/// A temporary directory, which is removed when this value is dropped.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl Scratch {
    /// Creates an empty directory.
    pub fn new() -> Self {
        Self::in_directory(&std::env::temp_dir())
    }

    /// Creates an empty directory below another one.
    pub fn in_directory(parent: &Path) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = parent.join(format!("hardened-test-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Returns its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file that only its owner can read and write, and returns its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        self.mode(name, 0o600);
        path
    }

    /// Sets the mode of a file, or of the directory itself.
    #[cfg(unix)]
    pub fn mode(&self, name: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(self.0.join(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Does nothing, because this system has no file modes.
    #[cfg(not(unix))]
    pub fn mode(&self, _: &str, _: u32) {}
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
