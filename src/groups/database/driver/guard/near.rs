//! The driver's side: a socket that only this process knows.

use sqlx::postgres::PgConnectOptions;

use super::DatabaseFault;
#[cfg(target_os = "linux")]
use super::startup::Password;

#[cfg(not(target_os = "linux"))]
pub(super) use tokio::net::{TcpListener as Listener, TcpStream as Stream};
#[cfg(target_os = "linux")]
pub(super) use tokio::net::{UnixListener as Listener, UnixStream as Stream};

/// Where the driver connects to.
pub(super) struct Place {
    #[cfg(target_os = "linux")]
    directory: String,
    #[cfg(not(target_os = "linux"))]
    port: u16,
}

impl Place {
    /// The driver's options, led here.
    #[cfg(target_os = "linux")]
    pub(super) fn lead(&self, options: PgConnectOptions) -> PgConnectOptions {
        options.socket(&self.directory).port(PORT)
    }

    /// The driver's options, led here.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn lead(&self, options: PgConnectOptions) -> PgConnectOptions {
        options.host("127.0.0.1").port(self.port)
    }
}

/// The driver makes it a part of the socket's name.
#[cfg(target_os = "linux")]
const PORT: u16 = 5432;

/// On Linux a Unix socket with an abstract name: no file, no network, no port.
///
/// # Errors
///
/// `other`.
#[cfg(target_os = "linux")]
pub(super) fn listen() -> Result<(Listener, Place), DatabaseFault> {
    let directory = format!("\0hardened-{}", Password::generate()?.text());
    let listener = Listener::bind(format!("{directory}/.s.PGSQL.{PORT}")).map_err(|_| DatabaseFault::Other)?;
    Ok((listener, Place { directory }))
}

/// Elsewhere a port of loopback.
///
/// # Errors
///
/// `other`.
#[cfg(not(target_os = "linux"))]
pub(super) fn listen() -> Result<(Listener, Place), DatabaseFault> {
    let open = || {
        let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        Ok((Listener::from_std(listener)?, Place { port }))
    };
    open().map_err(|_: std::io::Error| DatabaseFault::Other)
}
