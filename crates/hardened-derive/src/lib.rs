//! `#[derive(Config)]` for the crate `hardened`.
