//! Configuration hardening.

#![deny(clippy::print_stdout, clippy::print_stderr)]

extern crate self as hardened;

#[cfg(any(feature = "http", feature = "health"))]
mod answer;
pub mod auth;
mod command;
#[cfg(feature = "cors")]
pub mod cors;
pub mod database;
mod distance;
mod environment;
pub mod finding;
#[cfg(feature = "health")]
pub mod health;
pub mod http;
mod load;
pub mod origin;
#[cfg(all(feature = "health", feature = "sqlx"))]
mod pool_probe;
#[cfg(feature = "cors")]
mod preset;
mod provenance;
mod report;
pub mod rule;
mod schema;
pub mod secret;
#[cfg(all(feature = "cors", feature = "http"))]
mod stack;
mod tier;

#[cfg(any(feature = "http", feature = "health"))]
pub use self::answer::KeepBody;
#[cfg(feature = "cors")]
pub use self::preset::ProductionConfig;
#[cfg(all(feature = "cors", feature = "http"))]
pub use self::stack::{CorsAndGuard, stack};
pub use self::{
    auth::{BetterAuth, Jwt, JwtVerifier},
    command::{Command, command},
    database::{Database, DatabaseUrl},
    environment::Environment,
    finding::{Finding, Message, Name, Rejection, Severity},
    http::Http,
    load::{Config, Loaded, LoadedPart, Loader, Reason, Refusal, Row, State, Table},
    origin::Origin,
    provenance::Provenance,
    report::Report,
    rule::Rule,
    schema::{
        Declared, Field, GroupSchema, Kind, Requirement, Schema, Setting, SettingSchema, credential_flaws, key_flaws,
    },
    secret::{AuthSecret, JwtSecret, SecretText},
    tier::Tier,
};
#[cfg(feature = "cors")]
pub use self::{
    cors::{CorsPolicy, CorsSettings},
    origin::OriginPattern,
};
#[cfg(feature = "derive")]
pub use hardened_derive::Config;

/// The service that the README shows compiles.
#[cfg(all(doctest, feature = "cors", feature = "derive"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// What the code of `#[derive(Config)]` calls. Not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        finding::{Rejection, Reported, Verdict},
        load::{Config, Loader, Reader, TypedGroup, TypedSetting, group, setting, tier},
        schema::{
            Choice, Deserialized, Field, GroupSchema, Kind, Parsed, Schema, Setting, SettingSchema, choose, declared,
            is_list, unwrapped,
        },
    };
    pub use std::{result::Result, vec::Vec as List};
}

/// The pages of the documentation are compiled with the tests.
#[cfg(doctest)]
mod pages {
    #[cfg(all(feature = "cors", feature = "derive", feature = "http"))]
    #[doc = include_str!("../docs/HTTP.md")]
    mod http {}

    #[cfg(feature = "health")]
    #[doc = include_str!("../docs/HEALTH.md")]
    mod health {}

    #[cfg(all(feature = "derive", feature = "files"))]
    #[doc = include_str!("../docs/SOURCES.md")]
    mod sources {}

    #[cfg(feature = "derive")]
    #[doc = include_str!("../docs/migrating/figment.md")]
    mod from_figment {}

    #[cfg(feature = "derive")]
    #[doc = include_str!("../docs/migrating/config.md")]
    mod from_config {}

    #[cfg(feature = "derive")]
    #[doc = include_str!("../docs/migrating/std-env.md")]
    mod from_std_env {}
}
