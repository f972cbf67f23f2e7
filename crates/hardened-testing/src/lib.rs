//! Test helpers for services that load their configuration with [`hardened`].
//!
//! This is a separate crate, for use as a development dependency: a feature of `hardened` that makes secrets would end up
//! in the release binary whenever tests and the binary are built together.
//!
//! ```
//! use hardened::{Config, JwtSecret};
//! use hardened_testing::{assert_refuses, assert_secrets_externalized, valid_env};
//!
//! #[derive(Debug, Config)]
//! struct Settings {
//!     /// Signs the tokens.
//!     jwt_secret: JwtSecret,
//!     /// Port to listen on.
//!     #[config(default = 8080)]
//!     port: u16,
//! }
//!
//! // A short key refuses the start.
//! let env = valid_env::<Settings>().set("JWT_SECRET", "short");
//! assert_refuses!(Settings, env, "secret-too-short", "JWT_SECRET");
//! // The code does not contain secrets.
//! assert_secrets_externalized!(Settings);
//! ```
//!
//! The tests do not need a secret in their environment, and do not change the environment of their process.
#![allow(clippy::panic, reason = "an assertion that does not hold panics")]

mod defaults;
mod example;
mod externalized;
mod refuses;
mod sources;
mod valid_env;
mod values;

#[doc(hidden)]
pub use self::{
    externalized::assert_secrets_externalized,
    refuses::assert_refuses,
    values::{Where, assert_no_secret_values},
};
pub use self::{
    valid_env::{valid_env, valid_env_with},
    values::secret_values,
};
pub use hardened::Environment;
