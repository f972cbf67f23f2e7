//! Ready groups of settings.

pub mod auth;
mod bounded;
pub mod database;
pub mod listen;
pub mod logging;
