//! Defaults that their own types refuse.

use std::{num::NonZeroU8, time::Duration};

use hardened::{Config, Setting, Violation, schema::Kind};

#[derive(Debug, Config)]
struct Settings {
    #[config(default = 65536)]
    port: u16,
    #[config(default = -1)]
    retries: u8,
    #[config(default = 0)]
    workers: NonZeroU8,
    #[config(default = "eight")]
    threads: usize,
    #[config(default = 30)]
    timeout: Duration,
    #[config(default = "ja")]
    enabled: bool,
    #[config(default = "verbose")]
    level: Level,
    #[config(default = ["low", "hgih"])]
    levels: Vec<Level>,
    #[config(default = [1, 256])]
    bytes: Vec<u8>,
    #[config(default = 101)]
    share: Percent,
}

#[derive(Debug, Setting)]
enum Level {
    Low,
    #[config(alias = "max")]
    High,
}

#[derive(Debug)]
struct Percent;

impl Setting for Percent {
    const KIND: Kind = Kind::Integer { min: 0, max: 100 };

    fn parse(_: &str) -> Result<Self, Violation> {
        Ok(Self)
    }
}

fn main() {
    let _ = Settings::load();
}
