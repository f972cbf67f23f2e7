//! How many connections there are.

use std::sync::Arc;

use super::{
    running::{Client, Running, Seen, app, until},
    server::{exchange, get},
};

const REQUEST: &str = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

/// A connection that has its place, because it was answered.
async fn held(running: &Running) -> Client {
    let mut client = running.connect().await;
    client.get("/").await;
    client.answer("hello").await;
    client
}

#[tokio::test]
async fn beyond_the_maximum_health_checks_are_answered_and_others_told_to_come_back() {
    let seen = Arc::<Seen>::default();
    let limits = [("HTTP_MAX_CONNECTIONS", "2"), ("HTTP_RESERVED_CONNECTIONS", "2")];
    let running = Running::start(app(&seen), &limits).await;
    let first = held(&running).await;
    let _second = held(&running).await;
    for _ in 0..10 {
        let answer = exchange(running.address, REQUEST).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
        for path in ["/livez", "/readyz", "/health"] {
            assert_eq!(get(running.address, path).await.status, 200, "{path}");
        }
    }
    assert_eq!(seen.begun.get(), 2);
    drop(first);
    super::running::within(async {
        while exchange(running.address, "GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n").await.status
            != 200
        {}
    })
    .await;
}

#[tokio::test]
async fn who_takes_every_place_and_says_nothing_does_not_keep_health_checks_out() {
    let limits = [("HTTP_MAX_CONNECTIONS", "5"), ("HTTP_RESERVED_CONNECTIONS", "3")];
    let running = Running::start(app(&Arc::default()), &limits).await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(running.connect().await);
        assert!(running.is_alive().await);
    }
    // Those that made room are closed, and the first ones have their places.
    for client in &mut silent[5..190] {
        assert_eq!(client.rest().await, "");
    }
    for client in &mut silent[..5] {
        client.get("/").await;
        client.answer("hello").await;
    }
}

/// What the runtime has to do after it is what it had before.
#[tokio::test]
async fn a_thousand_connections_leave_no_task_and_no_descriptor_behind() {
    let seen = Arc::<Seen>::default();
    let running = Running::start(app(&seen), &[]).await;
    assert!(running.is_alive().await);
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let descriptors = || descriptors(running.address.port());
    until(|| descriptors() == 1).await;
    let before = tasks();
    for _ in 0..4 {
        let mut clients = Vec::new();
        for number in 0..250 {
            let mut client = running.connect().await;
            match number % 5 {
                0 => client.get("/never").await,
                1 => client.send("POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 9\r\n\r\nabc").await,
                2 => client.get("/endless").await,
                3 => client.send("GET /").await,
                _ => {}
            }
            clients.push(client);
        }
        drop(clients);
    }
    until(|| descriptors() == 1).await;
    until(|| tasks() == before).await;
    assert!(running.is_alive().await);
}

/// How many sockets of this process have the port as their own: the listener, and accepted ones.
fn descriptors(port: u16) -> usize {
    let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
    let own: Vec<_> = table
        .lines()
        .filter_map(|line| {
            let mut columns = line.split_whitespace().skip(1);
            let is_own = columns.next()?.ends_with(&format!(":{port:04X}"));
            is_own.then(|| columns.nth(7).map(|inode| format!("socket:[{inode}]")))?
        })
        .collect();
    let links =
        std::fs::read_dir("/proc/self/fd").unwrap().filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
    links.filter(|link| own.iter().any(|own| link.as_os_str() == own.as_str())).count()
}
