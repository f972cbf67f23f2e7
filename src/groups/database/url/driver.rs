//! What only a driver is told.

#[cfg(feature = "sqlx")]
use super::options::{self, SessionOption};
use super::{DatabaseUrl, known::Used, tls::Root};

impl DatabaseUrl {
    /// The name that the driver tells the server for itself.
    pub(crate) fn application_name(&self) -> Option<&str> {
        self.parameters.get(Used::ApplicationName)
    }

    /// Options of the session.
    #[cfg(feature = "sqlx")]
    pub(crate) fn options(&self) -> Vec<SessionOption> {
        // They were read before, when the URL was.
        options::read(self.options_text().unwrap_or_default()).unwrap_or_default()
    }

    /// The file of the authority to trust, or none for those of the system.
    pub(crate) fn root_certificate(&self) -> Option<&str> {
        self.root_text().filter(|_| self.parameters.tls.root == Some(Root::File))
    }

    /// The files of the client's certificate and of its key.
    pub(crate) fn client_certificate(&self) -> Option<(&str, &str)> {
        self.parameters.get(Used::ClientCert).zip(self.parameters.get(Used::ClientKey))
    }
}
