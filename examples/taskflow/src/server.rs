//! Starts and stops the service.

use std::error::Error;

use hardened::Loaded;
use tokio::net::TcpListener;

use crate::{App, Settings, Store, logs};

/// Opens the database, listens where the settings say, and serves until the process is asked to stop.
///
/// # Errors
///
/// When there is no database, the port is taken, or the stop interrupted requests.
pub async fn run(settings: Loaded<Settings>) -> Result<(), Box<dyn Error>> {
    logs::start(settings.http.log_level(), settings.tier.is_hardened());
    Loaded::summary(&settings).trace();
    let store = Store::open(&settings).await?;
    let listener = TcpListener::bind(settings.http.listen_addr()).await?;
    Ok(hardened::serve(listener, App::new(&settings, store).router(), &settings.http).await?)
}
