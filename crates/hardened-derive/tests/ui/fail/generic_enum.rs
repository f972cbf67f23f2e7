//! An enum with a type parameter.

use hardened::Config;

#[derive(Debug, Config)]
enum Word<T> {
    A(T),
}

#[derive(Debug, Config)]
struct Settings {
    word: Word<u8>,
}

fn main() {
    let _ = Settings::load();
}
