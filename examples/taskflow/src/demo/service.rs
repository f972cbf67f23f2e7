//! A service on a free port of loopback, with settings of its own.

use std::{error::Error, net::SocketAddr};

use hardened::{Environment, Loaded, Loader};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{App, Settings, Store};

/// The one origin that may call.
pub(super) const FRONT_END: &str = "https://app.example.com";

/// A running service, which ends when it is dropped.
pub(super) struct Service {
    settings: Loaded<Settings>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Service {
    pub(super) async fn start(
        environment: Environment,
        wishes: impl FnOnce(Loader) -> Loader,
    ) -> Result<Self, Box<dyn Error>> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let environment = environment
            .set("API_HOST", "127.0.0.1")
            .set("PORT", address.port().to_string())
            .set("EMBEDDED_STORAGE", ":memory:");
        let settings = wishes(Loader::new().environment(environment)).load::<Settings>()?;
        let store = Store::open(&settings).await?;
        let router = App::new(&settings, store).router();
        let server = tokio::spawn(async move {
            // It ends with the demo.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { settings, address, server })
    }

    pub(super) fn settings(&self) -> &Loaded<Settings> {
        &self.settings
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.server.abort();
    }
}

pub(super) fn production() -> Environment {
    environment("production").set("CORS_ORIGINS", FRONT_END)
}

pub(super) fn development() -> Environment {
    environment("development").set("CORS_ORIGINS", "http://localhost:3000")
}

/// With a key that nobody else has.
pub(super) fn environment(tier: &str) -> Environment {
    Environment::empty().set("ENVIRONMENT", tier).set("JWT_SECRET_KEY", fresh_key())
}

/// 32 random bytes. Without any, the start is refused.
fn fresh_key() -> String {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Err(_) => String::new(),
    }
}
