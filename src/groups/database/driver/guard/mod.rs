//! The guard between the driver and the server.
//!
//! sqlx 0.9 trusts its server. It reads for as long as the socket is ready and does not yield, so a server that floods
//! holds a worker thread and every deadline on it. It allocates what a message announces, panics on messages that are too
//! short, and logs every notice. It accepts no socket of ours, so it connects to a listener of this process, and a task
//! copies between the two what stays within the bounds of [`frames`]. The driver and the task take turns, so the driver's
//! socket runs dry and deadlines hold. TLS ends here because only plain messages can be bounded.

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

/// Accepts the driver's connections until it is dropped. Connections that were accepted stay.
pub(super) struct Guard(AbortHandle);

impl Guard {
    /// Starts to listen, and returns the place that the driver is led to.
    ///
    /// # Errors
    ///
    /// `other`: no runtime, no randomness or no socket.
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
