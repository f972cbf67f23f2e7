//! Words that stand for two variants.

use hardened::Setting;

#[derive(Debug, Setting)]
enum Level {
    Info,
    #[config(rename = "INFO")]
    Other,
    #[config(alias = "http_only")]
    Third,
    HttpOnly,
    #[config(alias = "a,b")]
    Fifth,
    #[config(rename = "")]
    Sixth,
}

#[derive(Debug, Config)]
struct Settings {
    level: Level,
}

fn main() {
    let _ = Settings::load();
}
