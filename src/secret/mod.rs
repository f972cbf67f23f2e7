//! Secrets.

pub mod flaw;
