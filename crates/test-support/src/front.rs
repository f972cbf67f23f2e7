//! Runs installed proxies in front of a service.

use std::{
    env, fs,
    io::{self, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

use crate::Scratch;

/// A running proxy, which is ended when this value is dropped.
#[derive(Debug)]
pub struct Front {
    child: Child,
    folder: Scratch,
    /// The address of its TLS port.
    pub secure: SocketAddr,
    /// The port for plain HTTP.
    pub plain: u16,
}

/// The ports and the directory for a configuration.
#[derive(Debug)]
pub struct Place<'a> {
    /// The port for TLS.
    pub secure: u16,
    /// The port for plain HTTP.
    pub plain: u16,
    /// The directory for its files.
    pub folder: &'a Path,
}

/// Starts a program with a configuration. If the program is not installed, this fails in CI (`CI` is `true`); elsewhere it
/// prints a notice and returns `None`, so that the test is skipped.
pub fn start(
    program: &str,
    arguments: fn(&Path) -> Vec<String>,
    configuration: impl Fn(&Place<'_>) -> String,
) -> Option<Front> {
    let Some(path) = find(program) else {
        assert!(env::var_os("CI").is_none_or(|ci| ci != "true"), "{program} is missing: install it with apt-get");
        // Not `eprintln!`, which the test harness captures.
        let _ = writeln!(io::stderr(), "skipped: {program} is not installed");
        return None;
    };
    // Another process can take a free port before the program listens on it.
    (0..5).find_map(|_| attempt(&path, arguments, &configuration)).or_else(|| panic!("{program} does not start"))
}

fn attempt(
    program: &Path,
    arguments: fn(&Path) -> Vec<String>,
    configuration: &dyn Fn(&Place<'_>) -> String,
) -> Option<Front> {
    let folder = Scratch::new();
    let (secure, plain) = (free_port(), free_port());
    let file = folder.path().join("configuration");
    fs::write(&file, configuration(&Place { secure, plain, folder: folder.path() })).unwrap();
    let mut command = Command::new(program);
    command.args(arguments(&file)).stdout(Stdio::null()).stderr(Stdio::null());
    command.env("XDG_DATA_HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path()).env("HOME", folder.path());
    let child = command.spawn().unwrap();
    let mut front = Front { child, folder, secure: ([127, 0, 0, 1], secure).into(), plain };
    let is_listening = |port| TcpStream::connect(("127.0.0.1", port)).is_ok();
    while !(is_listening(secure) && is_listening(plain)) {
        if front.child.try_wait().unwrap().is_some() {
            return None;
        }
        sleep(Duration::from_millis(10));
    }
    let has_ended = front.child.try_wait().unwrap().is_some();
    (!has_ended).then_some(front)
}

fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain([PathBuf::from("/usr/sbin"), PathBuf::from("/usr/local/sbin")]);
    folders.map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Drop for Front {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Front {
    /// Returns the directory of its files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
