//! Asking one dependency.

use std::{future::Future, io, pin::Pin, time::Duration};

/// Checks whether a dependency works.
///
/// A closure is one:
///
/// ```
/// use hardened::health::{Probe, ProbeError};
/// use tokio::net::TcpStream;
///
/// async fn mail_server() -> Result<(), ProbeError> {
///     TcpStream::connect("mail.internal:25").await?;
///     Ok(())
/// }
///
/// fn is_probe(_: impl Probe) {}
/// is_probe(mail_server);
/// ```
///
/// It must not block its thread: nothing can interrupt that.
pub trait Probe: Send + Sync + 'static {
    /// Asks once. It is dropped when its time is up.
    ///
    /// # Errors
    ///
    /// Why the dependency does not work, as one of a few codes: the text of a driver's error names hosts and users.
    fn check(&self) -> impl Future<Output = Result<(), ProbeError>> + Send;

    /// Asks once, and knows how long it may take. A probe that divides its time overrides it; the default is
    /// [`check`](Self::check).
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    fn check_within(&self, limit: Duration) -> impl Future<Output = Result<(), ProbeError>> + Send {
        let _ = limit;
        self.check()
    }
}

impl<F, A> Probe for F
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<(), ProbeError>> + Send,
{
    fn check(&self) -> impl Future<Output = Result<(), ProbeError>> + Send {
        self()
    }
}

/// Why a dependency does not work: a list of codes, so that nothing of a driver's text leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
#[error("{}", self.code())]
pub enum ProbeError {
    /// It did not answer in time.
    Timeout,
    /// It does not listen, or it closed the connection.
    Refused,
    /// It does not accept the user or the password.
    Auth,
    /// An encrypted connection could not be established.
    Tls,
    /// All connections of the pool are in use.
    PoolExhausted,
    /// Anything else.
    Failed,
}

impl ProbeError {
    /// Returns the code in the response: `timeout`, `refused`, `auth`, `tls`, `pool-exhausted` or `failed`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Refused => "refused",
            Self::Auth => "auth",
            Self::Tls => "tls",
            Self::PoolExhausted => "pool-exhausted",
            Self::Failed => "failed",
        }
    }
}

impl From<io::Error> for ProbeError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Self::Timeout,
            io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NotConnected
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::NotFound
            | io::ErrorKind::UnexpectedEof => Self::Refused,
            _ => Self::Failed,
        }
    }
}

/// A probe behind a pointer, so that one check can have several kinds.
pub(super) trait AnyProbe: Send + Sync {
    fn check_within(&self, limit: Duration) -> Pin<Box<dyn Future<Output = Result<(), ProbeError>> + Send + '_>>;
}

impl<P: Probe> AnyProbe for P {
    fn check_within(&self, limit: Duration) -> Pin<Box<dyn Future<Output = Result<(), ProbeError>> + Send + '_>> {
        Box::pin(Probe::check_within(self, limit))
    }
}
