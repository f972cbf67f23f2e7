//! Services that answer as frameworks do: healthy, and with a weakness.

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
