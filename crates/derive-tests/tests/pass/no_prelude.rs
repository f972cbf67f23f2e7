//! The generated code does not use names from a prelude.
#![no_implicit_prelude]

#[derive(::std::fmt::Debug, ::hardened::Config)]
#[config(check = ordered(min, max), check = whole, loader = same, all_or_none(name, group))]
struct Settings {
    #[config(default = 1)]
    min: u8,
    #[config(default = 2)]
    max: u8,
    name: ::std::option::Option<::std::string::String>,
    #[config(parse, default = ["::1"])]
    addresses: ::std::vec::Vec<::std::net::IpAddr>,
    #[config(default = "warn")]
    level: Level,
    #[config(nested)]
    group: ::std::option::Option<Group>,
    #[config(nested, min = 0, max = 2)]
    list: ::std::vec::Vec<Group>,
    #[config(nested)]
    map: ::std::option::Option<::std::collections::BTreeMap<::std::string::String, Group>>,
    #[config(nested, prefix = "ANY_")]
    kind: Kind,
    #[config(tier)]
    tier: ::hardened::Tier,
}

#[derive(::std::fmt::Debug, ::hardened::Config)]
#[config(prefix = "SOME_")]
enum Kind {
    #[config(default)]
    Nothing,
    Fields {
        port: u16,
        r#type: ::std::option::Option<::std::string::String>,
    },
    Group(Group),
}

#[derive(::std::fmt::Debug, ::hardened::Config)]
struct Group {
    token: ::hardened::SecretText,
}

#[derive(::std::fmt::Debug, ::hardened::Setting)]
enum Level {
    Warn,
    #[config(alias = "verbose")]
    Info,
}

fn ordered(_: &u8, _: &u8) -> ::std::result::Result<(), ::hardened::Violation> {
    ::std::result::Result::Ok(())
}

fn whole(_: &Settings) -> ::std::vec::Vec<::hardened::Violation> {
    ::std::vec::Vec::new()
}

fn same(loader: ::hardened::Loader) -> ::hardened::Loader {
    loader
}

pub(super) fn main() {
    let environment = ::hardened::Environment::empty();
    let loaded = ::hardened::Loader::new().environment(environment).load::<Settings>();
    ::std::assert!(loaded.is_ok());
}
