//! Rules: conditions that must hold, each with a stable code and a level in each tier.
//!
//! ```
//! use hardened::{Tier, rule};
//!
//! assert_eq!(rule::SECRET_TOO_SHORT.code(), "secret-too-short");
//! assert_eq!(rule::SECRET_TOO_SHORT.level(Tier::Development), rule::Level::Refuse);
//! assert_eq!(rule::find("secret-too-short"), Some(rule::SECRET_TOO_SHORT));
//! ```

mod explanation;
mod table;

use hardened_core::rule::{ALL as CORE, join};
pub use hardened_core::rule::{Cwe, Level, Rule, SETTING_MALFORMED, WAIVER_INVALID, WAIVER_UNUSED, Waivable, Word};

pub use self::table::*;

/// Every rule, in the order of the documentation.
pub const ALL: &[Rule] = &join::<{ table::ALL.len() + CORE.len() }>(&[table::ALL, CORE]);

/// Returns the rule with the given code.
#[must_use]
pub fn find(code: &str) -> Option<Rule> {
    Rule::find(code, ALL)
}
