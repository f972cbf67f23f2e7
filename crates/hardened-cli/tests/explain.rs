//! `hardened explain`: the list of rules and the explanation of each.

mod support;

use hardened_core::rule::Rule;
use support::run;

/// Returns the rules of every crate.
fn all() -> Vec<Rule> {
    let tables =
        [hardened::rule::ALL, hardened_verify::rule::ALL, &hardened_scan::rule::ALL, hardened_audit::rule::ALL];
    tables.concat()
}

#[test]
fn explanations_match_the_reviewed_snapshots() {
    for code in ["secret-too-short", "file-world-writable", "tier-raised"] {
        let ran = run(&["explain", code]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{code}");
        insta::assert_snapshot!(format!("explain-{code}"), ran.stdout);
    }
    let ran = run(&["explain", "secret-too-short", "--format", "json"]);
    insta::assert_snapshot!("explain-json", ran.stdout);
    insta::assert_snapshot!("explain-unknown", run(&["explain", "secret-to-short"]).told());
}

#[test]
fn the_list_has_a_line_for_every_rule() {
    let ran = run(&["explain"]);
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), all().len());
    for (rule, line) in all().iter().zip(lines) {
        assert!(line.starts_with(rule.code()) && line.ends_with(rule.holds()), "{line}");
    }
}

#[test]
fn every_rule_is_explained_completely() {
    let listed: serde_json::Value = serde_json::from_str(&run(&["explain", "--format", "json"]).stdout).unwrap();
    let listed = listed["rules"].as_array().unwrap();
    assert_eq!(listed.len(), all().len());
    for (rule, listed) in all().iter().zip(listed) {
        assert_eq!(listed["code"], rule.code());
        for part in ["holds", "why", "waivable"] {
            assert_ne!(listed[part].as_str().unwrap_or_default(), "", "{rule} {part}");
        }
        assert_eq!(listed["remedy"].as_str(), rule.remedy(), "{rule}");
        assert_eq!(listed["levels"].as_object().unwrap().len(), 4, "{rule}");
    }
}

#[test]
fn a_rule_is_also_found_by_the_name_of_its_constant() {
    let wanted = run(&["explain", "secret-uuid"]).stdout;
    for code in ["SECRET_UUID", "Secret-Uuid", " secret-uuid "] {
        assert_eq!(run(&["explain", code]).stdout, wanted, "{code}");
    }
}

#[test]
fn text_that_cannot_be_a_rule_code_is_not_repeated() {
    for code in ["hunter2/+=", "\u{1b}[31mred", &"x".repeat(65)] {
        let ran = run(&["explain", code]);
        assert_eq!(ran.status, 2);
        assert!(!ran.stderr.contains(code) && !ran.stderr.contains('\u{1b}'), "{}", ran.stderr);
    }
}

#[test]
fn a_rule_without_a_remedy_has_no_fix_line() {
    for rule in all() {
        let has_fix = run(&["explain", rule.code()]).stdout.lines().any(|line| line.trim().starts_with("fix "));
        assert_eq!(has_fix, rule.remedy().is_some(), "{rule}");
    }
}
