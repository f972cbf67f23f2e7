//! Ranges without a value, or with values that the type does not have.

use std::time::Duration;

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(range = 5..=4)]
    reversed: u8,
    #[config(range = 5..5)]
    empty: u8,
    #[config(range = ..0)]
    below_its_type: u8,
    #[config(range = 256..)]
    above_its_type: u8,
    #[config(range = 0..=256)]
    beyond_its_type: u8,
    #[config(range = -1..=5)]
    before_its_type: u8,
    #[config(range = 1.0..=0.5)]
    decimal: f64,
    #[config(range = 0.5..0.5)]
    open_decimal: f64,
    #[config(range = "5m"..="299s")]
    duration: Duration,
    #[config(range = "60s".."1m")]
    open_duration: Duration,
    #[config(each(range = 9..=1))]
    items: Vec<u8>,
}

fn main() {
    let _ = Settings::load();
}
