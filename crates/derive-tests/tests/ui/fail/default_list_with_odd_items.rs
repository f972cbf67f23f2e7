//! Items of a default that could not be separated again.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(default = ["a,b"])]
    comma: Vec<String>,
    #[config(default = ["a", " "])]
    blank: Vec<String>,
}

fn main() {
    let _ = Settings::load();
}
