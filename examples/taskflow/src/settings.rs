//! All settings, in one struct.

use std::path::PathBuf;

use hardened::{
    Config, CorsSettings, Database, Http, Jwt, Loader, Tier, auth::Attempts, listen::TrustedProxies, report::Announce,
};

use crate::app;

/// What taskflow needs.
#[derive(Debug, Config)]
#[config(loader = loader, promises = app::promised)]
pub struct Settings {
    /// How strict everything was judged.
    #[config(tier)]
    pub tier: Tier,
    /// Signs and verifies the tokens of signed-in users.
    #[config(nested)]
    pub jwt: Jwt,
    /// The web origins whose pages may call.
    #[config(nested)]
    pub cors: CorsSettings,
    /// Where the service listens, and what protects its answers.
    #[config(nested)]
    pub http: Http,
    /// The proxies in front that may say who the client is.
    #[config(nested)]
    pub proxies: TrustedProxies,
    /// How often one client may try to sign up and to sign in.
    #[config(nested)]
    pub attempts: Attempts,
    /// PostgreSQL. In Development and Test it may be absent, and tasks are kept in a file.
    #[config(nested, required_in_production)]
    pub database: Option<Database>,
    /// The SQLite file that stores the tasks if there is no PostgreSQL; `:memory:` keeps them until the service stops.
    #[config(default = "taskflow.db")]
    pub embedded_storage: PathBuf,
}

/// Configures the loader. An accepted start is not announced here, because it is logged as an event later.
fn loader(loader: Loader) -> Loader {
    loader.announce(Announce::RefusalOnly)
}
