//! How much a service logs, and whether it shows internals.

mod debug_flag;
mod log_level;

pub use self::{debug_flag::DebugFlag, log_level::LogLevel};
