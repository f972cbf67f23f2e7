//! Tests of the PostgreSQL servers on which the other tests rely.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::postgres::Postgres;

/// Requests TLS, which every server answers with one byte, within a time that only a hang exceeds.
fn answers(database: &Postgres) -> bool {
    answers_within(database, Duration::from_secs(300))
}

fn answers_within(database: &Postgres, limit: Duration) -> bool {
    const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", database.port())) else { return false };
    stream.set_read_timeout(Some(limit)).unwrap();
    stream.write_all(&SSL_REQUEST).is_ok() && stream.read_exact(&mut [0]).is_ok()
}

#[test]
fn a_server_stops_freezes_thaws_is_killed_and_restarts() {
    let database = Postgres::start();
    assert_eq!(database.sql("SELECT 1"), "1");
    assert!(answers(&database));
    database.freeze();
    assert!(!answers_within(&database, Duration::from_millis(300)));
    database.thaw();
    assert!(answers(&database));
    database.kill();
    assert!(!answers(&database));
    database.restart();
    assert!(answers(&database));
    database.stop();
    assert!(!answers(&database));
    database.restart();
    assert_eq!(database.sql("SELECT 1"), "1");
}

#[test]
fn a_server_leaves_no_shared_memory_behind() {
    for killed in [false, true] {
        let database = Postgres::start();
        let segment = database.segment().expect("a server that runs holds shared memory");
        assert!(exists(&segment));
        if killed {
            database.kill();
            assert!(exists(&segment), "a killed server cannot remove it");
        }
        drop(database);
        assert!(!exists(&segment), "killed before: {killed}");
    }
}

fn exists(segment: &str) -> bool {
    let all = std::fs::read_to_string("/proc/sysvipc/shm").expect("the kernel lists shared memory");
    all.lines().any(|line| line.split_ascii_whitespace().nth(1) == Some(segment))
}
