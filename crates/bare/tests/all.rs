//! The tests of the library that need none of its features, run without any.

extern crate hardened_bare as hardened;

#[path = "../../../tests/database/mod.rs"]
mod database;
#[path = "../../../tests/deployments.rs"]
mod deployments;
