//! Attributes of a setting on the tier.

use hardened::{Config, Tier};

#[derive(Debug, Config)]
struct Settings {
    #[config(tier, env = "STAGE")]
    tier: Tier,
    #[config(tier, nested)]
    other: Tier,
}

fn main() {
    let _ = Settings::load();
}
