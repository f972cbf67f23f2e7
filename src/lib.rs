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
//! // In `main`: `let settings = Settings::load_or_exit();`. Here, from the example's own environment:
//! let environment = Environment::empty().set("ENVIRONMENT", "production").set("PORT", "http");
//! let refusal = Loader::new().environment(environment).load::<Settings>().unwrap_err();
//! assert!(refusal.report().refuses("secret-missing", "JWT_SECRET_KEY"));
//! assert!(refusal.report().refuses("secret-missing", "STRIPE_KEY"));
//! assert!(refusal.report().refuses("setting-malformed", "PORT"));
//! # }
//! ```
//!
//! # How it works
//!
//! - **Everything is a rule that yields findings.** A [`Rule`](rule::Rule) has a stable code and a level in each tier. A
//!   [`Finding`](finding::Finding) is a rule that did not hold for one subject. A [`Report`] has all findings of one
//!   run, and a report with an error is a [`Refusal`]. The module [`rule`] lists the rules.
//! - **Doubt means production.** The [`Tier`] comes from `ENVIRONMENT` and from what the platform says about itself. Only
//!   Development and Test relax rules, and only rules about where the service runs: keys must be strong everywhere.
//! - **Types say what is secret.** You generate a *key* ([`JwtSecret`], [`AuthSecret`]), so every strength rule applies
//!   to it. Somebody else issued a *credential* ([`SecretText`], [`DatabaseUrl`](database::DatabaseUrl)). Neither can
//!   have a default, or be printed, cloned or compared; reading one takes an explicit call.
//! - **A rejected value is never printed.** A [`Message`](finding::Message) contains only text known at compile time,
//!   numbers, and this library's own types.
//! - **Exceptions are explicit.** [`Loader::waive`] accepts one rule for one subject with a reason, in code, and every
//!   report shows it.
//!
//! # Where to find what
//!
//! | you want | see |
//! |---|---|
//! | your own settings | the derives [`Config`](trait@Config) and [`Setting`](trait@Setting), the module [`schema`] |
//! | ready groups | [`Jwt`], [`auth`], [`BetterAuth`], [`Database`], [`Http`], `CorsSettings`, and all of them in `ProductionConfig` |
//! | Redis, mail, MySQL, S3, OTLP | `connections` |
//! | sources, waivers, your own tier variable | [`Loader`] |
//! | the result | [`Loaded`], [`Refusal`], [`Report`], [`report::Table`] |
//! | layers, CORS and health checks | `stack`, `layers`, `cors`, `health` |
//! | limits for slow, large and many requests, and a graceful shutdown | `serve` |
//! | the same decisions without tower, for any framework | `layers::HttpLayer::decide`, `cors::CorsPolicy::decide` |
//! | the gRPC health check | `health::Health::grpc` |
//! | the client's address behind proxies | `listen::TrustedProxies`, `layers::ClientAddress` |
//! | a session cookie | `auth::SessionSettings`, `auth::SessionCookie` |
//! | `my-service config check`, `env`, `schema`, `manifest` | [`command()`], the module [`manifest`] |
//! | an environment for a child process | [`Schema::scrub`](schema::Schema::scrub) |
//! | tests | the crate `hardened-testing` |
//!
//! # Features
//!
//! Features add API. None softens a check, because any crate in a build can turn one on.
//!
//! - **`derive`** (default): re-exports the derives. The ready groups load without it.
//! - **`cors`** (default): origins, the CORS policy and its tower layer, and the guard against cross-site requests, for
//!   services that browsers call.
//! - **`files`** (default): reads `hardened.toml` and figment's providers, for plain settings. Secrets never come from
//!   there.
//! - **`connections`**: groups for Redis, mail, MySQL, S3 and OTLP, by URL or by pieces; no driver is linked.
//! - **`cookies`**: a session in an encrypted cookie, with every attribute that keeps it safe.
//! - **`http`**: one tower layer for security headers, host names, API documentation and error bodies. With `cors`, the
//!   function `stack` puts all layers in the right order.
//! - **`serve`**: the function `serve`, which serves an app with limits on everything a client can make it hold, and a
//!   graceful shutdown.
//! - **`attempts`**: a limit on attempts, such as sign-ins; needs the tokio runtime.
//! - **`health`**: `/health`, `/livez`, `/readyz` and `grpc.health.v1`, on the tokio runtime.
//! - **`jwt`**: signs and verifies tokens with `jsonwebtoken`; needs a C compiler. **`axum`**: the extractors for tokens,
//!   clients' addresses and sessions; includes `jwt`.
//! - **`regex`**: `#[config(matches = "…")]`, with a regular expression that takes linear time.
//! - **`tracing`**: logs an accepted start as an event; `http` and `axum` enable it.
//! - **`guard`**: TLS and bounds for any PostgreSQL driver, such as tokio-postgres or sqlx 0.8.
//! - **`sqlx`**: a PostgreSQL pool that takes every option from the parsed URL; needs Rust 1.94.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(clippy::print_stdout, clippy::print_stderr)]

extern crate self as hardened;

mod command;
mod groups;
pub mod load;
pub mod rule;
mod runtime;
pub mod schema;
pub mod secret;
mod source;
mod tier;
mod web;

/// Findings: how every part of the library describes a rule that does not hold.
pub mod finding {
    pub use hardened_core::finding::{Finding, Message, Name, Part, Reported, Severity, Verdict};
}

/// Web origins: the types that everything uses which asks where a page came from.
pub mod origin {
    #[cfg(feature = "cors")]
    pub use hardened_core::origin::OriginPattern;
    pub use hardened_core::origin::{Flaw, Origin, OriginError};
}

/// The manifest of a release: its configuration, and what a start with it commits the live service to.
///
/// `my-service config manifest` and [`Loaded::manifest`] create it; `hardened verify` and `hardened audit` read it. The
/// [`Config::promise`](trait@Config) of a group states what that group promises.
pub mod manifest {
    pub use hardened_core::document::{DocumentError, Version};
    pub use hardened_core::manifest::{
        ConnectionPromise, CookiePromise, CorsPromise, DatabasePromise, DocsPromise, ErrorPromise, HeaderPromise,
        HealthContract, HealthPromise, HostPromise, HttpToken, LimitPromise, Manifest, Promises, Route, RuleEntry,
        RuleOutcome, SameSite, Service, SettingEntry, SettingState, SourceKind, TierAndWhy, TokenPromise, Transport,
        UrlPath, WaiverEntry,
    };
}

/// Every setting of a run with its source, as a table and as JSON.
pub mod report {
    pub use crate::load::{
        announce::Announce,
        summary::Summary,
        table::{Row, SettingState, Table},
    };
    pub use hardened_core::{
        provenance::Provenance,
        report::Waived,
        terminal::{Color, Look},
    };
}

#[cfg(feature = "connections")]
pub use self::groups::connections;
pub use hardened_core::{finding::Violation, message, own_rules as rules, report::Report, tier::Tier};

#[cfg(feature = "health")]
pub use self::web::health;
#[cfg(any(feature = "http", feature = "health"))]
pub use self::web::layers;
#[cfg(all(feature = "cors", feature = "http"))]
pub use self::web::layers::stack::stack;
#[cfg(feature = "cors")]
pub use self::web::{cors, cors::settings::CorsSettings, preset::ProductionConfig};
#[cfg(feature = "serve")]
pub use self::web::{serve, serve::start::serve};
pub use self::{
    command::command,
    groups::{
        auth, auth::better_auth::BetterAuth, auth::jwt::Jwt, database, database::group::Database, listen,
        listen::http::Http, logging,
    },
    load::{config::Config, exit::Exit, loaded::Loaded, loader::Loader, refusal::Refusal},
    runtime::process,
    schema::setting::Setting,
    secret::{
        json::SecretJson,
        key::{AuthSecret, JwtSecret},
        text::SecretText,
    },
    source::environment::Environment,
};
#[cfg(feature = "derive")]
pub use hardened_derive::{Config, Setting};

/// Compiles the service that the README shows.
#[cfg(all(doctest, feature = "cors", feature = "derive", feature = "serve"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// The items that the code of `#[derive(Config)]` uses. Not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        Config, Loader, Setting, Violation,
        finding::{Reported, Verdict},
        load::{
            Reader,
            choices::is_set,
            config::Choose,
            typed::{TypedGroup, TypedGroups, TypedSetting, group, groups, read_with, setting, tier},
        },
        schema::{
            Alias, Field, FieldRule, GroupSchema, GroupsSchema, Kind, Length, Literal, Range, Schema, SettingSchema,
            assertions::{HAS_REGEX, can_be_missed, declared, is_list, is_number, keeps, suits},
            choice::{Choice, choose},
            defaults::Defaults,
            foreign::{Deserialized, Parsed, unwrapped},
        },
    };
    pub use hardened_core::manifest::Promises;
    pub use std::{option::Option, result::Result, vec::Vec as List};
}

/// Compiles the code blocks of the documentation's pages with the tests.
#[cfg(doctest)]
mod pages {
    #[cfg(all(feature = "connections", feature = "derive"))]
    #[doc = include_str!("../docs/CONNECTIONS.md")]
    mod connections {}

    #[cfg(all(feature = "axum", feature = "cookies", feature = "derive"))]
    #[doc = include_str!("../docs/COOKIES.md")]
    mod cookies {}

    #[cfg(all(feature = "attempts", feature = "axum", feature = "cors", feature = "derive", feature = "serve"))]
    #[doc = include_str!("../docs/HTTP.md")]
    mod http {}

    #[cfg(all(feature = "derive", feature = "serve"))]
    #[doc = include_str!("../docs/SERVING.md")]
    mod serving {}

    #[cfg(all(feature = "health", feature = "serve"))]
    #[doc = include_str!("../docs/GRPC.md")]
    mod grpc {}

    #[cfg(feature = "http")]
    #[doc = include_str!("../docs/FRAMEWORKS.md")]
    mod frameworks {}

    #[cfg(feature = "health")]
    #[doc = include_str!("../docs/HEALTH.md")]
    mod health {}

    #[cfg(all(feature = "cors", feature = "derive"))]
    #[doc = include_str!("../docs/MANIFEST.md")]
    mod manifest {}

    #[cfg(all(feature = "cors", feature = "derive"))]
    #[doc = include_str!("../docs/SETTINGS.md")]
    mod settings {}

    #[cfg(all(feature = "derive", feature = "files"))]
    #[doc = include_str!("../docs/SOURCES.md")]
    mod sources {}

    #[cfg(feature = "derive")]
    #[doc = include_str!("../docs/migrating/clap.md")]
    mod from_clap {}

    #[cfg(feature = "derive")]
    #[doc = include_str!("../docs/migrating/figment.md")]
    mod from_figment {}

    #[cfg(all(feature = "derive", feature = "files"))]
    #[doc = include_str!("../docs/migrating/config.md")]
    mod from_config {}

    #[cfg(all(feature = "derive", feature = "files"))]
    #[doc = include_str!("../docs/migrating/toml.md")]
    mod from_toml {}

    #[cfg(feature = "derive")]
    #[doc = include_str!("../docs/migrating/std-env.md")]
    mod from_std_env {}
}
