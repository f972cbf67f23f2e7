//! A function that promises for something else.

use hardened::{Config, manifest::Promises};

#[derive(Config)]
#[config(promises = promised)]
struct Settings {
    /// Where it listens.
    #[config(default = 8080)]
    port: u16,
}

fn promised(_: &str, _: &mut Promises) {}

fn main() {}
