//! A list as the default of one value, and a blank text as that of a list.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(default = [80])]
    port: u16,
    #[config(default = "")]
    words: Vec<String>,
}

fn main() {
    let _ = Settings::load();
}
