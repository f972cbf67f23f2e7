//! An enum with data, used as a setting.

use hardened::Setting;

#[derive(Debug, Setting)]
enum Level {
    Info,
    Other(u8),
}

#[derive(Debug, Config)]
struct Settings {
    level: Level,
    #[config(default = "info")]
    other: Vec<Level>,
}

fn main() {
    let _ = Settings::load();
}
