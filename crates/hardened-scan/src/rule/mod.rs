//! The rules of the scan: one table for the search for values, and one for the search in code and configuration files.

mod explanation;
pub mod sources;
pub mod values;

use hardened_core::rule;
pub use hardened_core::rule::Rule;

/// Every rule of this crate.
pub const ALL: [Rule; values::ALL.len() + sources::ALL.len()] = rule::join(&[values::ALL, sources::ALL]);

/// Returns the rule with this code.
#[must_use]
pub fn find(code: &str) -> Option<Rule> {
    Rule::find(code, &ALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_begins_as_the_crate_does_and_is_found_once() {
        for rule in ALL {
            assert!(rule.code().starts_with("scan-"), "{rule}");
            assert_eq!(ALL.iter().filter(|other| **other == rule).count(), 1, "{rule}");
            assert_eq!(find(rule.code()), Some(rule));
        }
        assert_eq!(find("secret-missing"), None);
    }
}
