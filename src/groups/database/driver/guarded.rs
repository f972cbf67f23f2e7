//! A guarded connection to the database for any driver.

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

/// A guard in this process through which any driver reaches the database: [`Database::guard`].
///
/// Dropping it leaves open connections alone but accepts no further ones: keep it as long as the pool.
pub struct DatabaseGuard {
    url: Zeroizing<String>,
    _guard: Guard,
}

impl DatabaseGuard {
    /// Returns the URL that leads a driver to the guard. It contains the database's password.
    #[must_use]
    pub fn expose_url(&self) -> &str {
        &self.url
    }
}

/// Shows only the name of the type.
impl std::fmt::Debug for DatabaseGuard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseGuard(…)")
    }
}

/// Needs the feature `guard`.
impl Database {
    /// Starts a guard between any PostgreSQL driver and the server: tokio-postgres, deadpool-postgres, diesel-async,
    /// another version of sqlx.
    ///
    /// The driver connects to a port of loopback without TLS, and the guard speaks TLS with the server as this
    /// configuration requires: with its authorities and its client certificate, whatever the driver supports. It drops
    /// notices and bounds what a hostile server can do, as [`connect`](Self::connect) does for sqlx 0.9. It accepts
    /// only connections that send a random password of this process as `application_name`; the password is in the URL.
    ///
    /// It runs in the Tokio runtime that called this function. What it cannot guarantee: a driver may also follow variables
    /// that it reads itself, as sqlx does with `PGOPTIONS`.
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
    /// Returns a [`DatabaseError`] with the code `configuration` if a certificate file is missing, or `other` without a
    /// runtime.
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

    /// Returns the error for a fault of this database.
    pub(super) fn error(&self, fault: DatabaseFault) -> DatabaseError {
        let url = self.url();
        DatabaseError::new(fault, url.endpoint(), url.port(), url.database())
    }
}
