//! Where connections come from.

use std::{future::Future, io};

use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;

use super::socket::Socket;
use crate::layers::PeerAddress;

/// What `serve` can listen on: a `TcpListener` or a `UnixListener` of tokio.
pub trait Listener: Accept {}

/// What a listener does.
pub trait Accept: Send + Sync + 'static {
    /// A connection.
    type Socket: Socket;

    /// Waits for the next connection, and says who is at its other end.
    fn accept(&self) -> impl Future<Output = io::Result<(Self::Socket, PeerAddress)>> + Send;

    /// The address that it listens on, to be shown.
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
