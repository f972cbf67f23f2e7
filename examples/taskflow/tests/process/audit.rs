//! Tests that `audit/manifest.json` contains what production promises.

use std::{fs, path::Path};

use hardened::manifest::{Manifest, RuleOutcome, SettingState, Transport};

use crate::{on_ones_own_machine, taskflow};

/// Returns the path of a file of the evidence.
fn audit(file: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("audit").join(file).to_str().unwrap().to_owned()
}

/// With `UPDATE_EVIDENCE` the manifest is rewritten. The evidence that is made from it comes later, because test binaries run
/// in the order of their names.
#[test]
fn the_manifest_of_production_is_up_to_date() {
    let manifest = || taskflow(&["config", "manifest", "--env-file", &audit("plain.env"), "--tier", "production"]);
    if std::env::var_os("UPDATE_EVIDENCE").is_some() {
        let output = manifest().output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::write(audit("manifest.json"), output.stdout).unwrap();
    }
    let output = manifest().args(["--check", &audit("manifest.json")]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\nthe command that writes it is in examples/taskflow/README.md");
}

#[test]
fn the_program_reports_on_its_own_configuration_to_an_auditor() {
    let file = taskflow(&["config", "audit", "--manifest", &audit("manifest.json")]);
    let own = taskflow(&["config", "audit"]);
    for (mut command, tier) in [(file, "Tier production"), (own, "Tier development")] {
        let output = on_ones_own_machine(&mut command).output().unwrap();
        let report = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(report.starts_with("# Audit of taskflow") && report.contains(tier), "{report}");
        assert!(report.contains("| GET | `/tasks` | users |"), "{report}");
    }
}

/// This detects a promise that is lost, not only one that changed.
#[test]
fn production_promises_what_the_readme_says() {
    let manifest = Manifest::parse(&fs::read_to_string(audit("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest.service.name.as_deref(), Some("taskflow"));
    let promises = &manifest.promises;
    assert_eq!(promises.cors[0].origins[0].as_str(), "https://app.example.com");
    assert_eq!(promises.databases[0].transport, Transport::Require);
    assert!(promises.docs.as_ref().unwrap().hidden.contains(&"/docs".into()));
    let paths: Vec<_> = promises.health.iter().map(|check| check.path.as_str()).collect();
    assert_eq!(paths, ["/health", "/livez", "/readyz"]);
    let routes = manifest.routes.as_deref().unwrap();
    let open: Vec<_> =
        routes.iter().filter(|route| route.token == Some(false)).map(|route| route.path.as_str()).collect();
    assert_eq!((routes.len(), open), (7, vec!["/sign-in", "/sign-up"]));
    let assumed = manifest.settings.iter().filter(|setting| setting.state == SettingState::Assumed);
    assert_eq!(assumed.map(|setting| setting.name.as_str()).collect::<Vec<_>>(), ["database.url", "jwt.secret_key"]);
    let broken = manifest.rules.iter().filter(|rule| rule.outcome == RuleOutcome::NotHeld);
    // An example does not have a real host name.
    assert_eq!(broken.map(|rule| rule.code.as_str()).collect::<Vec<_>>(), ["host-reserved"]);
}
