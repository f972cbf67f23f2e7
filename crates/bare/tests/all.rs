//! The tests of the library that need none of its features, without them.

extern crate hardened_bare as hardened;

#[path = "../../../tests/database/mod.rs"]
mod database;
#[path = "../../../tests/deployments.rs"]
mod deployments;
