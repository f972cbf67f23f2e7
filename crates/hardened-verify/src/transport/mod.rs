//! The transports to the target: over a socket, or in the process.

mod body;
mod in_process;
mod socket;
mod trust;

use std::{future::Future, pin::Pin, time::Duration};

pub(crate) use self::{
    in_process::InProcess,
    socket::{Connecting, Socket},
    trust::{Trust, roots, trust},
};
use crate::{
    answer::{Answer, NoAnswer},
    handshake::{Handshake, Hello},
    request::Request,
    stall::Stall,
};

/// The future of one exchange.
pub(crate) type Exchanging<'a> = Pin<Box<dyn Future<Output = Result<Answer, NoAnswer>> + Send + 'a>>;

/// The future of one handshake.
pub(crate) type Handshaking<'a> = Pin<Box<dyn Future<Output = Result<Handshake, NoAnswer>> + Send + 'a>>;

/// The future of one request that is never finished.
pub(crate) type Stalling<'a> = Pin<Box<dyn Future<Output = Result<Stall, NoAnswer>> + Send + 'a>>;

/// Sends a request to the target, and returns its answer.
pub(crate) trait Transport: Send + Sync {
    fn exchange<'a>(&'a self, request: &'a Request) -> Exchanging<'a>;

    /// Returns whether the service is in this process, without the server around it.
    fn is_in_process(&self) -> bool {
        false
    }

    /// Makes one TLS handshake; `None` if the target does not use TLS.
    fn handshake(&self, _: Hello) -> Option<Handshaking<'_>> {
        None
    }

    /// Begins a request and does not finish it, for at most this time; `None` if there is no socket.
    fn stall<'a>(&'a self, _: &'a Request, _: Duration) -> Option<Stalling<'a>> {
        None
    }
}
