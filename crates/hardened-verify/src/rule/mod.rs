//! The rules of live checks: one table for each family, each row with its explanation.
//!
//! A check that fails breaks its rule. The level in the tier of the target says how severe that is.

pub mod cors;
pub mod docs;
pub mod drift;
pub mod errors;
pub mod exposure;
pub mod headers;
pub mod health;
pub mod hosts;
pub mod isolation;
pub mod reach;
pub mod tls;
pub mod tokens;

use hardened_core::rule::{Rule, join};

/// Every rule of this crate.
pub const ALL: &[Rule] = &join::<88>(&[
    reach::ALL,
    tls::ALL,
    health::ALL,
    cors::ALL,
    tokens::ALL,
    docs::ALL,
    headers::ALL,
    errors::ALL,
    exposure::ALL,
    isolation::ALL,
    hosts::ALL,
    drift::ALL,
]);
