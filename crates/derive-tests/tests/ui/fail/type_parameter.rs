//! Type parameters.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings<T, U> {
    port: T,
    #[config(prefix = "not reported as well")]
    other: U,
}

fn main() {
    let _ = Settings::<u16, u16>::load();
}
