//! Builds URLs of this library's own.

use zeroize::Zeroizing;

use hardened_core::text::percent;

use super::{DatabaseUrl, parse, tls::Tls};
use crate::{Violation, groups::url::Endpoint};

/// The parts from which this library builds a URL.
pub(crate) struct Pieces<'p> {
    pub(crate) endpoint: &'p Endpoint,
    pub(crate) port: Option<u16>,
    pub(crate) user: Option<&'p str>,
    pub(crate) password: Option<&'p str>,
    pub(crate) database: Option<&'p str>,
    pub(crate) tls: Option<Tls>,
    pub(crate) root_certificate: Option<&'p str>,
    pub(crate) options: Option<&'p str>,
}

impl Pieces<'_> {
    /// Returns the URL, with every character encoded that could be read in another way.
    pub(crate) fn text(&self) -> Zeroizing<String> {
        let endpoint = self.endpoint.to_string();
        let parts =
            [Some(endpoint.as_str()), self.user, self.password, self.database, self.root_certificate, self.options];
        let bytes = parts.into_iter().flatten().fold(0_usize, |bytes, part| bytes.saturating_add(part.len()));
        // Encoding at most triples the length of a part, so the string never grows and leaves no copy of a secret behind.
        let mut url = Zeroizing::new(String::with_capacity(bytes.saturating_mul(3).saturating_add(128)));
        // SQLAlchemy does not know `postgres://`.
        url.push_str("postgresql://");
        self.credentials(&mut url);
        let port = self.port.map(|port| port.to_string());
        // Not every program reads a socket in the place of the host.
        match self.endpoint {
            Endpoint::Socket(_) => {}
            Endpoint::Address(address) if address.is_ipv6() => url.extend(["[", &endpoint, "]"]),
            Endpoint::Address(_) | Endpoint::Name(_) => url.push_str(&endpoint),
        }
        if let Some(port) = port.as_deref().filter(|_| !self.is_socket()) {
            url.extend([":", port]);
        }
        url.push('/');
        percent::encode_into(&mut url, self.database.unwrap_or_default());
        let in_parameters = |text| Some(text).filter(|_| self.is_socket());
        let parameters = [
            ("host", in_parameters(endpoint.as_str())),
            ("port", port.as_deref().and_then(in_parameters)),
            ("sslmode", self.tls.map(Tls::name)),
            ("sslrootcert", self.root_certificate),
            ("options", self.options),
        ];
        push_parameters(&mut url, &parameters);
        url
    }

    fn is_socket(&self) -> bool {
        matches!(self.endpoint, Endpoint::Socket(_))
    }

    fn credentials(&self, url: &mut String) {
        let Some(user) = self.user else { return };
        percent::encode_into(url, user);
        if let Some(password) = self.password {
            url.push(':');
            percent::encode_into(url, password);
        }
        url.push('@');
    }

    /// Parses the URL that these parts make.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`DatabaseUrl`].
    pub(crate) fn assemble(&self) -> Result<DatabaseUrl, Violation> {
        parse::parse(&self.text())
    }
}

fn push_parameters(url: &mut String, parameters: &[(&str, Option<&str>)]) {
    let mut separator = '?';
    for (name, value) in parameters {
        let Some(value) = value else { continue };
        url.push(std::mem::replace(&mut separator, '&'));
        url.push_str(name);
        url.push('=');
        percent::encode_into(url, value);
    }
}
