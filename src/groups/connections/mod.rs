//! What a service connects to besides its PostgreSQL database: each group reads a URL, or the pieces of one, judges it and
//! hands out typed pieces. No driver is linked.
//!
//! `docs/CONNECTIONS.md` has the variables, what is permitted and prohibited, and a recipe for each usual driver.

mod connection;
mod dialect;
mod flaws;
mod mysql;
mod network;
mod parameters;
mod parse;
mod pieces;
mod redis;
mod service_url;
mod smtp;

pub use self::{
    mysql::Mysql,
    redis::Redis,
    smtp::{Smtp, SmtpTls},
};
