//! The driver's side of the guard: a socket whose name only this process knows, or a port of loopback.

use std::{io, net::Ipv4Addr};

use tokio::net::TcpListener;
#[cfg(target_os = "linux")]
use tokio::net::UnixListener;

use super::{DatabaseFault, server::Stream, startup::Password};

/// The way in which a driver connects to the guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::groups::database::driver) enum Way {
    /// On Linux a Unix socket with an abstract name: no file, no network, no port. Elsewhere the same as `Port`.
    #[cfg(feature = "sqlx")]
    Private,
    /// A port of loopback, which every driver can connect to.
    Port,
}

/// The address that the driver connects to, and the password that it identifies itself with.
pub(in crate::groups::database::driver) struct Place {
    address: Address,
    password: String,
}

enum Address {
    #[cfg(all(feature = "sqlx", target_os = "linux"))]
    Directory(String),
    Port(u16),
}

impl Place {
    /// Returns the password, which the driver must send as its `application_name`.
    pub(in crate::groups::database::driver) fn password(&self) -> &str {
        &self.password
    }

    /// Returns the port of loopback, if the address is one.
    pub(in crate::groups::database::driver) fn port(&self) -> u16 {
        match self.address {
            #[cfg(all(feature = "sqlx", target_os = "linux"))]
            Address::Directory(_) => PORT,
            Address::Port(port) => port,
        }
    }

    /// Returns the driver's options with the address of the guard.
    #[cfg(feature = "sqlx")]
    pub(in crate::groups::database::driver) fn lead(
        &self,
        options: sqlx::postgres::PgConnectOptions,
    ) -> sqlx::postgres::PgConnectOptions {
        match &self.address {
            #[cfg(target_os = "linux")]
            Address::Directory(directory) => options.socket(directory).port(PORT),
            Address::Port(port) => options.host("127.0.0.1").port(*port),
        }
    }
}

/// A part of the socket's name, which the driver builds from the port.
#[cfg(all(feature = "sqlx", target_os = "linux"))]
const PORT: u16 = 5432;

/// The listener that accepts the driver's connections.
pub(super) enum Listener {
    #[cfg(target_os = "linux")]
    #[cfg_attr(not(feature = "sqlx"), allow(dead_code, reason = "only sqlx is led there"))]
    Unix(UnixListener),
    Tcp(TcpListener),
}

impl Listener {
    /// Waits for the next connection.
    ///
    /// # Errors
    ///
    /// Returns an error if no connection can be accepted now, for example because of too many open files.
    pub(super) async fn accept(&self) -> io::Result<Stream> {
        Ok(match self {
            #[cfg(target_os = "linux")]
            Self::Unix(listener) => Box::new(listener.accept().await?.0),
            Self::Tcp(listener) => Box::new(listener.accept().await?.0),
        })
    }
}

/// Listens at an address that the driver can connect to.
///
/// # Errors
///
/// Returns `other`.
pub(super) fn listen(way: Way, password: &Password) -> Result<(Listener, Place), DatabaseFault> {
    let password = password.text().to_owned();
    match way {
        #[cfg(all(feature = "sqlx", target_os = "linux"))]
        Way::Private => {
            let directory = format!("\0hardened-{}", Password::generate()?.text());
            let name = format!("{directory}/.s.PGSQL.{PORT}");
            let listener = UnixListener::bind(name).map_err(|_| DatabaseFault::Other)?;
            Ok((Listener::Unix(listener), Place { address: Address::Directory(directory), password }))
        }
        _ => {
            let (listener, port) = loopback().map_err(|_| DatabaseFault::Other)?;
            Ok((Listener::Tcp(listener), Place { address: Address::Port(port), password }))
        }
    }
}

fn loopback() -> io::Result<(TcpListener, u16)> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    Ok((TcpListener::from_std(listener)?, port))
}
