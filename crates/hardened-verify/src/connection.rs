//! The settings of the connection to the target: address, proxy, trust, and the headers of every request.

use std::{net::SocketAddr, sync::Arc};

use http::{HeaderName, HeaderValue, Uri};
use rustls::RootCertStore;

use crate::{
    credentials::Credential,
    error::Error,
    target::Target,
    transport::{Connecting, Socket, Transport, Trust, roots, trust},
};

/// The way to the target: over a socket, or in this process.
pub(crate) enum Reach {
    Socket(Connection),
    InProcess(Arc<dyn Transport>),
}

/// The settings of a connection over a socket.
#[derive(Default)]
pub(crate) struct Connection {
    pub(crate) address: Option<SocketAddr>,
    pub(crate) plain_port: Option<u16>,
    roots: Option<RootCertStore>,
    proxy: Option<Uri>,
    headers: Vec<(HeaderName, HeaderValue)>,
    insecure: Option<String>,
}

impl Connection {
    /// Trusts these certificates instead of those of this machine.
    pub(crate) fn trust(&mut self, pem: &[u8]) -> Result<(), Error> {
        self.roots = Some(roots(pem)?);
        Ok(())
    }

    pub(crate) fn accept_every_certificate(&mut self, reason: String) -> Result<(), Error> {
        if reason.trim().is_empty() {
            return Err(Error::Insecure("needs a reason"));
        }
        self.insecure = Some(reason);
        Ok(())
    }

    pub(crate) fn through(&mut self, proxy: &str) -> Result<(), Error> {
        let form = Error::Proxy("must be a URL such as http://proxy.example.com:3128");
        let proxy: Uri = proxy.trim().parse().map_err(|_| form)?;
        if proxy.scheme_str() != Some("http") || proxy.authority().is_none() {
            return Err(Error::Proxy("must begin with http:// and name a host"));
        }
        if proxy.authority().is_some_and(|authority| authority.as_str().contains('@')) {
            return Err(Error::Proxy("must not contain a user or password"));
        }
        self.proxy = Some(proxy);
        Ok(())
    }

    pub(crate) fn header(&mut self, header: Credential) {
        self.headers.push(header.into_parts());
    }

    /// Returns the remarks that the reader of the report must know.
    pub(crate) fn remarks(&self) -> Vec<String> {
        let insecure = self.insecure.iter();
        insecure.map(|reason| format!("every certificate was accepted, and no credential was sent: {reason}")).collect()
    }

    pub(crate) fn transport(self, target: &Target) -> Result<Arc<dyn Transport>, Error> {
        let is_secret = target.is_loopback() || (target.is_https() && self.insecure.is_none());
        if !self.headers.is_empty() && !is_secret {
            return Err(Error::Header("headers are sent over TLS to a verified host, or to this machine"));
        }
        // If the URL names a port, there may be no other service of the target on port 80.
        let plain_port = self.plain_port.or(target.authority().port_u16().is_none().then_some(80));
        Ok(Arc::new(Socket::new(
            target.clone(),
            Connecting {
                // Without TLS there is no certificate to check.
                trust: if target.is_https() { trust(self.roots, self.insecure.is_some())? } else { Trust::nobody()? },
                address: self.address,
                proxy: self.proxy,
                headers: self.headers,
                plain_port,
            },
        )))
    }
}
