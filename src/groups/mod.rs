//! The settings groups that this library provides.

pub mod auth;
mod bounded;
#[cfg(feature = "connections")]
pub mod connections;
pub mod database;
pub mod listen;
pub mod logging;
mod password;
mod url;
