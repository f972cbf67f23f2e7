//! Configuration hardening.

pub mod secret;
