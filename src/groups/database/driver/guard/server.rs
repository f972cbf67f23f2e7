//! The server that the guard connects to, and a connection to it.

use tokio::io::{AsyncRead, AsyncWrite};

use crate::{database::Tls, groups::url::Endpoint};

/// The address of the server, and how to connect to it.
pub(in crate::groups::database::driver) struct Server {
    pub(in crate::groups::database::driver) endpoint: Endpoint,
    pub(in crate::groups::database::driver) port: u16,
    pub(in crate::groups::database::driver) tls: Tls,
    /// The file with the authorities to trust; `None` for those of the operating system.
    pub(in crate::groups::database::driver) authorities: Option<String>,
    /// The files of the client's certificate and its key.
    pub(in crate::groups::database::driver) certificate: Option<(String, String)>,
    /// The application name that the server shows to its administrator.
    pub(in crate::groups::database::driver) application: String,
    /// Whether to refuse a name that leads to the service's own machine.
    pub(in crate::groups::database::driver) is_own_machine_refused: bool,
}

/// A connection to a server, encrypted or not.
pub(super) trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}
impl<C: AsyncRead + AsyncWrite + Send + Unpin> Connection for C {}

pub(super) type Stream = Box<dyn Connection>;
