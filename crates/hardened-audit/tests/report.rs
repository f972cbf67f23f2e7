//! What a report consists of, and that no text can inject markup into its pages.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardened_audit::{Audit, Decision, Report, ScanResult, report::Standing};
use hardened_core::{manifest::Manifest, rule::Rule, verification::Verification};
use serde_json::{Value, json};

const MANIFEST: &str = include_str!("../../../examples/taskflow/audit/manifest.json");
const VERIFICATION: &str = include_str!("../../../examples/taskflow/audit/verification.json");

fn rules() -> Vec<Rule> {
    [hardened::rule::ALL, hardened_verify::rule::ALL, &hardened_scan::rule::ALL].concat()
}

fn scan(findings: &Value, not_searched: &Value) -> Value {
    json!({
        "schema_version": 1, "outcome": "found", "omitted": 0, "accepted": 2, "not_searched": not_searched,
        "searched": { "values": 3, "files": 120, "objects": 900, "bytes": 1 }, "findings": findings,
    })
}

fn scanned(findings: &Value, not_searched: &Value) -> ScanResult {
    ScanResult::parse(&scan(findings, not_searched).to_string()).unwrap()
}

#[test]
fn no_text_of_a_document_becomes_markup() {
    const EVIL: &str = "<script>alert(1)</script>\"'><img src=x onerror=y> | `a` [b](javascript:c)\n# d\r\n\u{202e}";
    let mut manifest: Value = serde_json::from_str(MANIFEST).unwrap();
    manifest["service"] = json!({ "name": EVIL, "version": EVIL });
    manifest["tier"]["evidence"] = json!([EVIL]);
    manifest["waivers"] = json!([{ "code": EVIL, "subject": EVIL, "reason": EVIL, "used": true }]);
    manifest["promises"]["own"] = json!({ EVIL: EVIL });
    manifest["promises"]["tokens"][0]["issuer"] = json!(EVIL);
    for name in ["name", "kind"] {
        manifest["settings"][0][name] = json!(EVIL);
    }
    manifest["settings"][0]["variables"] = json!([EVIL]);
    manifest["rules"][0] = json!({ "code": EVIL, "level": "refuse", "outcome": "not-held", "subjects": [EVIL] });
    let mut verification: Value = serde_json::from_str(VERIFICATION).unwrap();
    verification["run"]["started"] = json!(EVIL);
    verification["run"]["remarks"] = json!([EVIL]);
    verification["target"]["url"] = json!(EVIL);
    verification["left_behind"] = json!([{ "path": EVIL, "reason": EVIL, "removable": true, "made": true }]);
    for name in ["check", "case", "rule", "reason", "remedy"] {
        verification["outcomes"][0][name] = json!(EVIL);
    }
    verification["outcomes"][0]["verdict"] = json!("fail");
    verification["outcomes"][0]["severity"] = json!("error");
    let findings = json!([{
        "code": EVIL, "severity": EVIL, "subject": EVIL, "message": EVIL, "remedy": EVIL, "place": { "path": EVIL, "text": EVIL }
    }]);
    let decision = Decision::parse(
        EVIL,
        &format!("# 1. {}\n\nStatus: {}\n\nConfirmed by: `evil-code`.\n", &EVIL[..40], &EVIL[..40]),
    );
    let report = Audit::new()
        .manifest(Manifest::parse(&manifest.to_string()).unwrap())
        .verification(Verification::parse(&verification.to_string()).unwrap())
        .scan(scanned(&findings, &json!([])))
        .decisions(vec![decision])
        .previous(Manifest::parse(MANIFEST).unwrap())
        .report();
    let page = report.html();
    assert!(page.contains("&lt;script&gt;alert"), "the page does not show the text");
    let own_tags = Audit::new().report().html().matches("<style>").count();
    assert_eq!(page.matches("<style>").count(), own_tags);
    for tag in ["<script", "<img", "<iframe", "<link"] {
        assert!(!page.contains(tag), "{tag}");
    }
    let markdown = report.markdown();
    let prose = prose(&markdown);
    assert!(!prose.contains('<') && !prose.contains("](javascript"), "{prose}");
    assert!(!markdown.contains('\r') && !markdown.contains('\u{202e}'));
    let lines = markdown.lines().filter(|line| line.starts_with("# ")).count();
    assert_eq!(lines, 1, "a heading was added");
    assert_eq!(Report::parse(&report.to_json()).unwrap(), report);
}

/// Returns the text that Markdown may read as markup, which excludes escaped characters and code spans.
fn prose(markdown: &str) -> String {
    let (mut prose, mut is_code, mut symbols) = (String::new(), false, markdown.chars());
    while let Some(symbol) = symbols.next() {
        match symbol {
            '\\' if !is_code => drop(symbols.next()),
            '`' => is_code = !is_code,
            _ if is_code => {}
            _ => prose.push(symbol),
        }
    }
    prose
}

#[test]
fn the_page_loads_nothing_from_a_network() {
    let audit = Audit::new().manifest(Manifest::parse(MANIFEST).unwrap()).rules(rules());
    let page = audit.verification(Verification::parse(VERIFICATION).unwrap()).report().html();
    for attribute in ["src=", "<link", "@import", "url(", "<script", "<base", "<object"] {
        assert!(!page.contains(attribute), "{attribute}");
    }
    assert!(page.contains("default-src 'none'"));
    for place in page.match_indices("http").map(|(at, _)| &page[at.saturating_sub(6)..at]) {
        let is_text = !place.ends_with('=') && !place.ends_with("=\"") || place.ends_with("href=\"");
        assert!(is_text, "{place}");
    }
}

#[test]
fn a_report_of_a_large_service_stays_small() {
    let report = large().report();
    assert_eq!((report.settings.len(), report.endpoints.len()), (200, 300));
    let page = report.html();
    assert!(page.len() < 300_000, "{} bytes", page.len());
}

/// Returns an audit with 200 settings, 300 endpoints and 150 verdicts.
fn large() -> Audit {
    let mut manifest: Value = serde_json::from_str(MANIFEST).unwrap();
    let setting = |number| {
        json!({
            "name": format!("group.setting_{number}"), "variables": [format!("GROUP_SETTING_{number}")], "kind": "number",
            "secret": false, "state": "set", "withheld": false, "source": "environment"
        })
    };
    manifest["settings"] = (0..200).map(setting).collect();
    let route = |number| json!({ "method": "GET", "path": format!("/resources/{number}/{{id}}"), "token": true });
    manifest["routes"] = (0..300).map(route).collect();
    let mut verification: Value = serde_json::from_str(VERIFICATION).unwrap();
    let outcomes = verification["outcomes"].as_array().unwrap().iter().cycle().take(150).cloned().collect::<Vec<_>>();
    verification["outcomes"] = outcomes.into();
    Audit::new()
        .manifest(Manifest::parse(&manifest.to_string()).unwrap())
        .verification(Verification::parse(&verification.to_string()).unwrap())
        .rules(rules())
}

#[test]
fn scan_findings_are_reported_and_rules_without_one_are_evidence() {
    let found = json!([{
        "code": "scan-code-literal", "severity": "error", "subject": "JWT_SECRET_KEY", "message": "a secret is written in the code",
        "remedy": "read it from the environment", "place": { "path": "src/main.rs", "text": "src/main.rs:3" }
    }]);
    let report = Audit::new().scan(scanned(&found, &json!([]))).rules(rules()).report();
    let finding = &report.findings[0];
    assert_eq!((finding.code.as_str(), finding.subject.as_str()), ("scan-code-literal", "src/main.rs:3"));
    assert_eq!(finding.cwe, [798]);
    assert!(report.is_failure());
    let standing =
        |report: &Report, code: &str| report.measures.iter().find(|it| it.code == code).map(|it| it.standing);
    assert_eq!(standing(&report, "scan-code-literal"), Some(Standing::NotHeld));
    assert_eq!(standing(&report, "scan-value-found"), Some(Standing::Held));
    let short = json!([{ "value": "PIN", "reason": "shorter than 12 bytes" }]);
    let report = Audit::new().scan(scanned(&json!([]), &short)).report();
    assert_eq!(standing(&report, "scan-value-found"), Some(Standing::InPart));
    assert_eq!((report.is_failure(), report.scan.map(|it| it.not_searched)), (false, Some(1)));
}

#[test]
fn the_result_of_a_real_scan_is_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let result = hardened_scan::Scan::sources().path(folder).run().unwrap().to_json().to_string();
    let report = Audit::new().scan(ScanResult::parse(&result).unwrap()).report();
    assert!(report.scan.unwrap().files > 10);
}

#[test]
fn a_scan_result_that_is_truncated_or_of_another_version_is_refused() {
    let text = scan(&json!([]), &json!([])).to_string();
    let refused = |text: &str| ScanResult::parse(text).unwrap_err().to_string();
    assert!(refused(&text[..60]).contains("must be JSON"), "{}", refused(&text[..60]));
    let other = text.replace("\"schema_version\":1", "\"schema_version\":2");
    assert!(refused(&other).contains("version 2; must be 1"), "{}", refused(&other));
}

#[test]
fn a_finding_and_a_measure_name_the_weaknesses_of_their_rule() {
    let audit = Audit::new().manifest(Manifest::parse(MANIFEST).unwrap()).rules(rules());
    let report = audit.verification(Verification::parse(VERIFICATION).unwrap()).report();
    let cwe = |code: &str| report.measures.iter().find(|it| it.code == code).unwrap().cwe.clone();
    assert_eq!(cwe("database-tls"), [319]);
    assert_eq!(cwe("tokens-none"), [347]);
    assert!(cwe("tier-raised").is_empty());
    assert!(report.markdown().contains("[CWE-347](https://cwe.mitre.org/data/definitions/347.html)"));
    assert!(report.html().contains(r#"<a href="https://cwe.mitre.org/data/definitions/347.html">CWE-347</a>"#));
}

#[test]
fn documents_that_do_not_belong_together_and_incomplete_decisions_are_findings() {
    let verification = |place: &str, value: Value| {
        let mut document: Value = serde_json::from_str(VERIFICATION).unwrap();
        *document.pointer_mut(place).unwrap() = value;
        Verification::parse(&document.to_string()).unwrap()
    };
    let audit = || {
        let checks = hardened_verify::Family::ALL.iter().flat_map(|family| family.checks()).map(|check| check.id());
        Audit::new().manifest(Manifest::parse(MANIFEST).unwrap()).rules(rules()).checks(checks)
    };
    let decided = |text: &str| audit().decisions(vec![Decision::parse("0001-x.md", text)]);
    let rows = [
        (
            audit().verification(verification("/target/version", json!("0.0.9"))),
            "audit-other-release",
            "error",
            "taskflow 0.0.9",
        ),
        (
            audit().verification(verification("/target/service", json!("billing"))),
            "audit-other-release",
            "error",
            "billing",
        ),
        (audit().verification(verification("/target/tier", json!("preview"))), "audit-other-tier", "error", "preview"),
        (decided("# 1. X\n\nConfirmed by: `tier-unknown`.\n"), "decision-malformed", "warning", "a status"),
        (decided("Status: accepted\n"), "decision-malformed", "warning", "a title"),
        (
            decided("# 1. X\n\nStatus: accepted\n\nConfirmed by: `cors-forein-origin`.\n"),
            "decision-unknown-code",
            "warning",
            "forein",
        ),
        (
            decided("# 1. X\n\nStatus: accepted\n\nConfirmed by: `host-reserved`.\n"),
            "decision-contradicted",
            "error",
            "CORS_ORIGINS",
        ),
    ];
    for (audit, code, severity, fact) in rows {
        let report = audit.report();
        let found: Vec<_> = report.findings.iter().map(|it| (it.code.as_str(), it.severity.as_str())).collect();
        assert_eq!(found, [(code, severity)]);
        assert!(report.findings[0].fact.contains(fact), "{}", report.findings[0].fact);
        assert!(report.is_failure());
    }
    let over = decided("# 1. X\n\nStatus: superseded by 2\n\nConfirmed by: `host-reserved`.\n").report();
    assert_eq!(over.findings, []);
}
