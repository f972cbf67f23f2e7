//! A server that breaks the protocol breaks nothing else. Each case runs on a runtime with one thread.

use std::{future::Future, time::Duration};

use hardened::database::DatabaseFault;
use tokio::runtime::Builder;

use crate::{
    certificates::Authority,
    database, database_with,
    hostile_server::{Hostile, What, When, alone, announced, message, notice, row},
    one,
};

/// The maximum that a connection may read before its session starts, plus what the buffers of the sockets may hold.
const MOST: usize = 32 << 20;

fn on_one_thread<T: Send + 'static, F: Future<Output = T>>(work: impl FnOnce() -> F + Send + 'static) -> T {
    alone(move || Builder::new_current_thread().enable_all().build().unwrap().block_on(work()))
}

/// Returns the code with which the start of a service ends.
fn started(url: String) -> &'static str {
    on_one_thread(move || async move {
        match database(&url).connect().await {
            Ok(_) => "ok",
            Err(error) => error.code(),
        }
    })
}

#[test]
fn a_flood_before_the_session_ends_the_start() {
    for when in [When::Start, When::Session] {
        for flood in [
            notice("flood"),
            message(b'S', b"name\0value\0"),
            message(b'R', &[0; 4]),
            message(b'K', &[0; 8]),
            message(b'A', b"\0\0\0\0a\0b\0"),
        ] {
            let server = Hostile::start(when, What::Forever(flood.clone()));
            let code = started(server.url("disable"));
            assert_eq!(code, "protocol", "{when:?} {:?}", char::from(flood[0]));
            assert!(server.written() < MOST, "{when:?} {:?}: {}", char::from(flood[0]), server.written());
        }
    }
}

#[test]
fn an_impossible_length_of_a_message_ends_the_start() {
    for when in [When::Start, When::Session] {
        for kind in [b'R', b'E', b'N', b'S', b'Z', b'D', b'?'] {
            for length in [0, 1, 2, 3, 0x3fff_ffff, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
                let server = Hostile::start(when, What::Once(announced(kind, length, b"")));
                assert_eq!(started(server.url("disable")), "protocol", "{when:?} {} {length}", char::from(kind));
            }
        }
    }
}

#[test]
fn a_malformed_authentication_request_ends_the_start() {
    let sasl = message(b'R', b"\0\0\0\x0aSCRAM-SHA-256\0\0");
    for (question, code) in [
        (message(b'R', b""), "protocol"),
        (message(b'R', &[0, 0, 0, 5, 1]), "protocol"),
        ([&*sasl, &message(b'R', b"\0\0\0\x0b")].concat(), "protocol"),
        ([&*sasl, &message(b'R', b"\0\0\0\x0b,,,")].concat(), "protocol"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), "protocol"),
        (b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(), "protocol"),
        (message(b'E', b"SFATAL\0C28P01\0Mno\0\0"), "auth"),
        (message(b'E', b"\xff\xff\xff"), "other"),
    ] {
        let server = Hostile::start(When::Start, What::Once(question.clone()));
        assert_eq!(started(server.url("disable")), code, "{question:?}");
    }
}

#[test]
fn the_bounds_hold_behind_tls_as_well() {
    let certificate = Authority::new().issue("localhost");
    for what in [
        What::Forever(notice("flood")),
        What::Forever(message(b'S', b"name\0value\0")),
        What::Once(announced(b'R', 0x7fff_ffff, b"")),
        What::Once(announced(b'R', 0, b"")),
    ] {
        let server = Hostile::start_tls(When::Start, what, &certificate);
        assert_eq!(started(server.url("require")), "protocol");
        assert!(server.written() < MOST, "{}", server.written());
    }
}

/// Returns the code with which a query ends, or `deadline` if a deadline ended it while the server was flooding.
fn asked(server: Hostile) -> &'static str {
    on_one_thread(move || async move {
        let pool = database(&server.url("disable")).connect_lazy().unwrap();
        let deadline = async {
            while server.written() == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        tokio::select! {
            answered = one(&pool) => match answered {
                Ok(_) => "ok",
                Err(error) => DatabaseFault::in_pool(&error, &pool).code(),
            },
            () = deadline => "deadline",
        }
    })
}

#[test]
fn a_deadline_ends_a_query_that_is_answered_with_a_flood() {
    for (flood, code) in [
        (notice("flood"), "deadline"),
        (message(b'S', b"name\0value\0"), "deadline"),
        // The driver does not expect these messages here.
        (row(), "protocol"),
        (message(b'C', b"SELECT 1\0"), "protocol"),
    ] {
        let server = Hostile::start(When::Answer, What::Forever(flood.clone()));
        assert_eq!(asked(server), code, "{:?}", char::from(flood[0]));
    }
}

#[test]
fn an_impossible_length_of_a_message_ends_the_query() {
    for kind in [b'1', b'N', b'S', b'Z', b'D', b'T', b'?'] {
        for length in [0, 3, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
            let server = Hostile::start(When::Answer, What::Once(announced(kind, length, b"")));
            assert_eq!(asked(server), "protocol", "{} {length}", char::from(kind));
        }
    }
}

#[test]
fn a_message_that_cannot_be_read_ends_the_query() {
    let parsed = message(b'1', b"");
    for answer in [
        [&*parsed, &message(b't', &[0, 5])].concat(),
        [&*parsed, &message(b't', &[0, 0]), &message(b'T', &[0])].concat(),
        message(b'H', &[0, 0, 9]),
        message(b'c', b"canary"),
    ] {
        let server = Hostile::start(When::Answer, What::Once(answer.clone()));
        assert_eq!(asked(server), "protocol", "{answer:?}");
    }
}

/// Hashing a password this often takes minutes, but the driver yields meanwhile.
#[test]
fn a_server_that_wants_the_password_hashed_four_billion_times_is_a_timeout() {
    let questions =
        [message(b'R', b"\0\0\0\x0aSCRAM-SHA-256\0\0"), message(b'R', b"\0\0\0\x0br=x,s=QQ==,i=4294967295")];
    let server = Hostile::start(When::Start, What::Once(questions.concat()));
    let code = on_one_thread(move || async move {
        let database = database_with(&server.url("disable"), &[("DATABASE_POOL_ACQUIRE_TIMEOUT", "200ms")]);
        database.connect().await.map(drop).map_err(|error| error.code())
    });
    assert_eq!(code, Err("timeout"));
}

#[test]
fn a_statement_may_have_as_many_parameters_as_the_protocol_counts() {
    let server = crate::postgres::Postgres::start();
    let url = server.url();
    let counted = on_one_thread(move || async move {
        let pool = database(&url).connect().await.unwrap();
        let places: Vec<_> = (1..=65_535).map(|number| format!("${number}::int")).collect();
        let statement = format!("SELECT cardinality(ARRAY[{}])", places.join(","));
        let query = sqlx::query_scalar::<_, i32>(sqlx::AssertSqlSafe(statement));
        (0..65_535).fold(query, |query, value| query.bind(value)).fetch_one(&pool).await.unwrap()
    });
    assert_eq!(counted, 65_535);
}

#[test]
fn a_value_may_be_large() {
    const SIZE: i32 = 64 << 20;
    let server = crate::postgres::Postgres::start();
    let url = server.url();
    let length = on_one_thread(move || async move {
        let pool = database(&url).connect().await.unwrap();
        let query = sqlx::query_scalar::<_, String>("SELECT repeat('x', $1)").bind(SIZE);
        query.fetch_one(&pool).await.unwrap().len()
    });
    assert_eq!(length, usize::try_from(SIZE).unwrap());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn no_other_program_gets_through_the_guard() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let server = crate::postgres::Postgres::start();
    let pool = database(&server.url()).connect().await.unwrap();
    let sockets = std::fs::read_to_string("/proc/self/net/unix").unwrap();
    let names =
        sockets.lines().filter_map(|line| line.rsplit(' ').next()).filter_map(|name| name.strip_prefix("@hardened-"));
    let mut tried = 0;
    for name in names {
        // The guard of another test may be gone already.
        let Ok(mut stranger) = tokio::net::UnixStream::connect(format!("\0hardened-{name}")).await else { continue };
        tried += 1;
        let parameters = b"user\0app\0database\0app\0application_name\0stranger\0\0";
        let length = u32::try_from(8 + parameters.len()).unwrap().to_be_bytes();
        let _ = stranger.write_all(&[length.as_slice(), &[0, 3, 0, 0], parameters].concat()).await;
        let mut heard = Vec::new();
        // The guard closes the connection, with a reset or without.
        let _ = stranger.read_to_end(&mut heard).await;
        assert_eq!(heard, b"");
    }
    assert!(tried > 0);
    assert_eq!(one(&pool).await.unwrap(), 1);
}
