//! The layer around a service, over real sockets.
#![cfg(feature = "http")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod docs;
mod hosts;
mod listen;
mod logs;
mod order;
mod problems;
mod security_headers;
mod server;
#[cfg(feature = "cors")]
mod stack;
mod stream;
