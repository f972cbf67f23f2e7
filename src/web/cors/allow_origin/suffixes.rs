//! Origin patterns: one binary search, however many there are.

use std::cmp::Ordering;

use hardened_core::origin::is_domain;

use crate::origin::Origin;

/// The suffixes that the patterns of one scheme match, such as `.example.com:8443`.
///
/// They are sorted by their bytes from the end, and none is the end of another, because the shorter one matches
/// everything that the longer one does. So at most one of them can match an origin, and a binary search finds it.
#[derive(Debug, Default)]
pub(super) struct Suffixes(Vec<Box<[u8]>>);

/// The length of the longest host, plus the longest port with its colon.
const LONGEST: usize = 253 + 6;

impl Suffixes {
    pub(super) fn new<'a>(bases: impl Iterator<Item = &'a Origin>) -> Self {
        let mut all: Vec<Box<[u8]>> = bases.map(|base| suffix(base).into_bytes().into()).collect();
        all.sort_unstable_by(|left, right| left.iter().rev().cmp(right.iter().rev()));
        // A suffix is followed by the suffixes that end with it.
        all.dedup_by(|later, kept| later.ends_with(kept));
        Self(all)
    }

    /// Returns whether the rest of an origin, after the scheme, matches a pattern and is in canonical form.
    #[inline]
    pub(super) fn matches(&self, rest: &[u8]) -> bool {
        if self.0.is_empty() || rest.len() > LONGEST {
            return false;
        }
        let candidates = self.0.partition_point(|suffix| from_the_end(suffix, rest) != Ordering::Greater);
        let candidate = candidates.checked_sub(1).and_then(|index| self.0.get(index));
        candidate.and_then(|suffix| rest.strip_suffix(&**suffix)).is_some_and(|labels| {
            // The suffix is canonical; with the labels in front of it, the host must still be a domain.
            let host = rest.iter().position(|byte| *byte == b':').unwrap_or(rest.len());
            !labels.is_empty() && !labels.contains(&b':') && rest.get(..host).is_some_and(is_domain)
        })
    }
}

fn suffix(base: &Origin) -> String {
    match base.port() {
        Some(port) => format!(".{}:{port}", base.host()),
        None => format!(".{}", base.host()),
    }
}

fn from_the_end(suffix: &[u8], rest: &[u8]) -> Ordering {
    suffix.iter().rev().cmp(rest.iter().rev())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suffixes(bases: &[&str]) -> Suffixes {
        let bases: Vec<_> = bases.iter().map(|base| Origin::parse(base).unwrap()).collect();
        Suffixes::new(bases.iter())
    }

    #[test]
    fn an_origin_is_matched_by_the_one_suffix_that_ends_it() {
        let all = suffixes(&[
            "https://example.com",
            "https://example.org:8443",
            "https://deep.example.com",
            "https://xample.com",
            "https://com.example",
        ]);
        assert_eq!(all.0.len(), 4, "deep.example.com lies below example.com");
        let long = format!("{}.example.com", vec!["a".repeat(63); 4].join("."));
        for (rest, matched) in [
            ("a.example.com", true),
            ("a.b.c.example.com", true),
            ("a.deep.example.com", true),
            ("deep.example.com", true),
            ("a_b-c.example.com", true),
            ("a.xample.com", true),
            ("a.com.example", true),
            ("a.example.org:8443", true),
            ("example.com", false),
            (".example.com", false),
            ("a..example.com", false),
            ("-.example.com", true),
            ("aexample.com", false),
            ("a.example.org", false),
            ("a.example.org:8444", false),
            ("a.example.com:8443", false),
            ("A.example.com", false),
            ("a.Example.com", false),
            ("a.example.com.", false),
            ("evil.com/.example.com", false),
            ("evil.com#.example.com", false),
            ("evil.com?.example.com", false),
            ("user@a.example.com", false),
            ("evil.com:80.example.com", false),
            ("a`b.example.com", false),
            ("a b.example.com", false),
            ("a\u{e9}.example.com", false),
            (&long, false),
            ("", false),
        ] {
            assert_eq!(all.matches(rest.as_bytes()), matched, "{rest}");
        }
    }
}
