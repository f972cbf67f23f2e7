//! Names that no variable can have.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(env = "API-PORT")]
    one: u16,
    #[config(env = ["A", "2"])]
    two: u16,
    #[config(env = [])]
    three: u16,
    #[config(env = "")]
    four: u16,
    größe: u16,
}

fn main() {
    let _ = Settings::load();
}
