//! Accessors for the drivers that this library configures itself.

#[cfg(feature = "sqlx")]
use super::options::{self, SessionOption};
use super::{DatabaseUrl, known::Used, tls::Root};

impl DatabaseUrl {
    /// Returns the name that the driver reports to the server as the application's.
    pub(crate) fn application_name(&self) -> Option<&str> {
        self.parameters.get(Used::ApplicationName)
    }

    /// Returns the options of the session.
    #[cfg(feature = "sqlx")]
    pub(crate) fn options(&self) -> Vec<SessionOption> {
        // Parsing the URL has already parsed the options, so there is no error here.
        options::read(self.options_text().unwrap_or_default()).unwrap_or_default()
    }

    /// Returns the file with the authority to trust, or `None` for the authorities of the system.
    pub(crate) fn root_certificate(&self) -> Option<&str> {
        self.root_text().filter(|_| self.parameters.tls.root == Some(Root::File))
    }

    /// Returns the files of the client's certificate and its key.
    pub(crate) fn client_certificate(&self) -> Option<(&str, &str)> {
        self.parameters.get(Used::ClientCert).zip(self.parameters.get(Used::ClientKey))
    }
}
