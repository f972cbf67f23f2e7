//! Ready groups of settings.

pub mod auth;
pub mod database;
pub mod listen;
pub mod logging;
