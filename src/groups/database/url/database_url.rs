//! The type `DatabaseUrl` and its accessors.

use std::fmt;

use zeroize::Zeroizing;

use super::{known::Used, parameters::Parameters, tls::Tls};
use crate::{
    SecretText, Tier,
    groups::url::{Endpoint, Wrapping},
};

/// The URL of a PostgreSQL database. The whole URL is secret because it contains the password.
///
/// It is read as people paste it: with quotes, `psql '…'` or `DATABASE_URL=` around it, as `postgresql+asyncpg://`,
/// with `?host=` and the path of a socket, or with an unescaped character in the password. A text that can be read in
/// two ways is refused, because one of them would send the password to another host. `docs/DATABASE.md` has the table.
///
/// Its `Debug` shows host, port and database. It wipes its contents when dropped.
///
/// What it cannot guarantee: any code that receives the exposed text or password may copy it; and another driver reads the
/// text in its own way, without the TLS that [`Database`](crate::Database) enforces.
///
/// ```
/// use hardened::database::DatabaseUrl;
///
/// let url: DatabaseUrl = "postgres://app:8sd7f-6as%40d5@db.example.com/shop".parse().unwrap();
/// assert_eq!((url.host().as_str(), url.port(), url.database()), ("db.example.com", 5432, Some("shop")));
/// assert_eq!(url.expose_password().unwrap().as_str(), "8sd7f-6as@d5");
/// assert!(!format!("{url:?}").contains("8sd7f"));
/// ```
///
/// # Errors
///
/// Reading it refuses with `database-malformed`, `database-scheme`, `database-ambiguous`, `database-conflict`,
/// `database-multi-host`, `database-placeholder`, `secret-reference`, `secret-json`, `secret-control` and
/// `secret-whitespace`; its flaws are every other `database-*` rule, `secret-whitespace` and `secret-quoted`.
pub struct DatabaseUrl {
    pub(super) text: SecretText,
    pub(super) wrapping: Wrapping,
    pub(super) endpoint: Endpoint,
    /// The name of the host, if `hostaddr` gives its address.
    pub(super) name_of_address: Option<String>,
    pub(super) port: u16,
    pub(super) database: Option<String>,
    pub(super) is_host_named: bool,
    pub(super) user: Option<Zeroizing<String>>,
    pub(super) password: Option<Zeroizing<String>>,
    pub(super) parameters: Parameters,
    /// How to write each unescaped character of the user name and the password.
    pub(super) escapes: Vec<&'static str>,
    /// The programs that read another host from this URL.
    pub(super) misled: Vec<&'static str>,
}

impl DatabaseUrl {
    /// Returns the host that the driver connects to: a name, an address, or the directory of a Unix socket.
    #[must_use]
    pub fn host(&self) -> String {
        self.endpoint.to_string()
    }

    /// Returns the port; 5432 by default.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the name of the database, or `None` if the server chooses it.
    #[must_use]
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// Returns the name of the role. It is `None` only in Development and Test, where the driver uses the operating
    /// system's user.
    #[must_use]
    pub fn user(&self) -> Option<Zeroizing<String>> {
        self.user.clone()
    }

    /// Returns whether the connection uses a Unix socket.
    #[must_use]
    pub fn is_socket(&self) -> bool {
        self.endpoint.is_socket()
    }

    /// Returns how the connection is encrypted in a tier: an absent `sslmode` means `require` in Preview and
    /// Production, except for connections to the same machine.
    #[must_use]
    pub fn tls(&self, tier: Tier) -> Tls {
        match &self.endpoint {
            Endpoint::Socket(_) => Tls::Disable,
            endpoint if tier.is_hardened() && !endpoint.is_loopback() => self.parameters.tls.effective(Tls::Require),
            _ => self.parameters.tls.effective(Tls::Prefer),
        }
    }

    /// Returns the URL as it was set, without quotes or commands around it. It contains the password.
    #[must_use]
    pub fn expose_url(&self) -> &str {
        self.text.expose_text()
    }

    /// Returns the decoded password, which is wiped when dropped.
    #[must_use]
    pub fn expose_password(&self) -> Option<Zeroizing<String>> {
        self.password.clone()
    }
}

/// Accessors for drivers.
impl DatabaseUrl {
    /// Returns the endpoint to connect to.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Returns the options of the session, as they were set.
    pub(crate) fn options_text(&self) -> Option<&str> {
        self.parameters.get(Used::Options)
    }

    /// Returns the authority to trust, as it was set: a file, or `system`.
    pub(crate) fn root_text(&self) -> Option<&str> {
        self.parameters.get(Used::RootCert)
    }

    /// Returns how many prepared statements a connection may keep, or `None` if the URL does not say.
    pub(crate) fn statement_cache(&self) -> Option<usize> {
        if self.is_supabase_transaction_pooler() { Some(0) } else { self.parameters.statement_cache }
    }

    /// Returns whether this is Supabase's pooler in transaction mode, which does not support prepared statements.
    pub(crate) fn is_supabase_transaction_pooler(&self) -> bool {
        let is_supabase = self.endpoint.is_below(".supabase.com") || self.endpoint.is_below(".supabase.co");
        is_supabase && self.port == 6543
    }

    /// Returns the variables that a driver reads in addition to this URL and cannot be told to ignore.
    pub(crate) fn unwanted_variables(&self) -> impl Iterator<Item = &'static str> + use<> {
        let has_certificate = self.parameters.get(Used::ClientCert).is_some();
        let certificate: &[_] = if has_certificate { &[] } else { &["PGSSLCERT", "PGSSLKEY"] };
        std::iter::once("PGOPTIONS").chain(certificate.iter().copied())
    }
}

/// Shows host, port and database.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseUrl")
            .field("host", &self.host())
            .field("port", &self.port)
            .field("database", &self.database)
            .finish_non_exhaustive()
    }
}
