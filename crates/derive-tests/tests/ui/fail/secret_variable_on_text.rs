//! Showing types that are read from variables named like secrets.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(env = "STRIPE_API_KEY")]
    stripe: String,
    #[config(env = ["MAIN_STORE", "DATABASE_URL"])]
    store: String,
}

fn main() {
    let _ = Settings::load();
}
