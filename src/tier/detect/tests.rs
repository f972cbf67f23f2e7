//! Tests of the tier of whole environments.

mod platforms;

use hardened_core::tier::NAMES;
use proptest::prelude::*;

use super::*;
use crate::tier::platforms::{Marker, PLATFORMS};

fn found(environment: Environment) -> Detected {
    detect(&environment, &TierNames::default())
}

fn set<const N: usize>(variables: [(&str, &str); N]) -> Environment {
    variables.into_iter().collect()
}

/// Returns an environment in which one marker of a platform shows.
fn marked(marker: Marker) -> Environment {
    match marker {
        Marker::Set(name) => Environment::empty().set(name, "anything"),
        Marker::Both(one, other) => Environment::empty().set(one, "anything").set(other, "anything"),
        Marker::Is(name, value) => Environment::empty().set(name, value),
        Marker::File(path) => Environment::empty().marker_file(path),
    }
}

#[test]
fn the_reasons_read_as_sentences() {
    for (environment, tier, evidence) in [
        (set([]), Tier::Production, vec!["ENVIRONMENT is not set"]),
        (set([("ENVIRONMENT", "  ")]), Tier::Production, vec!["ENVIRONMENT is blank"]),
        (set([("ENVIRONMENT", "PROD")]), Tier::Production, vec!["ENVIRONMENT=prod"]),
        (set([("ENVIRONMENT", "hunter2")]), Tier::Production, vec!["ENVIRONMENT does not name a known tier"]),
        (set([("APP_ENV", "staging")]), Tier::Preview, vec!["APP_ENV=staging"]),
        (set([("ENVIRONMENT", ""), ("APP_ENV", "dev")]), Tier::Development, vec!["APP_ENV=dev"]),
        (
            set([("ENVIRONMENT", "dev"), ("INVOCATION_ID", "1")]),
            Tier::Development,
            vec!["ENVIRONMENT=dev", "running under systemd"],
        ),
        (
            set([("KUBERNETES_SERVICE_HOST", "10.0.0.1")]),
            Tier::Production,
            vec!["ENVIRONMENT is not set", "running on Kubernetes"],
        ),
        (
            set([("RAILWAY_PROJECT_ID", "1"), ("RAILWAY_ENVIRONMENT_NAME", "production")]),
            Tier::Production,
            vec!["Railway's environment is production", "ENVIRONMENT is not set"],
        ),
        (
            set([("RAILWAY_PROJECT_ID", "1"), ("RAILWAY_ENVIRONMENT_NAME", "x")]),
            Tier::Production,
            vec!["ENVIRONMENT is not set", "Railway's environment is a preview"],
        ),
    ] {
        let detected = found(environment);
        assert_eq!((detected.tier, detected.evidence), (tier, evidence.iter().map(ToString::to_string).collect()));
    }
}

#[test]
fn the_strictest_of_two_variables_counts() {
    for (first, second, tier, differs) in [
        ("dev", "development", Tier::Development, false),
        ("dev", "prod", Tier::Production, true),
        ("prod", "dev", Tier::Production, true),
        ("test", "dev", Tier::Test, true),
        ("staging", "test", Tier::Preview, true),
    ] {
        let detected = found(set([("ENVIRONMENT", first), ("APP_ENV", second)]));
        assert_eq!(detected.tier, tier, "{first} {second}");
        let says = detected.observations.iter().any(|seen| matches!(seen, Observation::Differing { .. }));
        assert_eq!(says, differs, "{first} {second}");
        assert!(detected.evidence.len() == 2, "{first} {second}");
    }
}

#[test]
fn doubt_about_either_variable_is_production() {
    for variables in [[("ENVIRONMENT", "dev"), ("APP_ENV", "web")], [("ENVIRONMENT", "web"), ("APP_ENV", "dev")]] {
        let detected = found(set(variables));
        assert_eq!(detected.tier, Tier::Production);
        assert!(matches!(detected.observations[..], [Observation::Unknown { suggestion: None, .. }]));
    }
}

#[test]
fn a_variable_of_the_services_own_replaces_both() {
    let names = TierNames { variable: Some("STAGE"), aliases: Vec::new() };
    let environment = set([("ENVIRONMENT", "production"), ("STAGE", "dev")]);
    assert_eq!(detect(&environment, &names).tier, Tier::Development);
    assert_eq!(detect(&set([("ENVIRONMENT", "dev")]), &names).evidence, ["STAGE is not set"]);
}

#[test]
fn an_alias_is_for_production_or_preview() {
    let aliases = vec![("prod-eu", Tier::Production), ("laptop", Tier::Development), ("unit", Tier::Test)];
    let names = TierNames { variable: None, aliases };
    let detected = detect(&set([("ENVIRONMENT", "prod-eu")]), &names);
    assert_eq!((detected.tier, &*detected.evidence[0]), (Tier::Production, "ENVIRONMENT=prod-eu"));
    assert_eq!(
        detected.observations,
        [
            Observation::Alias { alias: "laptop", tier: Tier::Development },
            Observation::Alias { alias: "unit", tier: Tier::Test },
        ]
    );
    let refused = detect(&set([("ENVIRONMENT", "laptop")]), &names);
    assert_eq!(refused.tier, Tier::Production);
    let unknown = Observation::Unknown { variable: "ENVIRONMENT", suggestion: None };
    assert!(refused.observations.contains(&unknown));
}

#[test]
fn a_release_build_is_not_for_development() {
    let file = "/var/run/secrets/kubernetes.io/serviceaccount/token";
    for (environment, expected) in [
        (set([]), Some(false)),
        (set([("INVOCATION_ID", "1")]).marker_file("/.dockerenv"), Some(false)),
        (set([("KUBERNETES_SERVICE_HOST", "10.0.0.1")]), Some(true)),
        (Environment::empty().marker_file(file), Some(true)),
        (set([("DYNO", "web.1")]), None),
    ] {
        for (name, tier) in [("dev", Tier::Development), ("ci", Tier::Test)] {
            let declared = environment.clone().set("ENVIRONMENT", name);
            let release = found(declared.clone().release_build()).observations;
            let expected = expected.map(|in_kubernetes| Observation::ReleaseBuild {
                variable: "ENVIRONMENT",
                tier,
                in_kubernetes,
            });
            let said = release.into_iter().find(|seen| matches!(seen, Observation::ReleaseBuild { .. }));
            assert_eq!(said, expected, "{environment:?} {name}");
            let debug = found(declared).observations;
            assert!(!debug.iter().any(|seen| matches!(seen, Observation::ReleaseBuild { .. })));
        }
        for hardened in ["preview", "production", ""] {
            let observations = found(environment.clone().set("ENVIRONMENT", hardened).release_build()).observations;
            assert!(!observations.iter().any(|seen| matches!(seen, Observation::ReleaseBuild { .. })));
        }
    }
}

#[test]
fn a_padded_name_is_found_and_does_not_count() {
    for (name, place) in [
        ("ENVIRONMENT ", "after"),
        (" ENVIRONMENT", "before"),
        ("\tENVIRONMENT\t", "around"),
        ("ENVIRONMENT\u{a0}", "after"),
        ("\u{feff}ENVIRONMENT", "before"),
        ("ENVIRONMENT\r", "after"),
        ("ENVIRONMENT\u{200b}\n", "after"),
    ] {
        let expected = Observation::PaddedName { variable: "ENVIRONMENT", place };
        let detected = found(set([(name, "development"), ("PATH", "/bin")]));
        assert_eq!((detected.tier, &*detected.observations), (Tier::Production, &[expected][..]), "{name:?}");
        let declared = found(set([(name, "development"), ("APP_ENV", "preview")]));
        assert_eq!((declared.tier, &*declared.observations), (Tier::Preview, &[][..]), "{name:?}");
    }
    for name in ["ENVIRONMENTS", "MY ENVIRONMENT", "ENVIRON MENT", "environment ", "\"ENVIRONMENT\""] {
        assert_eq!(found(set([(name, "development")])).observations, [], "{name:?}");
    }
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_production() {
    use std::{ffi::OsString, os::unix::ffi::OsStringExt};
    let environment = Environment::empty().set("ENVIRONMENT", OsString::from_vec(b"dev\xff".to_vec()));
    let detected = found(environment);
    assert_eq!(detected.tier, Tier::Production);
    assert_eq!(detected.observations, [Observation::NotText { variable: "ENVIRONMENT" }]);
    let name = OsString::from_vec(b"ENVIRONMENT\xa0".to_vec());
    let observations = found(Environment::empty().set(name, "dev")).observations;
    assert_eq!(observations, [Observation::PaddedName { variable: "ENVIRONMENT", place: "after" }]);
}

#[test]
fn a_laptop_is_taken_for_one() {
    let own = |is_blank| Some(Undeclared { variable: "ENVIRONMENT", is_blank });
    for (environment, expected) in [
        (set([]), own(false)),
        (set([("ENVIRONMENT", " ")]), own(true)),
        (set([("INVOCATION_ID", "1"), ("CODESPACES", "true")]), own(false)),
        (set([("VERCEL", "1"), ("VERCEL_ENV", "development")]), own(false)),
        (set([("VERCEL", "1"), ("VERCEL_ENV", "preview")]), None),
        (set([("KUBERNETES_SERVICE_HOST", "10.0.0.1")]), None),
        (set([("NOMAD_ALLOC_ID", "1")]), None),
        (set([("DYNO", "web.1")]), None),
        (set([("ENVIRONMENT", "production")]), None),
        (set([("ENVIRONMENT", "unknown")]), None),
    ] {
        assert_eq!(found(environment.clone()).undeclared, expected, "{environment:?}");
    }
}

#[test]
fn a_long_value_is_read_in_no_time() {
    for text in ["x".repeat(1 << 20), "\u{200b}".repeat(1 << 18), " ".repeat(1 << 20)] {
        assert_eq!(found(Environment::empty().set("ENVIRONMENT", text)).tier, Tier::Production);
    }
}

/// Returns texts that are close to a tier name: names with all kinds of noise in and around them.
fn nearly_a_name() -> impl Strategy<Value = String> {
    let names: Vec<_> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let noise = "[ \t\"'\u{a0}\u{200b}\u{feff}a-zA-Z0-9=,-]{0,3}";
    (noise, proptest::sample::select(names), noise, any::<bool>()).prop_map(|(before, name, after, upper)| {
        format!("{before}{}{after}", if upper { name.to_uppercase() } else { name.to_owned() })
    })
}

/// Returns what a careless reader would see: a text without blanks, quotes and invisible characters, in lower case.
fn plain(text: &str) -> String {
    let dropped = |symbol: &char| !symbol.is_whitespace() && !"\"'\u{200b}\u{feff}".contains(*symbol);
    text.chars().filter(dropped).collect::<String>().to_ascii_lowercase()
}

proptest! {
    #[test]
    fn only_a_known_name_is_laxer_than_production(text in prop_oneof![nearly_a_name(), any::<String>()]) {
        let detected = found(Environment::empty().set("ENVIRONMENT", text.replace('\0', "")));
        if detected.tier < Tier::Production {
            let (_, names) = NAMES.iter().find(|(tier, _)| *tier == detected.tier).unwrap();
            let written = plain(&text);
            prop_assert!(names.contains(&&*written), "{:?} is {}", text, detected.tier);
        }
    }

    #[test]
    fn no_value_is_ever_repeated(text in "[A-Z0-9_]{12,40}") {
        let shown = format!("{:?}", found(set([("ENVIRONMENT", &*text), ("RAILWAY_PROJECT_ID", &*text),
            ("RAILWAY_ENVIRONMENT_NAME", &*text)])));
        prop_assert!(!shown.contains(&text));
    }
}
