//! Where settings come from.

pub(crate) mod environment;
