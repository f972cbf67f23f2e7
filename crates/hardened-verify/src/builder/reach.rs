//! How to connect to the target.

use std::net::SocketAddr;

use super::Builder;
use crate::{connection::Reach, credentials::Credential, error::Error};

impl Builder {
    /// Connects to this address instead of the one that the host name resolves to.
    #[must_use]
    pub fn resolve(mut self, instead: SocketAddr) -> Self {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.address = Some(instead);
        }
        self
    }

    /// Checks on this port whether an `https:` target also answers over `http:`. The default is 80 if the URL of the target
    /// does not name a port.
    #[must_use]
    pub fn plain_port(mut self, port: u16) -> Self {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.plain_port = Some(port);
        }
        self
    }

    /// Trusts the certificates of a PEM file, instead of those that this machine trusts.
    ///
    /// # Errors
    ///
    /// When the text is not PEM, or contains no certificate.
    pub fn ca(mut self, pem: &[u8]) -> Result<Self, Error> {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.trust(pem)?;
        }
        Ok(self)
    }

    /// Accepts every certificate. The report contains the reason. Credentials are sent only if the target is this machine.
    ///
    /// # Errors
    ///
    /// When the reason is empty.
    pub fn insecure(mut self, reason: impl Into<String>) -> Result<Self, Error> {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.accept_every_certificate(reason.into())?;
        }
        Ok(self)
    }

    /// Connects through a proxy (HTTP `CONNECT`), such as `http://proxy.example.com:3128`.
    ///
    /// # Errors
    ///
    /// When it is not an `http:` URL with a host, or has a user or password.
    pub fn proxy(mut self, url: &str) -> Result<Self, Error> {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.through(url)?;
        }
        Ok(self)
    }

    /// Sends a header with every request over a socket, such as the key of a gateway in front. Its value is never shown.
    #[must_use]
    pub fn header(mut self, header: Credential) -> Self {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.header(header);
        }
        self
    }
}
