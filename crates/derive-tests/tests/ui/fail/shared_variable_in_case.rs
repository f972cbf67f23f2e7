//! Two fields from which the same variable follows.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    port: u16,
    #[allow(non_snake_case)]
    PORT: u16,
}

fn main() {
    let _ = Settings::load();
}
