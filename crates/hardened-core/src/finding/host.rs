//! The host that a finding is about.

use std::fmt;

/// A host name that is compared with the suffixes of waivers and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Host(String);

impl Host {
    /// Creates a host, normalised for comparison: lower case, without a final dot.
    #[must_use]
    pub fn new(host: &str) -> Self {
        Self(host.trim_end_matches('.').to_ascii_lowercase())
    }

    /// Returns whether a waiver for `suffix` covers this host: `.flycast` covers every name below it, `db.internal` that name.
    #[must_use]
    pub fn is_within(&self, suffix: &str) -> bool {
        let suffix = suffix.to_ascii_lowercase();
        if suffix.starts_with('.') { self.0.ends_with(&suffix) } else { self.0 == suffix }
    }
}

/// Hides the host name.
impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Host(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_with_a_dot_is_for_names_below_it_and_one_without_for_itself() {
        for (host, suffix, within) in [
            ("db.flycast", ".flycast", true),
            ("DB.Flycast.", ".flycast", true),
            ("flycast", ".flycast", false),
            ("notflycast", ".flycast", false),
            ("notflycast", "flycast", false),
            ("localhost", "localhost", true),
            ("db.flycast.evil.example", ".flycast", false),
        ] {
            assert_eq!(Host::new(host).is_within(suffix), within, "{host} {suffix}");
        }
    }
}
