//! What a running process does for its secrets.

pub(crate) mod core_dumps;
pub mod process;
mod scrub;
