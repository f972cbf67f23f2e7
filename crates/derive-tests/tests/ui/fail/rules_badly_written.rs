//! Rules of fields that cannot be read.

use hardened::Config;

#[derive(Debug, Config)]
struct Settings {
    #[config(range)]
    no_bounds: u8,
    #[config(range = 1)]
    one_bound: u8,
    #[config(range = ..)]
    any: u8,
    #[config(range = 1..=MAX)]
    named: u8,
    #[config(range = 1..=2..=3)]
    three: u8,
    #[config(len = "3")]
    text: String,
    #[config(len = 5..=4)]
    reversed: String,
    #[config(len = 0..0)]
    nothing: String,
    #[config(len = 1.., non_empty)]
    both: String,
    #[config(one_of = [])]
    none: String,
    #[config(one_of = ["a", "b", "a"])]
    twice: String,
    #[config(one_of = ["a", " "])]
    blank: String,
    #[config(one_of("a", "b"))]
    call: String,
    #[config(one_of = ["a"], len = 1..)]
    sized_word: String,
    #[config(matches = "[a-z")]
    open: String,
    #[config(matches = "(a{1000}){1000}")]
    large: String,
    #[config(matches = 5)]
    number: String,
    #[config(each = "a")]
    assigned: Vec<String>,
    #[config(each())]
    empty_each: Vec<String>,
    #[config(each(default = 1))]
    other_each: Vec<u8>,
    #[config(each(range = 1..=2), each(range = 1..=3))]
    two_each: Vec<u8>,
    #[config(rnage = 1..=2)]
    misspelt: u8,
}

#[derive(Debug, Config)]
struct Outer {
    #[config(nested, len = 1..)]
    group: Vec<Inner>,
    #[config(tier, range = 1..=2)]
    tier: hardened::Tier,
}

#[derive(Debug, Config)]
struct Inner {
    port: u16,
}

fn main() {
    let _ = Settings::load();
}
