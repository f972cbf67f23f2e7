//! The layer around a service, over real sockets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[cfg(all(feature = "attempts", feature = "axum"))]
mod attempts;
mod client;
#[cfg(all(feature = "axum", feature = "cookies"))]
mod cookies;
mod docs;
mod hosts;
mod https_only;
mod listen;
mod order;
mod problems;
mod security_headers;
#[cfg(feature = "cors")]
mod stack;
mod stream;

use test_support::{log as logs, server};
