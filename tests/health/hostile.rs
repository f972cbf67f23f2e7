//! A database that floods the connection delays no other request, even if the runtime has only one thread.

use std::time::Duration;

use tokio::runtime::Builder;

use super::{
    hostile_server::{Hostile, What, When, alone, announced, message, notice, row},
    postgres::{assert_fails, lazy_service, patient_lazy_service},
    server::get,
};

/// Requests `/health`, and then `/livez` while the database floods the connection.
fn assert_nobody_waits(builder: fn() -> Builder, when: When, flood: &[u8]) {
    let server = Hostile::start(when, What::Forever(flood.to_vec()));
    alone(move || {
        builder().enable_all().build().unwrap().block_on(async {
            let address = lazy_service(&server.url("disable")).await;
            let check = tokio::spawn(async move { get(address, "/health").await });
            while server.written() == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            for _ in 0..20 {
                assert_eq!(get(address, "/livez").await.status, 200);
            }
            assert_fails(&check.await.unwrap(), &["timeout", "failed"]);
        });
    });
}

#[test]
fn a_flood_silences_neither_liveness_nor_the_check() {
    let one_worker = || {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1);
        builder
    };
    for builder in [Builder::new_current_thread, one_worker] {
        for when in [When::Start, When::Session, When::Answer] {
            for flood in [notice("flood"), message(b'S', b"name\0value\0"), row(), message(b'A', b"\0\0\0\0a\0b\0")] {
                assert_nobody_waits(builder, when, &flood);
            }
        }
    }
}

#[test]
fn an_impossible_length_of_a_message_is_a_failure() {
    for when in [When::Start, When::Session, When::Answer] {
        for length in [0, 3, 0x7fff_ffff, u32::MAX] {
            let server = Hostile::start(when, What::Once(announced(b'Z', length, b"")));
            alone(move || {
                Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                    let address = patient_lazy_service(&server.url("disable")).await;
                    assert_fails(&get(address, "/health").await, &["failed"]);
                    assert_eq!(get(address, "/livez").await.status, 200);
                });
            });
        }
    }
}
