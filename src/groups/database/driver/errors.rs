//! Classifies the errors of sqlx.

use sqlx::{PgPool, error::DatabaseError as ServerError};

use super::DatabaseFault;

/// Needs the feature `sqlx`.
impl DatabaseFault {
    /// Classifies a driver error.
    #[must_use]
    pub fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(error) => Self::of_io(error),
            sqlx::Error::Tls(_) => Self::Tls,
            sqlx::Error::Database(error) => Self::of_server(error.as_ref()),
            sqlx::Error::PoolTimedOut => Self::Timeout,
            sqlx::Error::PoolClosed => Self::Refused,
            sqlx::Error::Configuration(_) => Self::Configuration,
            sqlx::Error::Protocol(_) => Self::Protocol,
            _ => Self::Other,
        }
    }

    /// Classifies a driver error from a pool: a timeout is `pool-exhausted` if all its connections are in use.
    #[must_use]
    pub fn in_pool(error: &sqlx::Error, pool: &PgPool) -> Self {
        let is_exhausted = pool.num_idle() == 0 && pool.size() >= pool.options().get_max_connections();
        match Self::of(error) {
            Self::Timeout if is_exhausted => Self::PoolExhausted,
            fault => fault,
        }
    }

    /// Classifies an error of the server by its SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>
    fn of_server(error: &dyn ServerError) -> Self {
        match error.code().as_deref() {
            Some("28P01" | "28000") => Self::Auth,
            Some("3D000") => Self::DatabaseMissing,
            Some("53300") => Self::PoolExhausted,
            Some("57P01" | "57P02" | "57P03" | "08006" | "08001" | "08003") => Self::Refused,
            Some("57014") => Self::Timeout,
            Some("XHUNR") => Self::Unreachable,
            Some("XHTLS") => Self::Tls,
            Some("XHCON") => Self::Configuration,
            Some("XHPRO") => Self::Protocol,
            _ => Self::Other,
        }
    }
}
