//! No field name conflicts with a name in the generated code.
#![allow(non_snake_case)]

use hardened::{Config, Environment, Loader, Violation};

#[derive(Debug, Config)]
#[config(check = all(reader, self_, r#type), check = whole)]
#[config(prefix = "X_")]
struct Settings {
    reader: u8,
    self_: u8,
    this: u8,
    loader: u8,
    result: u8,
    ok: u8,
    err: u8,
    r#type: u8,
    r#match: Option<u8>,
    __private: u8,
    __hardened: u8,
    __hardened_reader: u8,
    __hardened_field_0: u8,
    #[config(env = "UPPER")]
    __HARDENED_FIELD_0: u8,
    __HARDENED_SCHEMA: u8,
    setting: u8,
    hardened: u8,
    #[config(env = "load")]
    load: u8,
    read: u8,
    schema: u8,
    config: u8,
    T: u8,
    check: u8,
    value: u8,
    _unused: u8,
}

fn all(reader: &u8, self_: &u8, kind: &u8) -> Result<(), Violation> {
    if reader + self_ + kind == 6 { Ok(()) } else { Err(Violation::malformed("six together")) }
}

fn whole(settings: &Settings) -> Result<(), Violation> {
    if settings.r#match.is_none() { Ok(()) } else { Err(Violation::malformed("unset")) }
}

pub(super) fn main() {
    let names = Settings::SCHEMA.settings();
    assert_eq!(names[7].variable(), "X_TYPE");
    assert_eq!(names[7].path(), "type");
    let all = names.iter().filter(|name| name.path() != "match").map(|name| (name.variable(), "2"));
    let settings = Loader::new().environment(all.collect::<Environment>()).load::<Settings>().unwrap();
    assert_eq!(settings.T, 2);
}
