//! A parsed connection, from a URL or from pieces.

use std::fmt;

use hardened_core::{
    manifest::{ConnectionPromise, Promises},
    text::percent,
};
use zeroize::Zeroizing;

use super::{dialect::Dialect, network::Network, parameters::Parameters};
use crate::{
    Tier,
    database::Tls,
    groups::url::{Endpoint, Wrapping},
};

/// A parsed connection.
pub(super) struct Connection {
    pub(super) dialect: &'static Dialect,
    pub(super) wrapping: Wrapping,
    pub(super) endpoint: Endpoint,
    pub(super) port: u16,
    pub(super) user: Option<Zeroizing<String>>,
    pub(super) password: Option<Zeroizing<String>>,
    /// The text after the host.
    pub(super) path: Option<String>,
    /// The encryption that the configuration asks for.
    pub(super) tls: Option<Tls>,
    /// Whether the server's certificate must not be checked.
    pub(super) is_unverified: bool,
    pub(super) scheme: &'static str,
    pub(super) parameters: Parameters,
    /// How to write each unescaped character of the user name and the password.
    pub(super) escapes: Vec<&'static str>,
}

impl Connection {
    pub(super) fn host(&self) -> String {
        self.endpoint.to_string()
    }

    pub(super) fn user(&self) -> Option<&str> {
        self.user.as_ref().map(|user| user.as_str())
    }

    pub(super) fn password(&self) -> Option<&str> {
        self.password.as_ref().map(|password| password.as_str())
    }

    /// Returns how the connection is encrypted in a tier.
    pub(super) fn tls(&self, tier: Tier) -> Tls {
        match Network::of(&self.endpoint) {
            Network::Socket => Tls::Disable,
            Network::Own if self.tls.is_none() => Tls::Prefer,
            _ if self.tls.is_none() && !tier.is_hardened() => Tls::Prefer,
            network => self.wanted(network),
        }
    }

    /// Returns how the connection to a server in this network is encrypted in Preview and Production.
    pub(super) fn wanted(&self, network: Network) -> Tls {
        let absent = match network {
            Network::Encrypted(_) | Network::Private => self.dialect.absent.private,
            Network::Socket | Network::Own | Network::Public => self.dialect.absent.public,
        };
        let most = if self.is_unverified { Tls::Require } else { Tls::VerifyFull };
        self.tls.unwrap_or(absent).min(most)
    }

    /// Returns the URL for a driver, with every character encoded that could be read in another way.
    pub(super) fn url(&self, scheme: &str, parameters: &[(&str, &str)]) -> Zeroizing<String> {
        let host = self.host();
        let kept = self.parameters.kept.iter().map(|(name, value)| (*name, value.as_str()));
        let parameters: Vec<_> = parameters.iter().copied().chain(kept).collect();
        let parts = [Some(host.as_str()), self.user(), self.password(), self.path.as_deref()].into_iter().flatten();
        let values = parameters.iter().flat_map(|(name, value)| [*name, *value]);
        let bytes = parts.chain(values).fold(0_usize, |bytes, part| bytes.saturating_add(part.len()));
        // Encoding at most triples the length of a part, so the string never grows and leaves no copy of a secret behind.
        let mut url = Zeroizing::new(String::with_capacity(bytes.saturating_mul(3).saturating_add(128)));
        url.extend([scheme, "://"]);
        self.credentials(&mut url);
        match self.endpoint {
            Endpoint::Socket(_) => url.push_str("localhost"),
            Endpoint::Address(address) if address.is_ipv6() => url.extend(["[", &host, "]"]),
            Endpoint::Address(_) | Endpoint::Name(_) => url.push_str(&host),
        }
        if !self.endpoint.is_socket() {
            url.extend([":", &self.port.to_string()]);
        }
        if let Some(path) = &self.path {
            url.push('/');
            percent::encode_into(&mut url, path);
        }
        let mut separator = "?";
        for (name, value) in parameters {
            url.extend([std::mem::replace(&mut separator, "&"), name, "="]);
            percent::encode_into(&mut url, value);
        }
        url
    }

    fn credentials(&self, url: &mut String) {
        if self.user.is_none() && self.password.is_none() {
            return;
        }
        percent::encode_into(url, self.user().unwrap_or_default());
        if let Some(password) = self.password() {
            url.push(':');
            percent::encode_into(url, password);
        }
        url.push('@');
    }

    /// Adds the encryption of the connection to the manifest, unless it is a socket, which never leaves the machine.
    pub(super) fn promise(&self, service: &str, tier: Tier, promises: &mut Promises) {
        if !self.endpoint.is_socket() {
            let (group, service, transport) = (String::new(), service.to_owned(), self.tls(tier).transport());
            promises.connections.get_or_insert_default().push(ConnectionPromise { group, service, transport });
        }
    }
}

/// Shows only host and port.
impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("host", &self.host()).field("port", &self.port).finish_non_exhaustive()
    }
}
