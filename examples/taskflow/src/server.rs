//! Starting and stopping.

use std::{error::Error, future::Future, time::Duration};

use hardened::{Loaded, health::Health};
use tokio::net::TcpListener;

use crate::{App, Settings, Store, logs};

/// How long `/readyz` fails before the listener closes, so that the platform sends nothing more.
const DRAIN: Duration = Duration::from_secs(5);

/// Opens the database, listens where the settings say, and serves until the process is asked to stop.
///
/// # Errors
///
/// When there is no database, or the port is taken.
pub async fn run(settings: Loaded<Settings>) -> Result<(), Box<dyn Error>> {
    let is_deployed = settings.tier.is_hardened();
    logs::start(settings.http.log_level(), is_deployed);
    Loaded::summary(&settings).trace();
    let store = Store::open(&settings).await?;
    let listener = TcpListener::bind(settings.http.listen_addr()).await?;
    tracing::info!(address = %listener.local_addr()?, tier = %settings.tier, "listening");

    let app = App::new(&settings, store);
    let drain = if is_deployed { DRAIN } else { Duration::ZERO };
    let stop = drained(app.health().clone(), drain, asked_to_stop());
    axum::serve(listener, app.router()).with_graceful_shutdown(stop).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Until the signal came and the load balancer had time to see it.
async fn drained(health: Health, time: Duration, signal: impl Future<Output = ()>) {
    signal.await;
    tracing::info!(seconds = time.as_secs(), "stopping");
    health.drain(time).await;
}

/// Until Ctrl-C, or the signal with which platforms stop a service.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
