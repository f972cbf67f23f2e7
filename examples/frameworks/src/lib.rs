//! Adapters for frameworks that are not built on tower, to copy from.

pub mod actix;
