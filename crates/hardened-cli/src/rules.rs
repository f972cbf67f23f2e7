//! The rules of all parts: service starts, live checks, searches for secrets, audits.

use hardened_core::rule::Rule;

/// Returns every rule, beginning with those of a service start.
pub(crate) fn all() -> Vec<Rule> {
    let tables =
        [hardened::rule::ALL, hardened_verify::rule::ALL, &hardened_scan::rule::ALL, hardened_audit::rule::ALL];
    tables.concat()
}
