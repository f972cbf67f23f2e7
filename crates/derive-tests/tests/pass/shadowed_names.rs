//! The user's own types with the names of types from the standard library and from this library.
#![allow(dead_code)]

use hardened::Config;

struct Result;
struct String;
struct Ok;
struct Err;
struct Some;
struct Reader;
struct Schema;
struct Setting;
struct Kind;
struct Loader;
struct Vec;
mod std {}
mod core {}

#[derive(Config)]
#[config(check = fine(limit))]
struct Settings {
    limit: ::std::option::Option<u8>,
    #[config(default = [])]
    words: ::std::vec::Vec<::std::string::String>,
    #[config(default = "a")]
    word: Word,
}

#[derive(hardened::Setting)]
enum Word {
    A,
    B,
}

struct Option;

fn fine(_: &::std::option::Option<u8>) -> ::std::result::Result<(), hardened::Violation> {
    ::std::result::Result::Ok(())
}

pub(super) fn main() {
    let loaded = hardened::Loader::new().environment(hardened::Environment::empty()).load::<Settings>();
    assert!(loaded.is_ok());
}
