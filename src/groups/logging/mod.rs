//! The settings for logging and for showing internals.

mod debug_flag;
mod log_level;

pub use self::{debug_flag::DebugFlag, log_level::LogLevel};
