//! The database against real servers: TLS, crashes, freezes, exhaustion.

#![cfg(unix)]

#[path = "../support/postgres.rs"]
mod postgres;

mod server;
