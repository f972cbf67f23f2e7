//! The user's own types as settings, including a secret and a type alias.
#![allow(dead_code)]

use hardened::{Config, Setting, Violation, schema::Kind};

struct Percentage(u8);

impl Setting for Percentage {
    const KIND: Kind = Kind::Integer { min: 0, max: 100 };

    fn parse(text: &str) -> Result<Self, Violation> {
        u8::parse(text).map(Self)
    }
}

struct License(hardened::SecretText);

impl Setting for License {
    const KIND: Kind = Kind::Credential;

    fn parse(text: &str) -> Result<Self, Violation> {
        hardened::SecretText::parse(text).map(Self)
    }
}

type Share = Percentage;

#[derive(Config)]
struct Settings {
    #[config(default = 5)]
    share: Share,
    shares: Vec<Percentage>,
    license_key: License,
    #[config(example = "10")]
    maybe: Option<Percentage>,
}
