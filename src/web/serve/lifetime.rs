//! The life of a server, from the first connection to the end of the last.

use std::{
    future::{Future, poll_fn},
    io,
    pin::pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use tokio::time::{sleep, timeout};

use super::{
    app::App,
    connection,
    connection_limit::ConnectionLimit,
    error::ServeError,
    listener::Listener,
    open_files,
    progress::Times,
    requests::Requests,
    server::Server,
    signals::Signals,
    socket::{Socket, Watched},
    stage::{Stage, Stages},
    watch::Watch,
};
use crate::{Http, layers::PeerAddress};

/// The pause before the next attempt when the system cannot accept a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// The time that cut-off connections have to clean up.
const CLEANUP: Duration = Duration::from_secs(1);

/// A running server.
pub(super) struct Lifetime<L, A> {
    listener: L,
    app: A,
    server: Arc<Server>,
    connections: ConnectionLimit,
    stages: Stages,
}

/// The reason why a phase ended.
enum End {
    Usual,
    Signal(u8),
}

impl<L: Listener, A: App> Lifetime<L, A> {
    pub(super) fn new(listener: L, app: A, http: &Http) -> Self {
        let server = Arc::new(Server::new(http));
        let limits = &server.limits;
        let connections =
            ConnectionLimit::new(open_files::fitting(limits.max_connections()), limits.reserved_connections());
        Self { listener, app, server, connections, stages: Stages::new() }
    }

    /// Serves until it is asked to stop, and then until all requests are finished or have taken too long.
    pub(super) async fn run(mut self, until: impl Future<Output = ()>, hears_signals: bool) -> Result<(), ServeError> {
        let mut signals = if hears_signals { Signals::listen().map_err(ServeError::signals)? } else { Signals::None };
        let (drain, stop) = (self.server.limits.drain(), self.server.limits.stop_timeout());
        tracing::info!(address = self.listener.place(), "listening");
        self.accept_until(first(until, signals.next())).await;

        tracing::info!(drain_ms = drain.as_millis(), "stopping");
        self.stages.enter(Stage::Draining);
        if let End::Signal(signal) = self.accept_until(first(sleep(drain), signals.next())).await {
            return Err(self.cut_off(|count| ServeError::interrupted(count, signal)));
        }

        let Self { listener, app: _, server: _, connections, stages } = self;
        drop(listener);
        stages.enter(Stage::Stopping);
        let finished = timeout(stop, first(stages.deserted(), signals.next())).await;
        let count = connections.count();
        stages.enter(Stage::Over);
        match finished {
            Ok(End::Usual) => {
                tracing::info!("stopped");
                Ok(())
            }
            Ok(End::Signal(signal)) => Err(ServeError::interrupted(count, signal)),
            Err(_) => {
                tracing::warn!(connections = count, "connections were cut off");
                // An upgraded connection closes when the service next uses it.
                let _ = timeout(CLEANUP, stages.deserted()).await;
                Err(ServeError::cut_off(count))
            }
        }
    }

    fn cut_off(&self, error: impl FnOnce(usize) -> ServeError) -> ServeError {
        let count = self.connections.count();
        self.stages.enter(Stage::Over);
        error(count)
    }

    /// Accepts connections until `end` is ready. `end` is polled first, so that a flood of connections does not delay
    /// the stop.
    async fn accept_until(&mut self, end: impl Future<Output = End>) -> End {
        let mut end = pin!(end);
        loop {
            let accepted = {
                let mut accept = pin!(self.listener.accept());
                poll_fn(|context| match end.as_mut().poll(context) {
                    Poll::Ready(end) => Poll::Ready(Err(end)),
                    Poll::Pending => accept.as_mut().poll(context).map(Ok),
                })
                .await
            };
            match accepted {
                Ok(Ok((socket, peer))) => self.open(socket, peer),
                Ok(Err(error)) if is_about_one_connection(&error) => {}
                Ok(Err(error)) => {
                    tracing::error!(%error, "cannot accept a connection");
                    sleep(PAUSE).await;
                }
                Err(end) => return end,
            }
        }
    }

    fn open(&self, socket: L::Socket, peer: PeerAddress) {
        let watch = Watch::new(Times::of(&self.server.limits));
        let Some(permit) = self.connections.open(&watch) else { return };
        socket.prepare();
        let is_reserved = permit.is_reserved();
        let stage = self.stages.listen();
        let (server, app, flags) = (Arc::clone(&self.server), self.app.clone(), stage.flags());
        let requests = Requests {
            app,
            server: Arc::clone(&server),
            watch: Arc::clone(&watch),
            flags,
            stop: self.stages.stop(),
            peer,
            is_reserved,
        };
        let watched = Watched { socket, watch, stage, is_blocked: false, _permit: permit };
        tokio::spawn(async move { connection::serve(watched, requests, &server.limits).await });
    }
}

/// Returns whether an error concerns only this connection, so that the next one can be accepted at once.
fn is_about_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// Waits for the usual end or for a signal. If both are ready, the signal wins.
async fn first(usual: impl Future<Output = ()>, signal: impl Future<Output = u8>) -> End {
    let (mut usual, mut signal) = (pin!(usual), pin!(signal));
    poll_fn(|context| match signal.as_mut().poll(context) {
        Poll::Ready(signal) => Poll::Ready(End::Signal(signal)),
        Poll::Pending => usual.as_mut().poll(context).map(|()| End::Usual),
    })
    .await
}
