//! The faults of a database connection: a closed list, without the driver's text.

use std::{fmt, io};

use crate::groups::url::Endpoint;

/// The reason why the database could not be used. It never contains the driver's own text, which repeats names and parts of
/// statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DatabaseFault {
    /// There was no answer in time: the server is frozen or overloaded, or a firewall drops packets.
    Timeout,
    /// The server does not listen, closed the connection, or is starting or stopping.
    Refused,
    /// The name does not resolve, or the host or socket cannot be reached.
    Unreachable,
    /// The role or the password is wrong, or the role may not connect from here.
    Auth,
    /// The server does not speak TLS, or its certificate is not accepted.
    Tls,
    /// All connections are in use: those of the pool, or those of the server.
    PoolExhausted,
    /// The server has no database with that name.
    DatabaseMissing,
    /// A certificate file is missing or wrong, a variable would change the connection, or the host turned out to be the
    /// service's own machine.
    Configuration,
    /// The other side does not speak PostgreSQL, or sends more than its protocol allows.
    Protocol,
    /// Any other fault, such as an invalid statement.
    Other,
}

impl DatabaseFault {
    /// Returns the stable code, such as `pool-exhausted`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::Auth => "auth",
            Self::Tls => "tls",
            Self::PoolExhausted => "pool-exhausted",
            Self::DatabaseMissing => "database-missing",
            Self::Configuration => "configuration",
            Self::Protocol => "protocol",
            Self::Other => "other",
        }
    }

    /// Returns whether the fault may be temporary.
    #[cfg(feature = "sqlx")]
    pub(super) fn is_passing(self) -> bool {
        matches!(self, Self::Timeout | Self::Refused | Self::Unreachable | Self::PoolExhausted)
    }

    pub(super) fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::TimedOut => Self::Timeout,
            // rustls reports a rejected certificate in this way.
            io::ErrorKind::InvalidData => Self::Tls,
            io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof => Self::Refused,
            _ => Self::Unreachable,
        }
    }

    /// Returns the SQLSTATE that a server would send. Codes that no server sends begin with a letter that the standard
    /// leaves free.
    pub(super) const fn sqlstate(self) -> &'static str {
        match self {
            Self::Timeout => "57014",
            // The pool retries after this code, because the server may be starting.
            Self::Refused => "57P03",
            Self::Unreachable => "XHUNR",
            Self::Auth => "28P01",
            Self::Tls => "XHTLS",
            Self::PoolExhausted => "53300",
            Self::DatabaseMissing => "3D000",
            Self::Configuration => "XHCON",
            Self::Protocol => "XHPRO",
            Self::Other => "XX000",
        }
    }
}

/// Writes the stable code.
impl fmt::Display for DatabaseFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// A failed connection: the endpoint, and the fault.
///
/// ```text
/// db.example.com:5432/shop: auth
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseError {
    fault: DatabaseFault,
    endpoint: String,
}

impl DatabaseError {
    pub(super) fn new(fault: DatabaseFault, endpoint: &Endpoint, port: u16, database: Option<&str>) -> Self {
        let database = database.unwrap_or_default();
        let endpoint = match endpoint {
            Endpoint::Address(address) if address.is_ipv6() => format!("[{address}]:{port}/{database}"),
            Endpoint::Socket(directory) => format!("{directory}:{port}/{database}"),
            endpoint => format!("{endpoint}:{port}/{database}"),
        };
        Self { fault, endpoint }
    }

    /// Returns the fault.
    #[must_use]
    pub fn fault(&self) -> DatabaseFault {
        self.fault
    }

    /// Returns the stable code of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }
}

impl std::error::Error for DatabaseError {}

/// Writes the endpoint and the code; there is no further cause.
impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.endpoint.escape_debug(), self.fault)
    }
}

/// Writes the same as `Display`.
impl fmt::Debug for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseError({self})")
    }
}
