//! The rules that judge keys: ours, and those of other libraries, taken from their source code.

use std::collections::HashSet;

use hardened_strength::check_key;

/// A named rule that refuses some keys.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) refuses: fn(&str) -> bool,
}

/// All rules.
pub(crate) const RULES: &[Rule] = &[
    Rule { name: "hardened", refuses: |key| !check_key(key.as_bytes(), 32).is_empty() },
    // django.core.checks.security.base.
    Rule {
        name: "Django, security.W009",
        refuses: |key| key.chars().count() < 50 || unique(key) < 5 || key.starts_with("django-insecure-"),
    },
    // packages/better-auth/src/context/secret-utils.ts, which only warns.
    Rule {
        name: "better-auth",
        refuses: |key| key.len() < 32 || key.len() as f64 * (unique(key) as f64).log2() < 120.0,
    },
    Rule {
        name: "zxcvbn, below 60 bits",
        refuses: |key| zxcvbn::zxcvbn(key, &[]).guesses_log10() * std::f64::consts::LOG2_10 < 60.0,
    },
];

fn unique(key: &str) -> usize {
    key.chars().collect::<HashSet<_>>().len()
}
