//! A path that does not lead to this crate.

use hardened::Config;

#[derive(Debug, Config)]
#[config(crate = std)]
struct Settings {
    port: u16,
    name: String,
}

fn main() {}
