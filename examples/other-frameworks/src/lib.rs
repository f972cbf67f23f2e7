//! Adapters for poem and AWS Lambda, to copy from.

pub mod lambda;
pub mod poem;
