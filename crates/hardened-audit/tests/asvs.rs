//! The table of OWASP ASVS 5.0 requirements.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardened_audit::asvs::TABLE;
use hardened_verify::Family;

/// Returns the codes of every rule and check.
fn codes() -> Vec<&'static str> {
    let rules = [hardened::rule::ALL, hardened_verify::rule::ALL].into_iter().flatten().map(|rule| rule.code());
    rules.chain(Family::ALL.iter().flat_map(|family| family.checks()).map(|check| check.id())).collect()
}

#[test]
fn every_rule_and_check_in_the_table_of_requirements_exists() {
    let codes = codes();
    let unknown: Vec<_> = TABLE
        .iter()
        .flat_map(|row| row.by.iter().map(move |(code, _)| (row.number, *code)))
        .filter(|(_, code)| !codes.contains(code))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn requirements_are_in_order_and_each_has_a_level_a_sentence_and_a_chapter() {
    let number = |text: &str| text.split('.').map(|part| part.parse::<u32>().unwrap()).collect::<Vec<_>>();
    for pair in TABLE.windows(2) {
        assert!(number(pair[0].number) < number(pair[1].number), "{} {}", pair[0].number, pair[1].number);
    }
    for row in TABLE {
        assert!((1..=3).contains(&row.level) && row.summary.ends_with('.') && !row.by.is_empty(), "{}", row.number);
        assert!(row.link().ends_with(".md"), "{}", row.number);
    }
}
