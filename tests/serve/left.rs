//! Measures the memory, tasks and descriptors that an attack takes and leaves behind.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{BufRead as _, BufReader},
    sync::Arc,
};

use super::running::{Running, Seen, app, until};

/// The memory that one connection may take: its head of 32 KiB, its buffers and its task, and the client's side of it.
pub(crate) const CONNECTION: u64 = 64 * 1024;

/// The memory that a few connections may take.
pub(crate) const FEW: u64 = 8 * CONNECTION;

/// The memory that may stay allocated, in the tables of the runtime.
const NOTHING: i64 = 16 * 1024;

/// Attacks a service twice. The second attack may take at most this much memory, and must leave nothing behind, because a leak
/// would grow with each attack.
///
/// Service and client share one thread, on which all allocations are counted.
pub(crate) fn attacked(limits: &[(&'static str, &str)], most: u64, attack: impl AsyncFn(&Running, &Seen)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let seen = Arc::<Seen>::default();
    let (running, left) = runtime.block_on(async {
        let running = Running::start(app(&seen), limits).await;
        let left = Left::before(&running).await;
        (running, left)
    });
    let once = || {
        seen.forget();
        runtime.block_on(async {
            attack(&running, &seen).await;
            left.nothing(&running).await;
        });
    };
    once();
    let memory = allocation_counter::measure(once);
    assert!(memory.bytes_max <= most, "{} bytes at once, at most {most}", memory.bytes_max);
    assert!(memory.bytes_current <= NOTHING, "{} bytes are left", memory.bytes_current);
    // The control: the allocations of this thread are counted.
    assert!(memory.count_total > 100, "{} allocations", memory.count_total);
}

/// The state before an attack.
struct Left {
    tasks: usize,
}

impl Left {
    /// Records the state of an idle service.
    async fn before(running: &Running) -> Self {
        assert!(running.is_alive().await);
        until(|| descriptors(running) == 1).await;
        Self { tasks: tasks() }
    }

    /// Waits until only the state from before is left, and asserts that the service still answers.
    async fn nothing(&self, running: &Running) {
        assert!(running.is_alive().await);
        until(|| descriptors(running) == 1).await;
        until(|| tasks() <= self.tasks).await;
    }
}

/// Counts the sockets of this process whose local port is that of the service: the listener and accepted connections.
pub(crate) fn descriptors(running: &Running) -> usize {
    let port = running.address.port();
    // Line by line: the table has the sockets of the whole machine, and allocations here are counted as well.
    let table = BufReader::new(File::open("/proc/self/net/tcp").unwrap());
    let own: HashSet<_> = table.lines().filter_map(|line| inode(&line.unwrap(), port)).collect();
    let links = fs::read_dir("/proc/self/fd").unwrap().filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
    links.filter(|link| link.to_str().is_some_and(|link| own.contains(link))).count()
}

/// Returns the number of tasks on this test's runtime.
fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// Returns the socket of a line of the system's table, if its local port is this one.
fn inode(line: &str, port: u16) -> Option<String> {
    let mut columns = line.split_whitespace();
    let is_own = columns.nth(1)?.ends_with(&format!(":{port:04X}"));
    is_own.then(|| columns.nth(7).map(|inode| format!("socket:[{inode}]")))?
}
