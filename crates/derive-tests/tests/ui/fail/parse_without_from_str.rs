//! A type from elsewhere that does not read itself.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(parse)]
    one: Foreign,
    #[config(parse)]
    two: Option<Vec<Foreign>>,
    #[config(deserialize)]
    three: Foreign,
}

#[derive(Debug)]
struct Foreign;

fn main() {
    let _ = Settings::load();
}
