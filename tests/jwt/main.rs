//! Signing of tokens, and tokens that must be refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod attacks;
#[cfg(feature = "axum")]
mod bearer;
mod provider;
mod settings;
mod signing;

use test_support::token;
#[cfg(feature = "axum")]
use test_support::{log as logs, server};
