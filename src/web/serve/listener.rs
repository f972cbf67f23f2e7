//! The listeners that accept connections.

use std::{future::Future, io};

use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;

use super::socket::Socket;
use crate::layers::PeerAddress;

/// A listener that `serve` accepts: tokio's `TcpListener` or `UnixListener`.
pub trait Listener: Accept {}

/// The operations of a listener.
pub trait Accept: Send + Sync + 'static {
    /// The socket of a connection.
    type Socket: Socket;

    /// Waits for the next connection, and returns its socket and the address of the peer.
    fn accept(&self) -> impl Future<Output = io::Result<(Self::Socket, PeerAddress)>> + Send;

    /// Returns the address that it listens on, for display.
    fn place(&self) -> String;
}

impl Listener for TcpListener {}

impl Accept for TcpListener {
    type Socket = tokio::net::TcpStream;

    async fn accept(&self) -> io::Result<(Self::Socket, PeerAddress)> {
        let (socket, address) = Self::accept(self).await?;
        Ok((socket, address.into()))
    }

    fn place(&self) -> String {
        self.local_addr().map_or_else(|_| "unknown".to_owned(), |address| address.to_string())
    }
}

#[cfg(unix)]
impl Listener for UnixListener {}

#[cfg(unix)]
impl Accept for UnixListener {
    type Socket = tokio::net::UnixStream;

    async fn accept(&self) -> io::Result<(Self::Socket, PeerAddress)> {
        let (socket, _) = Self::accept(self).await?;
        Ok((socket, PeerAddress::unix()))
    }

    fn place(&self) -> String {
        let address = self.local_addr().ok();
        let path = address.as_ref().and_then(tokio::net::unix::SocketAddr::as_pathname);
        path.map_or_else(|| "unknown".to_owned(), |path| path.display().to_string())
    }
}
