//! The server, and a connection to it.

use tokio::io::{AsyncRead, AsyncWrite};

use crate::{database::Tls, groups::url::Endpoint};

/// Where the server is, and how it is spoken to.
pub(in crate::groups::database::driver) struct Server {
    pub(in crate::groups::database::driver) endpoint: Endpoint,
    pub(in crate::groups::database::driver) port: u16,
    pub(in crate::groups::database::driver) tls: Tls,
    /// The file of the authorities to trust; none for those of the operating system.
    pub(in crate::groups::database::driver) authorities: Option<String>,
    /// The files of the client's certificate and of its key.
    pub(in crate::groups::database::driver) certificate: Option<(String, String)>,
    /// What the server shows its administrator.
    pub(in crate::groups::database::driver) application: String,
    /// Whether a name that leads to the machine of the service itself is refused.
    pub(in crate::groups::database::driver) is_own_machine_refused: bool,
}

/// A connection to a server, encrypted or not.
pub(super) trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}
impl<C: AsyncRead + AsyncWrite + Send + Unpin> Connection for C {}

pub(super) type Stream = Box<dyn Connection>;
