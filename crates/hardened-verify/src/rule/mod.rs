//! The rules of live checks: one table for each family, each row with its explanation.
//!
//! A check that fails breaks its rule. The level in the tier of the target says how severe that is.

pub mod cors;
pub mod docs;
pub mod exposure;
pub mod isolation;
pub mod reach;
pub mod tls;

use hardened_core::rule::{Rule, join};

/// Every rule of this crate.
pub const ALL: &[Rule] = &join::<30>(&[reach::ALL, tls::ALL, docs::ALL, exposure::ALL, cors::ALL, isolation::ALL]);
