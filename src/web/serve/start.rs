//! The function `serve`.

use std::{
    fmt,
    future::{Future, IntoFuture, pending},
    pin::Pin,
};

use super::{app::App, error::ServeError, lifetime::Lifetime, listener::Listener};
use crate::Http;

/// Serves an app with the limits of its settings, until SIGTERM or Ctrl-C.
///
/// ```no_run
/// use axum::{Router, routing::get};
/// use hardened::{Config, Exit, Http};
/// use tokio::net::TcpListener;
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(nested)]
///     http: Http,
/// }
///
/// #[tokio::main]
/// async fn main() -> Exit {
///     run().await.into()
/// }
///
/// async fn run() -> Result<(), Box<dyn std::error::Error>> {
///     let settings = Settings::load()?;
///     let app = Router::new().route("/", get(|| async { "hello" }));
///     let listener = TcpListener::bind(settings.http.listen_addr()).await?;
///     Ok(hardened::serve(listener, app, &settings.http).await?)
/// }
/// ```
///
/// If an axum router has layers, end it with `.with_state(())`, as `axum::serve` does: axum then applies the layers to
/// each handler once instead of for each request.
///
/// The server speaks HTTP/1 and HTTP/2 without TLS, on a TCP or Unix socket. The limits are those of
/// `HTTP_HEADER_TIMEOUT` and its siblings; `docs/SERVING.md` lists them all, with what a client gets that exceeds one.
///
/// A signal begins the shutdown: `/readyz` fails for `HTTP_DRAIN` while requests are answered as before. Then no more
/// connections are accepted, idle ones are closed, and requests in progress have `HTTP_STOP_TIMEOUT` to finish. A
/// second signal ends everything at once.
///
/// # Errors
///
/// Returns a [`ServeError`] if connections were cut off, or the system does not let the process listen for signals.
pub fn serve<L: Listener, A: App>(listener: L, app: A, http: &Http) -> Serve<L, A> {
    Serve { lifetime: Lifetime::new(listener, app, http), until: Box::pin(pending()), hears_signals: true }
}

/// A server that runs while it is awaited. See [`serve`].
#[must_use = "nothing is served until it is awaited"]
pub struct Serve<L, A> {
    lifetime: Lifetime<L, A>,
    until: Pin<Box<dyn Future<Output = ()> + Send>>,
    hears_signals: bool,
}

impl<L, A> Serve<L, A> {
    /// Also stops when this future is ready, as if a signal had come.
    pub fn until(mut self, stop: impl Future<Output = ()> + Send + 'static) -> Self {
        self.until = Box::pin(stop);
        self
    }

    /// Leaves signals to the rest of the program: only [`until`](Self::until) stops the server. Note that a process
    /// that has once listened for a signal is no longer ended by it.
    pub fn without_signals(mut self) -> Self {
        self.hears_signals = false;
        self
    }
}

impl<L: Listener, A: App> IntoFuture for Serve<L, A> {
    type Output = Result<(), ServeError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<(), ServeError>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.lifetime.run(self.until, self.hears_signals))
    }
}

impl<L, A> fmt::Debug for Serve<L, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serve").finish_non_exhaustive()
    }
}
