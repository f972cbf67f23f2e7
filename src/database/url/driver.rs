//! What only a driver is told.

use zeroize::Zeroizing;

use super::{
    DatabaseUrl,
    known::Used,
    options::{self, SessionOption},
    tls::Root,
};

impl DatabaseUrl {
    /// The name that the driver tells the server for itself.
    pub(crate) fn application_name(&self) -> Option<Zeroizing<String>> {
        self.parameter(Used::ApplicationName)
    }

    /// Options of the session.
    pub(crate) fn options(&self) -> Vec<SessionOption> {
        self.options_text().and_then(|text| options::read(&text).ok()).unwrap_or_default()
    }

    /// The file of the authority to trust, or none for those of the system.
    pub(crate) fn root_certificate(&self) -> Option<Zeroizing<String>> {
        match &self.parameters.tls.root {
            Some(Root::File(span)) => Some(span.decode(self.text.expose_text())),
            Some(Root::System) | None => None,
        }
    }

    /// The files of the client's certificate and of its key.
    pub(crate) fn client_certificate(&self) -> Option<(Zeroizing<String>, Zeroizing<String>)> {
        self.parameter(Used::ClientCert).zip(self.parameter(Used::ClientKey))
    }
}
