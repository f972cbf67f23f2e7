//! `hardened audit`: reports, comparisons of releases, and statements.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use support::{Project, run};

const MANIFEST: &str = r#"{
  "schema_version": 1,
  "service": { "name": "taskflow", "version": "1.2.0" },
  "tier": { "value": "production", "evidence": ["ENVIRONMENT=production"] },
  "settings": [],
  "rules": [{ "code": "tier-unknown", "level": "refuse", "outcome": "held", "subjects": [] }],
  "waivers": [],
  "promises": {
    "cors": [{
      "group": "cors", "any_origin": false, "origins": ["https://app.example.com"], "patterns": [], "credentials": true,
      "methods": ["GET"], "headers": [], "exposed_headers": []
    }],
    "health": [], "tokens": [], "databases": [], "connections": [], "own": {}
  }
}"#;

fn project() -> Project {
    let wider =
        MANIFEST.replace(r#""https://app.example.com""#, r#""https://app.example.com", "https://b.example.com""#);
    let verification = include_str!("data/verification.json");
    Project::bare(&[
        ("old.json", MANIFEST),
        ("new.json", &wider),
        ("cut.json", &MANIFEST[..100]),
        ("other.json", &MANIFEST.replace("\"schema_version\": 1", "\"schema_version\": 9")),
        ("verification.json", verification),
        ("adr/0001-held.md", "# 1. The tier\n\nStatus: accepted.\n\nConfirmed by: `tier-unknown`.\n"),
        ("adr/0002-broken.md", "# 2. Documentation\n\nStatus: accepted.\n\nConfirmed by: `docs-hidden`.\n"),
        ("adr/0004-typo.md", "# 4. Other\n\nStatus: accepted.\n\nConfirmed by: `tier-unknwon`.\n"),
        ("adr/template.md", "# Template\n"),
    ])
}

fn path(project: &Project, name: &str) -> String {
    project.path(name).to_str().unwrap().to_owned()
}

#[test]
fn a_report_says_what_holds_what_does_not_and_what_was_not_shown() {
    let project = project();
    let (manifest, verification) = (path(&project, "old.json"), path(&project, "verification.json"));
    let decisions = path(&project, "adr");
    let given = ["audit", "--manifest", &manifest, "--verification", &verification, "--decisions", &decisions];
    let ran = run(&given);
    assert_eq!(ran.status, 1, "{}", ran.told());
    insta::assert_snapshot!("audit-markdown", ran.stdout);
    let twice = run(&given);
    assert_eq!(twice.stdout, ran.stdout);
    for format in ["json", "html"] {
        let ran = run(&[&given[..], &["--format", format]].concat());
        assert!(ran.status == 1 && ran.stdout.contains("decision-contradicted"), "{format}: {}", ran.told());
    }
}

#[test]
fn a_requirement_that_is_only_configured_is_not_called_met() {
    let project = project();
    let ran = run(&["audit", "--manifest", &path(&project, "old.json"), "--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.told());
    let report = hardened_audit::Report::parse(&ran.stdout).unwrap();
    let met = |it: &&hardened_audit::report::Requirement| it.number == "3.4.2";
    let standing = report.asvs.iter().find(met).unwrap().standing;
    assert_eq!(standing, hardened_audit::report::RequirementStanding::NotShown);
    assert!(report.not_shown.iter().any(|it| it.reason.contains("no verification")), "{:?}", report.not_shown);
}

#[test]
fn a_new_origin_makes_a_release_weaker_and_its_removal_stronger() {
    let project = project();
    let (old, new) = (path(&project, "old.json"), path(&project, "new.json"));
    let ran = run(&["audit", "diff", &old, &new]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (1, "weaker     promises.cors.cors.origins: + https://b.example.com\n")
    );
    let back = run(&["audit", "diff", &new, &old]);
    assert_eq!((back.status, back.stdout.split(' ').next()), (0, Some("stronger")));
    assert_eq!(run(&["audit", "diff", &old, &old]).stdout, "nothing changed\n");
    assert!(run(&["audit", "diff", &old, &new, "--format", "markdown"]).stdout.contains("**1 of 1 changes"));
}

#[test]
fn two_verifications_can_be_compared_but_not_documents_of_different_kinds() {
    let of_taskflow = |name: &str| format!("{}/../../examples/taskflow/audit/{name}", env!("CARGO_MANIFEST_DIR"));
    let (manifest, verification) = (of_taskflow("manifest.json"), of_taskflow("verification.json"));
    let same = run(&["audit", "diff", &verification, &verification]);
    assert_eq!((same.status, same.stdout.as_str()), (0, "nothing changed\n"));
    let mixed = run(&["audit", "diff", &manifest, &verification]);
    assert_eq!(mixed.status, 2, "{}", mixed.told());
    assert!(mixed.stderr.contains("a manifest and a verification cannot be compared"), "{}", mixed.stderr);
}

#[test]
fn an_error_in_an_input_names_the_place_and_the_expectation() {
    let project = project();
    for (arguments, expected) in [
        (&["--manifest", "cut.json"][..], "must be JSON"),
        (&["--manifest", "other.json"], "schema_version: version 9; must be 1"),
        (&["--verification", "old.json"], "missing: line"),
        (&["--manifest", "nowhere.json"], "cannot be read"),
        (&["--decisions", "nowhere"], "cannot be read"),
        (&[], "nothing was given"),
    ] {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|it| if it.starts_with("--") { (*it).to_owned() } else { path(&project, it) })
            .collect();
        let ran = run(&[&["audit"][..], &arguments.iter().map(String::as_str).collect::<Vec<_>>()].concat());
        assert_eq!(ran.status, 2, "{arguments:?}: {}", ran.told());
        assert!(ran.stderr.contains(expected), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn a_statement_names_the_digest_of_an_artifact() {
    let project = project();
    let (manifest, digest) = (path(&project, "old.json"), "0f".repeat(32));
    let ran = run(&["audit", "--manifest", &manifest, "--statement", &format!("taskflow@{digest}")]);
    let statement: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(statement["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(statement["subject"][0]["digest"]["sha256"], digest);
    assert_eq!(run(&["audit", "--manifest", &manifest, "--statement", "taskflow@12"]).status, 2);
}
