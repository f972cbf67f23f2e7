//! Every rule of every part: starts, live checks, searches for secrets, audits.

use hardened_core::rule::Rule;

/// Every rule, those of a start first.
pub(crate) fn all() -> Vec<Rule> {
    let tables =
        [hardened::rule::ALL, hardened_verify::rule::ALL, &hardened_scan::rule::ALL, hardened_audit::rule::ALL];
    tables.concat()
}
