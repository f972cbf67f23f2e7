//! Said twice, with a value, and of the tier.

use hardened::{Config, Tier};

#[derive(Debug, Config)]
struct Group {
    host: String,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(required_in_production, required_in_production)]
    one: Option<u16>,
    #[config(nested, required_in_production)]
    #[config(required_in_production)]
    two: Option<Group>,
    #[config(required_in_production = true)]
    three: Option<u16>,
    #[config(tier, required_in_production)]
    tier: Tier,
}

fn main() {
    let _ = Settings::load();
}
