//! taskflow: a backend for accounts and their tasks that starts only with a safe configuration.
//!
//! | module | contains |
//! |---|---|
//! | [`settings`] | the settings |
//! | [`app`] | the routes and the middleware |
//! | [`accounts`], [`tasks`] | the request handlers |
//! | [`user`] | the user of a request |
//! | [`password`] | the hashing of passwords |
//! | [`problem`] | the error responses |
//! | [`store`] | the database: PostgreSQL, or SQLite on a developer's machine |
//! | [`server`] | the start and the stop |
//! | [`demo`] | `taskflow demo` |

pub mod accounts;
pub mod app;
pub mod demo;
mod logs;
pub mod password;
pub mod problem;
pub mod server;
pub mod settings;
pub mod store;
pub mod tasks;
pub mod user;

pub use self::{app::App, settings::Settings, store::Store};
