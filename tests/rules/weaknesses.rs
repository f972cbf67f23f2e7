//! Each rule that can refuse a start names the weakness (CWE) that it is about.

use hardened::{
    Tier,
    rule::{self, Level, Rule},
};

/// Rules that refuse although no numbered weakness fits, each with the reason.
const NONE_FITS: [(Rule, &str); 10] = [
    (rule::SECRET_REPEATED, "no weakness is about one key for two purposes"),
    (rule::DATABASE_MULTI_HOST, "the driver supports one host"),
    (rule::DATABASE_LOOPBACK, "the service would reach no database"),
    (rule::CONNECTION_LOOPBACK, "the service would reach no server"),
    (rule::JWT_PROVIDER, "the service would end at the first signature"),
    (rule::CORS_METHOD_FORBIDDEN, "browsers never send it"),
    (rule::CORS_HEADER_FORBIDDEN, "browsers ignore it"),
    (rule::CORS_SET_COOKIE_EXPOSED, "browsers ignore it"),
    (rule::CORS_PREFLIGHT_STATUS, "browsers would refuse the policy"),
    (rule::WAIVER_INVALID, "the mistake is in code, and accepts nothing"),
];

#[test]
fn every_rule_that_refuses_names_a_weakness_or_the_reason_why_none_fits() {
    let refuses = |rule: Rule| Tier::ALL.iter().any(|tier| rule.level(*tier) == Level::Refuse);
    let has_none: Vec<_> = rule::ALL.iter().copied().filter(|rule| refuses(*rule) && rule.cwe().is_empty()).collect();
    let mut expected: Vec<_> = NONE_FITS.iter().map(|(rule, _)| *rule).collect();
    expected.sort_by_key(|rule| rule::ALL.iter().position(|known| known == rule));
    assert_eq!(has_none, expected);
}

#[test]
fn a_rule_names_each_weakness_once_in_order() {
    for rule in rule::ALL {
        assert!(rule.cwe().windows(2).all(|pair| pair[0].number() < pair[1].number()), "{rule}: {:?}", rule.cwe());
    }
}
