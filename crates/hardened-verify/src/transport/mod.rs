//! How a request reaches the target: over a socket, or in the process.

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

/// The future of one request that is never ended.
pub(crate) type Stalling<'a> = Pin<Box<dyn Future<Output = Result<Stall, NoAnswer>> + Send + 'a>>;

/// Brings one request to the target and its answer back.
pub(crate) trait Transport: Send + Sync {
    fn exchange<'a>(&'a self, request: &'a Request) -> Exchanging<'a>;

    /// Whether the service is in this process, without the server around it.
    fn is_in_process(&self) -> bool {
        false
    }

    /// Makes one handshake of TLS; none where the target does not speak it.
    fn handshake(&self, _: Hello) -> Option<Handshaking<'_>> {
        None
    }

    /// Begins a request and does not end it, for at most this time; none where there is no socket.
    fn stall<'a>(&'a self, _: &'a Request, _: Duration) -> Option<Stalling<'a>> {
        None
    }
}
