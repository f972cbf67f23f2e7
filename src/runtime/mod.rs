//! What a running process does for its secrets.

pub mod process;
mod scrub;
