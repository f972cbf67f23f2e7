//! Defaults and examples that break the rules of their own fields.

use std::time::Duration;

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(range = 1..=1024, default = 0)]
    workers: u16,
    #[config(range = 1..=1024, default = "1025")]
    threads: u16,
    #[config(range = 0.5..1.5, default = 1.5)]
    factor: f64,
    #[config(range = "1s"..="5m", default = "301s")]
    timeout: Duration,
    #[config(len = 3..=5, default = "aa")]
    code: String,
    #[config(len = ..=2, default = "\u{e4}\u{f6}\u{fc}")]
    country: String,
    #[config(non_empty, default = [])]
    tags: Vec<String>,
    #[config(len = ..=1, default = [80, 443])]
    ports: Vec<u16>,
    #[config(each(range = 1..=9), default = [1, 10])]
    digits: Vec<u8>,
    #[config(one_of = ["eu", "us"], default = "EU")]
    region: String,
    #[config(one_of = [80, 443], default = 8080)]
    port: u16,
    #[config(one_of = ["1s", "1m"], default = "2s")]
    pause: Duration,
    #[config(range = 1..=5, example = "6")]
    count: u8,
}

fn main() {
    let _ = Settings::load();
}
