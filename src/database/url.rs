//! The URL of a database, which holds its password.

use std::fmt;

use crate::{Kind, Rejection, SecretText, Setting};

/// The URL of a database. Secret as a whole, for its password stands in it.
pub struct DatabaseUrl(SecretText);

impl DatabaseUrl {
    /// The URL itself, password included.
    #[must_use]
    pub fn expose_url(&self) -> &str {
        self.0.expose_text()
    }
}

impl Setting for DatabaseUrl {
    const KIND: Kind = Kind::Credential;

    fn parse(text: &str) -> Result<Self, Rejection> {
        SecretText::parse(text).map(Self)
    }

    fn flaws(&self) -> Vec<Rejection> {
        self.0.flaws()
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        self.0.visit_secrets(visit);
    }
}

/// Shows the type alone.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseUrl([redacted])")
    }
}
