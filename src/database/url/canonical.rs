//! URLs that this library writes itself.

use zeroize::Zeroizing;

use hardened_core::text::percent;

use super::{DatabaseUrl, Place, tls::Tls};
use crate::{Rejection, Setting as _};

/// What a URL is made of, where none can be concatenated.
pub(crate) struct Pieces<'p> {
    pub(crate) place: &'p Place,
    pub(crate) port: Option<u16>,
    pub(crate) user: &'p str,
    pub(crate) password: Option<&'p str>,
    pub(crate) database: Option<&'p str>,
    pub(crate) tls: Option<Tls>,
    pub(crate) root_certificate: Option<&'p str>,
    pub(crate) options: Option<&'p str>,
}

impl Pieces<'_> {
    /// The URL, with everything encoded that could be read as something else.
    pub(crate) fn text(&self) -> Zeroizing<String> {
        let place = self.place.to_string();
        let parts = [self.password, self.database, self.root_certificate, self.options];
        let parts = parts.into_iter().flatten().chain([self.user, &place]);
        let bytes = parts.fold(0_usize, |bytes, part| bytes.saturating_add(part.len()));
        // Nothing is longer than three times its length when encoded: it never grows, so no copy is left behind.
        let mut url = Zeroizing::new(String::with_capacity(bytes.saturating_mul(3).saturating_add(128)));
        url.push_str("postgres://");
        percent::encode_into(&mut url, self.user);
        if let Some(password) = self.password {
            url.push(':');
            percent::encode_into(&mut url, password);
        }
        url.push('@');
        match self.place {
            Place::Socket(_) => percent::encode_into(&mut url, &place),
            Place::Address(address) if address.is_ipv6() => url.extend(["[", &place, "]"]),
            Place::Address(_) | Place::Name(_) => url.push_str(&place),
        }
        if let Some(port) = self.port {
            url.extend([":", &port.to_string()]);
        }
        url.push('/');
        percent::encode_into(&mut url, self.database.unwrap_or_default());
        self.parameters(&mut url);
        url
    }

    fn parameters(&self, url: &mut String) {
        let mut separator = '?';
        let parameters =
            [("sslmode", self.tls.map(Tls::name)), ("sslrootcert", self.root_certificate), ("options", self.options)];
        for (name, value) in parameters {
            let Some(value) = value else { continue };
            url.push(std::mem::replace(&mut separator, '&'));
            url.push_str(name);
            url.push('=');
            percent::encode_into(url, value);
        }
    }

    /// The URL of the pieces.
    ///
    /// # Errors
    ///
    /// Those of [`DatabaseUrl`].
    pub(crate) fn assemble(&self) -> Result<DatabaseUrl, Rejection> {
        DatabaseUrl::parse(&self.text())
    }
}
