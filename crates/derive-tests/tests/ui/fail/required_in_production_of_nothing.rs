//! A group of which nothing is required, and one with a mistake of its own, which is told once.

use hardened::Config;

#[derive(Debug, Config)]
struct Tuning {
    #[config(default = 5)]
    size: u16,
    note: Option<String>,
}

#[derive(Debug, Config)]
struct Wrong {
    #[config(colour = "red")]
    size: u16,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(nested, required_in_production)]
    tuning: Option<Tuning>,
    #[config(nested, required_in_production)]
    wrong: Option<Wrong>,
}

fn main() {
    let _ = Settings::load();
}
