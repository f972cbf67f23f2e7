//! What an attack leaves behind: tasks and descriptors.

use std::fs;

use super::running::{Running, until};

/// What there was before an attack.
pub(crate) struct Left {
    tasks: usize,
}

impl Left {
    /// Remembers what there is of a service that nobody uses.
    pub(crate) async fn before(running: &Running) -> Self {
        assert!(running.is_alive().await);
        let none = Self { tasks: 0 };
        until(|| none.descriptors(running) == 1).await;
        Self { tasks: tasks() }
    }

    /// Waits until there is as much as before, and the service still lives.
    pub(crate) async fn nothing(&self, running: &Running) {
        assert!(running.is_alive().await);
        until(|| self.descriptors(running) == 1).await;
        until(|| tasks() <= self.tasks).await;
    }

    /// How many sockets of this process have the port of the service as their own: the listener, and accepted ones.
    #[expect(clippy::unused_self, reason = "belongs to it")]
    pub(crate) fn descriptors(&self, running: &Running) -> usize {
        let port = running.address.port();
        let table = fs::read_to_string("/proc/self/net/tcp").unwrap();
        let own: Vec<_> = table.lines().filter_map(|line| inode(line, port)).collect();
        let links = fs::read_dir("/proc/self/fd").unwrap().filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
        links.filter(|link| own.iter().any(|own| link.as_os_str() == own.as_str())).count()
    }
}

/// The tasks of this test's runtime.
fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// The socket of a line of the system's table, where its own port is this one.
fn inode(line: &str, port: u16) -> Option<String> {
    let mut columns = line.split_whitespace();
    let is_own = columns.nth(1)?.ends_with(&format!(":{port:04X}"));
    is_own.then(|| columns.nth(7).map(|inode| format!("socket:[{inode}]")))?
}
