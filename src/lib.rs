//! Configuration hardening: a service starts with safe configuration, or it refuses to start and says everything that is
//! wrong at once, without ever showing a secret.
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use hardened::{Config, Environment, Jwt, Loader, SecretText};
//!
//! /// What the billing service needs.
//! #[derive(Debug, Config)]
//! struct Settings {
//!     #[config(nested)]
//!     jwt: Jwt, // JWT_SECRET_KEY, JWT_ALGORITHM, …
//!     /// Stripe's secret key.
//!     stripe_key: SecretText,
//!     /// Port to listen on.
//!     #[config(default = 8080)]
//!     port: u16,
//! }
//!
//! // In `main`: `let settings = Settings::load_or_exit();`. Here, from an environment of the example's own:
//! let environment = Environment::empty().set("ENVIRONMENT", "production").set("PORT", "http");
//! let refusal = Loader::new().environment(environment).load::<Settings>().unwrap_err();
//! assert!(refusal.report().refuses("secret-missing", "JWT_SECRET_KEY"));
//! assert!(refusal.report().refuses("secret-missing", "STRIPE_KEY"));
//! assert!(refusal.report().refuses("setting-malformed", "PORT"));
//! # }
//! ```
//!
//! # The ideas
//!
//! - **Everything is a rule that yields findings.** A [`Rule`] has a stable code and a level in each tier; a [`Finding`]
//!   is a rule that did not hold for one subject; a [`Report`] has all findings of one run. A report with an error is a
//!   [`Refusal`]. The rules are listed in the module [`rule`].
//! - **Doubt means production.** The [`Tier`] comes from `ENVIRONMENT`, and from what a platform says of itself. Only
//!   Development and Test relax anything, and only where something is placed: keys bind everywhere.
//! - **Types tell what is secret.** A *key* ([`JwtSecret`], [`AuthSecret`]) is made by the operator, and every strength
//!   rule binds. A *credential* ([`SecretText`], [`DatabaseUrl`]) was issued by somebody else. Neither can have a default,
//!   be printed, cloned or compared; reading one is one named act.
//! - **Nothing that was read is ever printed back.** A [`Message`] is made of text known at compile time, numbers, and
//!   this library's own canonical types.
//! - **Danger has a named door.** [`Loader::waive`] accepts one rule for one subject with a reason, in code, and every
//!   report shows it.
//!
//! # The map
//!
//! | for | see |
//! |---|---|
//! | settings of your own | the derive [`Config`](trait@Config), the trait [`Setting`] |
//! | ready groups | [`Jwt`], [`Jwks`], [`BetterAuth`], [`Database`], [`Http`], [`http`], `CorsSettings`, and all together `ProductionConfig` |
//! | sources, waivers, an own tier variable | [`Loader`] |
//! | what came of it | [`Loaded`], [`Refusal`], [`Report`], [`Table`] |
//! | `my-service config check`, `env`, `schema` | [`command()`] |
//! | an environment for a child process | [`Schema::scrub`] |
//! | tests | the crate `hardened-testing` |
//!
//! # Features
//!
//! Features add API; none softens a check, for any crate of a build can turn one on.
//!
//! - **`derive`** (default): re-exports the derive. Without it the ready groups still load.
//! - **`cors`** (default): origins, the CORS policy, its tower layer, and the guard against cross-site requests. For
//!   whoever answers browsers.
//! - **`files`** (default): reads `hardened.toml` and figment's providers. For whoever has plain settings in files;
//!   secrets never come from there.
//! - **`http`**: one tower layer for security headers, host names, API documentation and error bodies; with `cors`, the
//!   function `stack` puts everything in the right order.
//! - **`health`**: `/health`, `/livez`, `/readyz`, on the tokio runtime.
//! - **`jwt`**: signs and verifies tokens with `jsonwebtoken`; needs a C compiler. **`axum`**: the extractor for it.
//! - **`sqlx`**: a PostgreSQL pool of which every option comes from the parsed URL; needs Rust 1.94.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(clippy::print_stdout, clippy::print_stderr)]

extern crate self as hardened;

#[cfg(any(feature = "http", feature = "health"))]
mod answer;
pub mod auth;
mod command;
#[cfg(feature = "cors")]
pub mod cors;
pub mod database;
mod environment;
#[cfg(feature = "health")]
pub mod health;
pub mod http;
mod load;
#[cfg(feature = "cors")]
mod preset;
pub mod process;
pub mod rule;
mod schema;
pub mod secret;
#[cfg(all(feature = "cors", feature = "http"))]
mod stack;
mod tier;

/// What a rule that did not hold looks like, for every part of the library.
pub mod finding {
    pub use hardened_core::finding::{Finding, Message, Name, Part, Rejection, Reported, Severity, Verdict};
}

/// Web origins: the vocabulary of everything that asks where a page came from.
pub mod origin {
    #[cfg(feature = "cors")]
    pub use hardened_core::origin::OriginPattern;
    pub use hardened_core::origin::{Flaw, Origin, OriginError};
}

pub use hardened_core::{message, provenance::Provenance, report::Report};

#[cfg(any(feature = "http", feature = "health"))]
pub use self::answer::KeepBody;
#[cfg(feature = "cors")]
pub use self::preset::ProductionConfig;
#[cfg(all(feature = "cors", feature = "http"))]
pub use self::stack::{CorsAndGuard, stack};
pub use self::{
    auth::{BetterAuth, Jwks, Jwt},
    command::{ConfigCommand, command},
    database::{Database, DatabaseUrl},
    environment::Environment,
    finding::{Finding, Message, Name, Rejection, Reported, Severity},
    http::Http,
    load::{
        Announce, Config, Exit, Loaded, LoadedPart, Loader, Reader, Reason, Refusal, Row, SettingState, Summary, Table,
    },
    origin::Origin,
    rule::Rule,
    schema::{Declared, Field, GroupSchema, Kind, Requirement, Schema, Setting, SettingSchema},
    secret::{AuthSecret, JwtSecret, SecretText, credential_flaws, key_flaws},
    tier::Tier,
};
#[cfg(feature = "cors")]
pub use self::{
    cors::{CorsPolicy, CorsSettings},
    origin::OriginPattern,
};
#[cfg(feature = "derive")]
pub use hardened_derive::{Config, Setting};

/// The service that the README shows compiles.
#[cfg(all(doctest, feature = "cors", feature = "derive"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// What the code of `#[derive(Config)]` calls. Not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        finding::{Rejection, Reported, Verdict},
        load::{Choose, Config, Loader, Reader, TypedGroup, TypedSetting, group, read_with, setting, tier},
        schema::{
            Choice, Defaults, Deserialized, Field, GroupSchema, Kind, Parsed, Schema, Setting, SettingSchema,
            can_be_missed, choose, declared, is_list, is_number, unwrapped,
        },
    };
    pub use std::{option::Option, result::Result, vec::Vec as List};
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

    #[cfg(all(feature = "cors", feature = "derive"))]
    #[doc = include_str!("../docs/SETTINGS.md")]
    mod settings {}

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
