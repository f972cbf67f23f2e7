//! taskflow: accounts and their tasks, as a backend that starts with safe configuration or not at all.
//!
//! | module | decides |
//! |---|---|
//! | [`settings`] | what can be set |
//! | [`app`] | which routes there are, and what stands around them |
//! | [`accounts`], [`tasks`] | what a request does |
//! | [`user`] | who asks |
//! | [`password`] | how passwords are kept |
//! | [`problem`] | what an error tells |
//! | [`store`] | PostgreSQL, or SQLite on one's own machine |
//! | [`server`] | how it starts and stops |
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
