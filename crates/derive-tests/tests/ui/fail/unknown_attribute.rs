//! Attributes that do not exist, with and without a near one.

use hardened::Config;

#[derive(Debug, Config)]
#[config(perfix = "A_")]
struct Settings {
    #[config(defualt = 8080)]
    port: u16,
    #[config(colour = "red")]
    other: u16,
}

fn main() {
    let _ = Settings::load();
}
