//! Fields and defaults that come from functions, next to the user's own names.
#![allow(dead_code)]

use hardened::{Config, Environment, Loader, finding::Reported, load::Reader};

#[derive(Config)]
#[config(check = fine(first, second))]
struct Settings {
    #[config(required_unless = second)]
    first: Option<u16>,
    second: Option<u16>,
    #[config(default_with = seven)]
    function: u8,
    #[config(parse, default_with = letter, expects = "one letter")]
    letter: char,
    #[config(with = made)]
    made: Vec<Struct>,
}

struct Struct;

fn seven(_: &Reader<'_>) -> u8 {
    7
}

fn letter(_: &Reader<'_>) -> char {
    'a'
}

fn made(_: &mut Reader<'_>) -> Result<Vec<Struct>, Reported> {
    Ok(Vec::new())
}

fn fine(_: &Option<u16>, _: &Option<u16>) -> Vec<hardened::Violation> {
    Vec::new()
}

pub(super) fn main() {
    let environment = Environment::empty().set("SECOND", "2");
    let loaded = Loader::new().environment(environment).load::<Settings>().unwrap();
    assert_eq!((loaded.first, loaded.second, loaded.function, loaded.letter), (None, Some(2), 7, 'a'));
}
