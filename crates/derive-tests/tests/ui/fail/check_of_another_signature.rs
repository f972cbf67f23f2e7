//! Checks that take or return something else.

use hardened::{Config, Violation};

#[derive(Debug, Config)]
#[config(check = swapped(port), check = returns(other), check = whole)]
struct Settings {
    port: u16,
    other: u8,
}

fn swapped(_: &u8) -> Result<(), Violation> {
    Ok(())
}

fn returns(_: &u8) -> bool {
    true
}

fn whole(_: &u8) -> Vec<Violation> {
    Vec::new()
}

fn main() {
    let _ = Settings::load();
}
