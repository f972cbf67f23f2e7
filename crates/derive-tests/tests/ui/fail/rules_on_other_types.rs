//! Rules of fields that cannot be meant for their types.

use std::time::Duration;

use hardened::{AuthSecret, Config, SecretText, Setting, Violation, schema::Kind};

#[derive(Debug, Config)]
struct Settings {
    #[config(range = 1..=5)]
    text: String,
    #[config(range = 1..=5)]
    list: Vec<u8>,
    #[config(range = 1..=5)]
    own: Percent,
    #[config(range = 0.5..=5.0)]
    whole: u8,
    #[config(range = "1s"..="5s")]
    whole_of_texts: u8,
    #[config(range = 1..=5)]
    duration: Duration,
    #[config(range = "1".."5m")]
    duration_without_unit: Duration,
    #[config(range = "a"..)]
    decimal: f64,
    #[config(range = ..=9007199254740993)]
    inexact: f64,
    #[config(len = 1..)]
    sized: u8,
    #[config(non_empty)]
    flag: bool,
    #[config(len = 16..)]
    laxer: AuthSecret,
    #[config(len = ..=16)]
    impossible: AuthSecret,
    #[config(one_of = ["a", "b"])]
    secret: SecretText,
    #[config(one_of = ["a", "b"])]
    list_of_words: Vec<String>,
    #[config(one_of = ["low"])]
    choice: Level,
    #[config(one_of = ["1", "2"])]
    numbers_in_quotes: u8,
    #[config(one_of = [1, 256])]
    beyond: u8,
    #[config(matches = "[0-9]+")]
    digits: u8,
    #[config(matches = "[a-z]+")]
    key: AuthSecret,
    #[config(matches = "[a-z]+")]
    texts: Vec<String>,
    #[config(each(len = 1..))]
    one: String,
    #[config(each(range = 1..=5))]
    items: Vec<String>,
}

#[derive(Debug, Setting)]
enum Level {
    Low,
    High,
}

#[derive(Debug)]
struct Percent;

impl Setting for Percent {
    const KIND: Kind = Kind::Integer { min: 0, max: 100 };

    fn parse(_: &str) -> Result<Self, Violation> {
        Ok(Self)
    }
}

fn main() {
    let _ = Settings::load();
}
