//! An enum with a type parameter.

use hardened::Setting;

#[derive(Debug, Setting)]
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
