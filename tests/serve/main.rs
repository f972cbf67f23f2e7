//! Tests of `serve` over real sockets on this machine.
//!
//! Limits are set short and their effects are awaited: a response, the end of a connection, a future that is dropped. No
//! test reads a clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

mod abandoned;
mod attacks;
mod connections;
mod floods;
mod frames;
mod http2;
mod left;
mod requests;
mod running;
mod smuggling;
mod stop;
mod streams;
mod times;

use test_support::server;
