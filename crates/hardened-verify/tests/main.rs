//! The tests of this crate: one file for each family of checks, and `common` for what they share.
//!
//! They are one binary, because each further binary links every dependency again.
//! `cargo test -p hardened-verify --test all isolation` runs the tests of `isolation.rs`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod assertion;
mod auth;
mod common;
mod cors;
mod docs;
mod drift;
mod errors;
mod exposure;
mod foreign;
mod forwarded;
mod frameworks;
mod headers;
mod health;
mod hostile;
mod hosts;
mod isolation;
mod proxies;
mod reach;
mod tls;
