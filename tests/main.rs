//! The integration tests that need no server. Those that do are in separate binaries, next to this one.
//!
//! These tests are one binary, because every binary links all dependencies. `cargo xtask test -p hardened --test all files`
//! runs the tests of the module `files`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod architecture;
mod command;
#[cfg(feature = "connections")]
mod connections;
#[cfg(feature = "cors")]
mod cors;
mod database;
mod defaults;
mod deployments;
#[cfg(all(feature = "cors", feature = "derive"))]
mod deployments_origins;
mod deployments_secrets;
mod deployments_service;
mod derive;
#[cfg(all(unix, feature = "derive", feature = "files"))]
mod elements;
mod exit;
mod files;
#[cfg(all(unix, feature = "derive", feature = "files"))]
mod kinds;
#[cfg(all(feature = "cors", feature = "derive", feature = "http", feature = "jwt"))]
mod manifest;
mod matrix;
mod memory;
mod migrating;
#[cfg(feature = "cors")]
mod no_leak;
#[cfg(feature = "files")]
mod other_programs;
mod overrides;
mod own_rules;
mod process;
#[cfg(all(feature = "cors", feature = "derive"))]
mod published_examples;
mod quickstart;
mod required_in_production;
#[cfg(all(feature = "derive", feature = "files"))]
mod schema_documents;
mod scrub;
mod secret_files;
mod sources;
mod style;
mod tiers;
#[cfg(feature = "derive")]
mod together;
mod typed_by_people;
mod withheld;
