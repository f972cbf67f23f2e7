//! The servers that each `sslmode` accepts, with and without a certificate.

use std::net::UdpSocket;

use crate::{
    certificates::Authority,
    code, database,
    postgres::{DATABASE, PASSWORD, Postgres, Setup, USER},
};

/// A server with a certificate for `localhost`, and the files of its authority and of another one.
struct Encrypted {
    server: Postgres,
    authority: String,
    other: String,
}

impl Encrypted {
    fn start() -> Self {
        let (authority, other) = (Authority::new(), Authority::new());
        let (certificate, key) = authority.issue("localhost");
        let server = Postgres::start_with(&Setup::default().certificate(&certificate, &key));
        let authority = server.write("authority.pem", &authority.pem()).display().to_string();
        let other = server.write("other.pem", &other.pem()).display().to_string();
        Self { server, authority, other }
    }

    fn url(&self, host: &str, parameters: &str) -> String {
        format!("postgres://{USER}:{PASSWORD}@{host}:{}/{DATABASE}?{parameters}", self.server.port())
    }
}

#[tokio::test]
async fn each_mode_verifies_what_it_promises() {
    let encrypted = Encrypted::start();
    let (right, wrong) = (&encrypted.authority, &encrypted.other);
    for (host, parameters, expected) in [
        ("127.0.0.1", "sslmode=require".to_owned(), "ok"),
        // As with libpq, naming an authority turns on verification.
        ("127.0.0.1", format!("sslmode=require&sslrootcert={right}"), "ok"),
        ("127.0.0.1", format!("sslmode=require&sslrootcert={wrong}"), "tls"),
        ("127.0.0.1", format!("sslmode=verify-ca&sslrootcert={right}"), "ok"),
        ("127.0.0.1", format!("sslmode=verify-ca&sslrootcert={wrong}"), "tls"),
        ("127.0.0.1", "sslmode=verify-ca".to_owned(), "tls"),
        ("localhost", format!("sslmode=verify-full&sslrootcert={right}"), "ok"),
        ("127.0.0.1", format!("sslmode=verify-full&sslrootcert={right}"), "tls"),
        ("localhost", format!("sslmode=verify-full&sslrootcert={wrong}"), "tls"),
        // The system does not trust the authority of a test.
        ("localhost", "sslmode=verify-full".to_owned(), "tls"),
        ("localhost", "sslmode=verify-full&sslrootcert=system".to_owned(), "tls"),
        ("localhost", "sslrootcert=system".to_owned(), "tls"),
        ("localhost", "sslmode=verify-full&sslrootcert=/nonexistent.pem".to_owned(), "configuration"),
    ] {
        assert_eq!(code(&encrypted.url(host, &parameters)).await, expected, "{host} {parameters}");
    }
}

#[tokio::test]
async fn a_required_encryption_is_real() {
    let encrypted = Encrypted::start();
    let pool = database(&encrypted.url("127.0.0.1", "sslmode=require")).connect().await.unwrap();
    let query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    assert!(sqlx::query_scalar::<_, bool>(query).fetch_one(&pool).await.unwrap());
}

#[tokio::test]
async fn a_server_without_tls_is_refused_where_it_is_required() {
    let plain = Postgres::start();
    for mode in ["require", "verify-ca", "verify-full"] {
        assert_eq!(code(&format!("{}?sslmode={mode}", plain.url())).await, "tls", "{mode}");
    }
    assert_eq!(code(&format!("{}?sslmode=disable", plain.url())).await, "ok");
}

/// On an address that is not loopback, an absent `sslmode` means `require`.
#[tokio::test]
async fn a_server_without_tls_is_refused_in_production_when_the_url_says_nothing() {
    let Some(address) = own_address() else { return };
    let plain = Postgres::start_with(&Setup::default().set("listen_addresses", "*"));
    let url = format!("postgres://{USER}:{PASSWORD}@{address}:{}/{DATABASE}", plain.port());
    assert_eq!(code(&url).await, "tls");
}

/// Returns an address of this machine that is not loopback, or `None` without a network. No packet is sent.
fn own_address() -> Option<String> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then(|| address.to_string())
}
