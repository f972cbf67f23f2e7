//! Services that respond as frameworks do, both healthy ones and weak ones.

mod dialect;
mod dialects;
mod django;
mod parse;
mod plain;
mod postgrest;
mod service;

use self::service::run;
use crate::common::{failed, of, verdict};

#[tokio::test]
async fn a_healthy_service_of_each_framework_has_no_finding() {
    for (name, framework) in [
        ("Django REST", django::REST),
        ("Django with pages", django::PAGES),
        ("PostgREST", postgrest::TABLES),
        ("Parse", parse::CLASSES),
    ] {
        let verification = run(&framework, "").await;
        assert_eq!(failed(&verification), [""; 0], "{name}: {verification}");
        for check in ["isolation-read", "isolation-list", "isolation-update", "isolation-delete", "tokens-missing"] {
            assert_eq!(verdict(&verification, check), "pass", "{name}: {check}: {verification}");
        }
        assert_eq!(verdict(&verification, "isolation-existence"), "pass", "{name}: {verification}");
        let notes = verification.left_behind().iter().filter(|left| left.path.contains("ote"));
        assert_eq!(notes.count(), 0, "{name}: {verification}");
    }
}

#[tokio::test]
async fn a_weak_service_of_each_framework_is_found() {
    for (framework, weakness, expected) in [
        (django::REST, "documentation", "docs-hidden"),
        (django::REST, "read", "isolation-read"),
        (django::PAGES, "cookie", "cookies-http-only"),
        (django::PAGES, "read", "isolation-read"),
        (postgrest::TABLES, "documentation", "docs-hidden"),
        (postgrest::TABLES, "rows", "isolation-read"),
        (parse::CLASSES, "rows", "isolation-list"),
    ] {
        let verification = run(&framework, weakness).await;
        assert!(
            of(&verification, expected).iter().any(|it| it.verdict().name() == "fail"),
            "{weakness}: {verification}"
        );
    }
}

/// Checks that are inconclusive for a healthy service of a dialect: the dialect, the check and the reason.
const UNKNOWN: &[(&str, &str, &str)] = &[];

#[tokio::test(start_paused = true)]
async fn a_healthy_service_of_each_dialect_has_no_finding() {
    let mut wrong = Vec::new();
    for dialect in dialects::ALL {
        let verification = dialect::verify(dialect, "").await;
        let unclear = verification.outcomes().iter().filter(|outcome| outcome.verdict().name() == "inconclusive");
        let is_known = |id: &str, reason: &str| {
            UNKNOWN.iter().any(|(name, check, known)| *name == dialect.name && *check == id && reason.contains(known))
        };
        let unclear = unclear.filter(|it| !is_known(it.check().id(), it.verdict().reason()));
        let bad: Vec<_> = verification.failures().chain(unclear).map(ToString::to_string).collect();
        let is_shown = |check: &&&str| verdict(&verification, check) != "pass";
        let isolated = ["read", "list", "update", "delete", "anonymous", "existence"];
        let checks: Vec<_> = isolated.iter().map(|name| format!("isolation-{name}")).collect();
        let checks: Vec<_> = checks.iter().map(String::as_str).chain(["tokens-missing", "tokens-junk"]).collect();
        let unshown: Vec<_> = checks.iter().filter(is_shown).collect();
        if !(bad.is_empty() && unshown.is_empty() && verification.left_behind().is_empty()) {
            wrong.push(format!("{}: {bad:#?} {unshown:?} {:?}", dialect.name, verification.left_behind()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(start_paused = true)]
async fn each_weakness_of_each_dialect_is_found_by_the_right_check_alone() {
    let mut wrong = Vec::new();
    for dialect in dialects::ALL {
        for (weakness, expected, others) in dialect::WEAKNESSES {
            let verification = dialect::verify(dialect, weakness).await;
            let mut found: Vec<_> = verification.failures().map(|outcome| outcome.check().id()).collect();
            found.dedup();
            let is_known = |id: &&str| id == expected || others.contains(id);
            if !found.contains(expected) || !found.iter().all(is_known) {
                wrong.push(format!("{}, {weakness}: found {found:?}", dialect.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
