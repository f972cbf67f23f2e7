//! Attributes that cannot both be meant, and fields that cannot be asked for.

use hardened::{Config, SecretText, finding::Reported, load::Reader};

#[derive(Debug, Config)]
struct Settings {
    #[config(default = 1, default_with = one)]
    both: u8,
    #[config(default_with = one)]
    optional: Option<u8>,
    #[config(required_unless = optional)]
    required: u8,
    #[config(required_unless = optinal)]
    unknown: Option<u8>,
    #[config(required_unless = plain)]
    never: Option<u8>,
    plain: u8,
    #[config(required_unless = optional, required_in_production)]
    twice: Option<u8>,
    #[config(one_of = [1, 2], range = 1..=2)]
    always: u8,
    #[config(with = made, env = "MADE")]
    made: u8,
    #[config(with = made, tier)]
    tier: u8,
}

#[derive(Debug, Config)]
struct Secret {
    #[config(default_with = secret)]
    key: SecretText,
}

fn one(_: &Reader<'_>) -> u8 {
    1
}

fn secret(_: &Reader<'_>) -> SecretText {
    SecretText::new("hunter2".to_owned())
}

fn made(_: &mut Reader<'_>) -> Result<u8, Reported> {
    Ok(1)
}

fn main() {
    let _ = Settings::load();
}
