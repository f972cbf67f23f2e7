//! Tests of taskflow over real sockets, with SQLite and with PostgreSQL.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod accounts;
mod attempts;
mod documentation;
mod errors;
mod harness;
mod isolation;
mod original;
mod settings;
mod verified;

use test_support::{postgres, server};
