//! Lists and maps of groups that cannot be meant.

use std::collections::BTreeMap;

use hardened::{Config, SecretText};

#[derive(Debug, Config)]
struct Settings {
    #[config(nested, prefix = "LIST_")]
    list: Vec<Group>,
    #[config(nested, min = 3, max = 2)]
    bounded: Vec<Group>,
    #[config(nested, min = 1)]
    one: Group,
    #[config(max = 2)]
    ports: Vec<u16>,
    #[config(nested, with = function)]
    drafted: Vec<Group>,
    #[config(nested, env = "NAMED")]
    named: BTreeMap<String, Group>,
    #[config(nested, required_in_production)]
    needed: Vec<Group>,
    #[config(nested, min = "one")]
    counted: Vec<Group>,
}

#[derive(Debug, Config)]
struct Group {
    host: String,
}

#[derive(Debug, Config)]
struct OfTypes {
    #[config(nested)]
    texts: Vec<String>,
    #[config(nested)]
    keyed: BTreeMap<Group, Group>,
    #[config(nested)]
    secrets: BTreeMap<Secret, Group>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Secret;

impl hardened::Setting for Secret {
    const KIND: hardened::schema::Kind = hardened::schema::Kind::Credential;

    fn parse(_: &str) -> Result<Self, hardened::Violation> {
        Ok(Self)
    }
}

fn main() {
    let _ = (Settings::load(), OfTypes::load());
    let _: Option<SecretText> = None;
}
