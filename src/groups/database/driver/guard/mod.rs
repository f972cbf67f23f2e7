//! The guard between the driver and the server.
//!
//! sqlx 0.9 trusts its server. It reads as long as the socket is ready and does not yield, so a server that floods it
//! holds a worker thread and every deadline on it. It allocates as much as a message announces, panics on messages that are
//! too short, and logs every notice. It cannot use a socket that we opened, so it connects to a listener in this process,
//! and a task copies messages between driver and server within the bounds of [`frames`]. The driver and the task take
//! turns, so the driver's socket runs empty and deadlines work. TLS ends here because only plain messages can be checked.

mod answer;
mod far;
mod frames;
mod near;
mod pass;
mod server;
mod startup;
mod tls;

use std::sync::Arc;

use tokio::{runtime::Handle, task::AbortHandle};

pub(super) use self::{
    near::{Place, Way},
    server::Server,
};
use super::DatabaseFault;

/// A task that accepts the driver's connections until this value is dropped. Accepted connections stay open.
pub(super) struct Guard(AbortHandle);

impl Guard {
    /// Starts to listen, and returns the place that the driver must connect to.
    ///
    /// # Errors
    ///
    /// Returns `other` if there is no runtime, no randomness or no socket.
    pub(super) fn start(server: Server, way: Way) -> Result<(Self, Place), DatabaseFault> {
        let runtime = Handle::try_current().map_err(|_| DatabaseFault::Other)?;
        let password = startup::Password::generate()?;
        let (listener, place) = near::listen(way, &password)?;
        let accepting = runtime.spawn(pass::accept(listener, Arc::new(server), password));
        Ok((Self(accepting.abort_handle()), place))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.abort();
    }
}
