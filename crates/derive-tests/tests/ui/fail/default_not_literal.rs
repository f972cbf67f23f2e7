//! A default that is no literal.

use hardened::Config;

const PORT: u16 = 8080;

#[derive(Debug, Config)]
struct Settings {
    #[config(default = PORT)]
    port: u16,
    #[config(default = 'x')]
    letter: u16,
    #[config(default = -"x")]
    word: String,
    #[config(default = 1 + 1)]
    sum: u16,
}

fn main() {
    let _ = Settings::load();
}
