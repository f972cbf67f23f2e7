//! A service on a free port of loopback, with its own settings and key.

use std::{error::Error, net::SocketAddr};

use hardened::{Environment, Loaded, Loader, rule};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{App, Settings, Store};

/// A running service, which ends when it is dropped.
pub(super) struct Service {
    settings: Loaded<Settings>,
    address: SocketAddr,
    key: String,
    server: JoinHandle<()>,
}

impl Service {
    /// Starts a service in Production that keeps its tasks only in memory.
    pub(super) async fn in_production() -> Result<Self, Box<dyn Error>> {
        let loader = Loader::new().waive(rule::SETTING_ABSENT, "DATABASE_URL", "the demo keeps its tasks in memory");
        Self::start(loader, "production", "https://app.example.com").await
    }

    pub(super) async fn in_development() -> Result<Self, Box<dyn Error>> {
        Self::start(Loader::new(), "development", "http://localhost:3000").await
    }

    async fn start(loader: Loader, tier: &str, front_end: &str) -> Result<Self, Box<dyn Error>> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, key) = (listener.local_addr()?, fresh_key());
        let environment = Environment::empty()
            .set("ENVIRONMENT", tier)
            .set("JWT_SECRET_KEY", &key)
            .set("CORS_ORIGINS", front_end)
            .set("API_HOST", "127.0.0.1")
            .set("PORT", address.port().to_string())
            .set("EMBEDDED_STORAGE", ":memory:");
        let settings = loader.environment(environment).load::<Settings>()?;
        let store = Store::open(&settings).await?;
        let router = App::new(&settings, store).router();
        let serving = hardened::serve(listener, router, &settings.http).without_signals();
        let server = tokio::spawn(async move {
            // The server ends with the demo.
            let _ = serving.await;
        });
        Ok(Self { settings, address, key, server })
    }

    pub(super) fn settings(&self) -> &Loaded<Settings> {
        &self.settings
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the key that signs its tokens, which exists only while the service runs.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Stops the service.
    pub(super) fn stop(&self) {
        self.server.abort();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Returns 32 random bytes in hexadecimal, or an empty key if there are none: the start is then refused.
fn fresh_key() -> String {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Err(_) => String::new(),
    }
}
