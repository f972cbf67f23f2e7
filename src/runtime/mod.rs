//! Protects the secrets of a running process and its child processes.

pub(crate) mod core_dumps;
pub mod process;
mod scrub;
