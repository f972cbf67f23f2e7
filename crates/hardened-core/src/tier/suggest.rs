//! Suggests the tier name that was probably meant.

use std::cmp::Reverse;

use super::{
    Tier,
    words::{Alias, PREVIEW, PRODUCTION},
};
use crate::text::misspelling;

/// The maximum length of a text that is compared. A longer one is not a misspelt name, and comparing it takes time.
const MAX_BYTES: usize = 32;

/// Returns the name that a text was probably meant to be.
///
/// Only names of Production and Preview are suggested, so that nobody is led to a laxer tier: there is no suggestion for
/// `develop`. A text that denies production (`nonprd`, `pre-prd`) never gets a name of Production. Of equally near names,
/// the strictest one counts, then the longest.
pub(super) fn nearest(text: &str, own: &[Alias]) -> Option<&'static str> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let denies = ["non", "not", "no-", "no_", "pre", "un"].iter().any(|word| text.starts_with(word));
    let production = PRODUCTION.iter().map(|name| (*name, Tier::Production));
    let preview = PREVIEW.iter().map(|name| (*name, Tier::Preview));
    production
        .chain(preview)
        .chain(own.iter().copied())
        .filter(|(_, tier)| *tier == Tier::Preview || (*tier == Tier::Production && !denies))
        .filter_map(|(name, tier)| Some((unlikeness(&text, name)?, Reverse((tier, name.len())), name)))
        .min()
        .map(|(_, _, name)| name)
}

/// Returns the distance of a text from a name; `None` if it is too far. A name with an addition (`prod-2`, `staging_eu`) is
/// farther than any misspelling, and a longer name of this kind is nearer than a shorter one.
fn unlikeness(text: &str, name: &str) -> Option<usize> {
    misspelling(text, name).or_else(|| {
        let added = text.strip_prefix(name)?;
        let is_added = added.bytes().next().is_some_and(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic());
        is_added.then(|| 2 * MAX_BYTES - name.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tier::words::{DEVELOPMENT, TEST};

    #[test]
    fn a_misspelling_is_sent_to_production_or_preview() {
        for (text, expected) in [
            ("prodution", Some("production")),
            ("Produciton", Some("production")),
            ("productionn", Some("production")),
            ("pord", Some("prod")),
            ("prod1", Some("prod")),
            ("prd1", Some("prd")),
            ("prod-eu", Some("prod")),
            ("production-eu-1", Some("production")),
            ("prod-eu-central-1", Some("prod")),
            ("lives", Some("live")),
            ("stagin", Some("staging")),
            ("staging2", Some("staging")),
            ("staging-eu", Some("staging")),
            ("pr-77", Some("pr")),
            ("non_prod", Some("non-prod")),
            ("nonprod2", Some("nonprod")),
            ("preprod-eu", Some("preprod")),
            ("preproduction", Some("pre-production")),
        ] {
            assert_eq!(nearest(text, &[]), expected, "{text}");
        }
    }

    #[test]
    fn nothing_is_sent_to_a_laxer_tier() {
        for name in DEVELOPMENT.iter().chain(TEST) {
            for text in [format!("{name}s"), format!("{name}-eu"), format!("{name}1"), format!("x{name}")] {
                assert_eq!(nearest(&text, &[]), None, "{text}");
            }
        }
        for text in ["devel", "develop", "developement", "tst", "tests", "locl", "localhost", "debugging", "foo", "x"] {
            assert_eq!(nearest(text, &[]), None, "{text}");
        }
    }

    #[test]
    fn what_denies_being_production_is_not_sent_to_it() {
        for text in
            ["nonprd", "nonproduction", "non-production", "not-prod", "no-prod", "noprod", "preprd", "pre", "unprod"]
        {
            assert!(nearest(text, &[]).is_none_or(|name| !PRODUCTION.contains(&name)), "{text}");
        }
        assert_eq!(nearest("pre-prod-1", &[("pre-prod-2", Tier::Production)]), None);
    }

    #[test]
    fn a_name_of_the_service_is_suggested_too() {
        assert_eq!(nearest("prod-ue", &[("prod-eu", Tier::Production)]), Some("prod-eu"));
    }

    #[test]
    fn a_long_text_is_not_searched() {
        assert_eq!(nearest(&format!("production-{}", "x".repeat(1 << 20)), &[]), None);
    }
}
