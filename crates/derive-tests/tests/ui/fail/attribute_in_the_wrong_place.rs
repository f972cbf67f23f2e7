//! Attributes that belong elsewhere.

use hardened::{Config, Setting};

#[derive(Debug, Config)]
#[config(default = 1)]
struct Settings {
    #[config(check = fine)]
    port: u16,
    #[config(rename = "x")]
    other: Word,
}

#[derive(Debug, Setting)]
#[config(prefix = "A_")]
enum Word {
    #[config(default = 1)]
    A,
}

fn main() {
    let _ = Settings::load();
}
