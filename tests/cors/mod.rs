//! Tests of the CORS policy, its layers and its settings.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod construction;
mod differential;
mod field;
mod frameworks;
mod guard;
mod layers;
mod live;
mod origins;
mod preflights;
mod properties;
mod relations;
#[cfg(feature = "derive")]
mod settings;
mod support;
