//! Probes: how one dependency is checked.

use std::{future::Future, io, pin::Pin, time::Duration};

/// A check of whether a dependency works.
///
/// A closure or function that returns a future is a probe:
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
/// A probe must not block its thread, because nothing can interrupt that.
pub trait Probe: Send + Sync + 'static {
    /// Checks the dependency once. The future is dropped when its time is up.
    ///
    /// # Errors
    ///
    /// Returns one of a few codes that says why the dependency does not work. The text of a driver's error is left out
    /// because it names hosts and users.
    fn check(&self) -> impl Future<Output = Result<(), ProbeError>> + Send;

    /// Checks the dependency once within a time limit. Override this in a probe that divides its time; by default it
    /// calls [`check`](Self::check).
    ///
    /// # Errors
    ///
    /// The same as [`check`](Self::check).
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

/// Why a dependency does not work: a fixed list of codes, so that no text of a driver's error reaches a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
#[error("{}", self.code())]
pub enum ProbeError {
    /// The dependency did not answer in time.
    Timeout,
    /// The dependency does not listen, or it closed the connection.
    Refused,
    /// The dependency does not accept the user or the password.
    Auth,
    /// An encrypted connection could not be established.
    Tls,
    /// All connections of the pool are in use.
    PoolExhausted,
    /// Any other error.
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

/// A type-erased [`Probe`], so that one check can have probes of different types.
pub(super) trait AnyProbe: Send + Sync {
    fn check_within(&self, limit: Duration) -> Pin<Box<dyn Future<Output = Result<(), ProbeError>> + Send + '_>>;
}

impl<P: Probe> AnyProbe for P {
    fn check_within(&self, limit: Duration) -> Pin<Box<dyn Future<Output = Result<(), ProbeError>> + Send + '_>> {
        Box::pin(Probe::check_within(self, limit))
    }
}
