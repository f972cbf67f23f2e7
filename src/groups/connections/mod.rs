//! Connections other than that to the PostgreSQL database. Each group reads a URL, or the pieces of one, checks it, and
//! provides typed values for a driver. No driver is linked.
//!
//! `docs/CONNECTIONS.md` has the variables, what is permitted and prohibited, and a recipe for each common driver.

mod connection;
mod dialect;
mod flaws;
mod http_url;
mod mysql;
mod network;
mod otlp;
mod parameters;
mod parse;
mod pieces;
mod redis;
mod s3;
mod service_url;
mod smtp;

pub use self::{
    mysql::Mysql,
    otlp::{Otlp, OtlpProtocol, OtlpSignal},
    redis::Redis,
    s3::S3,
    smtp::{Smtp, SmtpTls},
};
