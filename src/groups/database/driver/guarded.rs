//! A way to the database for any driver.

use zeroize::Zeroizing;

use super::{
    DatabaseError, DatabaseFault,
    guard::{Guard, Server, Way},
    target,
};
use crate::{
    Database,
    database::Tls,
    groups::{database::url::Pieces, url::Endpoint},
};

/// The way to the database through a guard in this process: [`Database::guard`].
///
/// When it is dropped, connections that are open stay, and no further one is made: keep it for as long as the pool.
pub struct DatabaseGuard {
    url: Zeroizing<String>,
    _guard: Guard,
}

impl DatabaseGuard {
    /// Returns the URL that leads a driver to the guard; the password of the database included.
    #[must_use]
    pub fn expose_url(&self) -> &str {
        &self.url
    }
}

/// Shows the type alone.
impl std::fmt::Debug for DatabaseGuard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseGuard(…)")
    }
}

/// Needs the feature `guard`.
impl Database {
    /// Starts a guard between any driver of PostgreSQL and the server: tokio-postgres, deadpool-postgres, diesel-async,
    /// another version of sqlx.
    ///
    /// The driver connects to a port of loopback without TLS, and the guard speaks TLS with the server as this
    /// configuration wants it: with its certificates, its authorities and its client certificate, whatever the driver
    /// supports. It drops notices and bounds what a hostile server can do, as [`connect`](Self::connect) does for sqlx 0.9. It
    /// lets in who gives a random password of this process as `application_name`, which is in the URL.
    ///
    /// It runs in the Tokio runtime that called this. What it cannot guarantee: a driver that reads variables of its own
    /// (sqlx reads `PGOPTIONS`) follows them.
    ///
    /// ```no_run
    /// # async fn run(database: &hardened::Database) -> Result<(), Box<dyn std::error::Error>> {
    /// let guard = database.guard()?;
    /// let (client, connection) = tokio_postgres::connect(guard.expose_url(), tokio_postgres::NoTls).await?;
    /// tokio::spawn(connection);
    /// client.query_one("SELECT 1", &[]).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A [`DatabaseError`] with the code `configuration`: a file of a certificate is missing; or `other`: no runtime.
    pub fn guard(&self) -> Result<DatabaseGuard, DatabaseError> {
        self.lead().map_err(|fault| self.error(fault))
    }

    fn lead(&self) -> Result<DatabaseGuard, DatabaseFault> {
        let url = self.url();
        let server = target::server(url, url.endpoint(), url.port(), self.tls())?;
        let server = Server { is_own_machine_refused: self.is_own_machine_refused(), ..server };
        let (guard, place) = Guard::start(server, Way::Port)?;
        let (user, password) = (url.user(), url.expose_password());
        let pieces = Pieces {
            endpoint: &Endpoint::Address(std::net::Ipv4Addr::LOCALHOST.into()),
            port: Some(place.port()),
            user: user.as_ref().map(|text| text.as_str()),
            password: password.as_ref().map(|text| text.as_str()),
            database: url.database(),
            tls: Some(Tls::Disable),
            root_certificate: None,
            options: url.options_text(),
        };
        let mut text = pieces.text();
        text.extend(["&application_name=", place.password()]);
        Ok(DatabaseGuard { url: text, _guard: guard })
    }

    /// What went wrong on the way to the database.
    pub(super) fn error(&self, fault: DatabaseFault) -> DatabaseError {
        let url = self.url();
        DatabaseError::new(fault, url.endpoint(), url.port(), url.database())
    }
}
