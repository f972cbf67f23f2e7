//! Tests gRPC through `hardened::serve` with the complete layer, over real sockets, with the client of tonic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod calls;
mod health;
mod running;
mod stop;
