//! How a request reaches the target: over a socket, or in the process.

mod body;
mod in_process;
mod socket;
mod trust;

use std::{future::Future, pin::Pin};

pub(crate) use self::{
    in_process::InProcess,
    socket::{Connecting, Socket},
    trust::trust,
};
use crate::{
    answer::{Answer, NoAnswer},
    request::Request,
};

/// The future of one exchange.
pub(crate) type Exchanging<'a> = Pin<Box<dyn Future<Output = Result<Answer, NoAnswer>> + Send + 'a>>;

/// Brings one request to the target and its answer back.
pub(crate) trait Transport: Send + Sync {
    fn exchange<'a>(&'a self, request: &'a Request) -> Exchanging<'a>;
}
