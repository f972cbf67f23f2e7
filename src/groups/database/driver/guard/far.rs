//! The server's side of the guard: the network, and TLS.

use tokio::{
    io::{self, AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{
    DatabaseFault,
    server::{Server, Stream},
    tls,
};
use crate::{
    database::Tls,
    groups::url::{Endpoint, is_own_address},
};

/// <https://www.postgresql.org/docs/current/protocol-message-formats.html>, `SSLRequest`
const TLS_PLEASE: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// Connects to the server, and encrypts the connection as configured.
///
/// # Errors
///
/// `refused`, `unreachable`, `timeout`, `tls`, `configuration`, `protocol`.
pub(super) async fn dial(server: &Server) -> Result<Stream, DatabaseFault> {
    let mut stream = connect(server).await?;
    if server.tls == Tls::Disable {
        return Ok(stream);
    }
    match asked_for_tls(&mut stream).await.map_err(|error| DatabaseFault::of_io(&error))? {
        b'S' => Ok(Box::new(tls::upgrade(stream, server).await?)),
        b'N' if server.tls == Tls::Prefer => Ok(stream),
        b'N' => Err(DatabaseFault::Tls),
        _ => Err(DatabaseFault::Protocol),
    }
}

async fn connect(server: &Server) -> Result<Stream, DatabaseFault> {
    let outcome = match &server.endpoint {
        #[cfg(unix)]
        Endpoint::Socket(directory) => {
            let path = format!("{directory}/.s.PGSQL.{}", server.port);
            tokio::net::UnixStream::connect(path).await.map(|stream| Box::new(stream) as Stream)
        }
        #[cfg(not(unix))]
        Endpoint::Socket(_) => Err(io::ErrorKind::Unsupported.into()),
        Endpoint::Address(address) => tcp((*address, server.port)).await.map(|stream| Box::new(stream) as Stream),
        Endpoint::Name(name) => {
            let stream = tcp((name.as_str(), server.port)).await.map_err(|error| DatabaseFault::of_io(&error))?;
            // Through `/etc/hosts` or the resolver, any name may lead to this machine.
            if server.is_own_machine_refused && stream.peer_addr().is_ok_and(|peer| is_own_address(peer.ip())) {
                return Err(DatabaseFault::Configuration);
            }
            Ok(Box::new(stream) as Stream)
        }
    };
    outcome.map_err(|error| DatabaseFault::of_io(&error))
}

async fn tcp(to: impl tokio::net::ToSocketAddrs) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(to).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Asks the server for TLS and reads its answer. It reads exactly one byte, because the bytes after it belong to TLS.
async fn asked_for_tls(stream: &mut Stream) -> io::Result<u8> {
    stream.write_all(&TLS_PLEASE).await?;
    stream.read_u8().await
}
