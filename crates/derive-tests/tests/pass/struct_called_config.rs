//! A struct with the name of the trait, which is imported as `_`.

use hardened::{Config as _, Environment, Loader};

#[derive(Debug, hardened::Config)]
struct Config {
    #[config(default = 8080)]
    port: u16,
}

pub(super) fn main() {
    let loaded = Loader::new().environment(Environment::empty()).load::<Config>().unwrap();
    assert_eq!(loaded.port, 8080);
    let _ = Config::load;
}
