//! Tokens that are signed, and tokens that must not be accepted.
#![cfg(feature = "jwt")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod attacks;
#[cfg(feature = "axum")]
mod bearer;
#[cfg(feature = "axum")]
#[path = "../http/logs.rs"]
mod logs;
mod provider;
#[cfg(feature = "axum")]
#[path = "../http/server.rs"]
mod server;
mod settings;
mod signing;
mod token;
