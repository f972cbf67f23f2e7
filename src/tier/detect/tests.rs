//! Claims about the tier of whole environments.

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

/// A double in which one marker of a platform shows.
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
fn every_platform_leaves_its_evidence() {
    for platform in PLATFORMS {
        for marker in platform.markers {
            let detected = found(marked(*marker).set("ENVIRONMENT", "dev"));
            let name = platform.name;
            let named = detected.evidence.iter().any(|sentence| sentence.contains(name));
            assert!(named, "{name} {marker:?}: {:?}", detected.evidence);
            let refuses = detected.observations.iter().any(|seen| matches!(seen, Observation::Hosted { .. }));
            assert_eq!(refuses, platform.class == Class::Hosted, "{name} {marker:?}");
            let raises = detected.tier == Tier::Production;
            assert_eq!(raises, platform.class == Class::NamesTier, "{name} {marker:?}: one that is silent is in doubt");
        }
    }
}

#[test]
fn a_blank_marker_is_none_and_a_denied_one_neither() {
    for platform in PLATFORMS {
        for marker in platform.markers {
            if let Marker::Set(name) | Marker::Is(name, _) | Marker::Both(name, _) = *marker {
                let evidence = found(set([("ENVIRONMENT", "dev"), (name, " ")])).evidence;
                assert_eq!(evidence, ["ENVIRONMENT=dev"], "{name}");
            }
            for denied in platform.relatives.iter().chain(platform.lifted_by) {
                let evidence = found(marked(*marker).set("ENVIRONMENT", "dev").set(denied, "1")).evidence;
                assert!(evidence.iter().all(|sentence| !sentence.ends_with(platform.name)), "{denied}: {evidence:?}");
            }
        }
    }
    for (name, value) in
        [("RENDER", "false"), ("REPLIT_DEPLOYMENT", "0"), ("CONTAINER_SIZE", "M"), ("CONTAINER_MEMORY", "1")]
    {
        assert_eq!(found(set([("ENVIRONMENT", "dev"), (name, value)])).evidence, ["ENVIRONMENT=dev"], "{name}");
    }
}

#[test]
fn thirty_three_platforms_are_told_apart_with_few_look_ups() {
    let ids: std::collections::BTreeSet<_> = PLATFORMS.iter().map(|platform| platform.id).collect();
    assert_eq!((PLATFORMS.len(), ids.len()), (33, 33));
    let markers = PLATFORMS.iter().flat_map(|platform| platform.markers);
    let (files, variables): (Vec<&Marker>, Vec<&Marker>) =
        markers.partition(|marker| matches!(marker, Marker::File(_)));
    assert_eq!((files.len(), variables.len()), (3, 55));
}

#[test]
fn what_lifts_a_refusal_is_named() {
    for (environment, platform, lift) in [
        (set([("DYNO", "run.1"), ("HEROKU_TEST_RUN_ID", "1")]), "Heroku", "HEROKU_TEST_RUN_ID"),
        (set([("LAMBDA_TASK_ROOT", "/var/task"), ("AWS_SAM_LOCAL", "true")]), "AWS Lambda", "AWS_SAM_LOCAL"),
        (
            set([("ECS_CONTAINER_METADATA_URI", "http://169.254.170.2"), ("CODEBUILD_BUILD_ID", "api:1")]),
            "AWS ECS",
            "CODEBUILD_BUILD_ID",
        ),
        (
            set([("FUNCTIONS_WORKER_RUNTIME", "custom"), ("AZURE_FUNCTIONS_ENVIRONMENT", "Development")]),
            "Azure Functions",
            "AZURE_FUNCTIONS_ENVIRONMENT",
        ),
        (set([("PLATFORM_APPLICATION_NAME", "api"), ("IS_DDEV_PROJECT", "true")]), "Upsun", "IS_DDEV_PROJECT"),
        (set([("VERCEL", "1"), ("VERCEL_ENV", "development")]), "Vercel", "VERCEL_ENV"),
        (set([("NETLIFY", "true"), ("CONTEXT", "dev")]), "Netlify", "CONTEXT"),
    ] {
        for (name, tier) in [("dev", Tier::Development), ("ci", Tier::Test)] {
            let expected = Observation::Lifted { variable: "ENVIRONMENT", tier, platform, lift };
            assert_eq!(found(environment.clone().set("ENVIRONMENT", name)).observations, [expected]);
        }
        for hardened in ["preview", "production", ""] {
            let observations = found(environment.clone().set("ENVIRONMENT", hardened)).observations;
            assert!(!observations.iter().any(|seen| matches!(seen, Observation::Lifted { .. })), "{lift} {hardened}");
        }
    }
}

#[test]
fn a_variable_that_lifts_one_platform_lifts_no_other() {
    for (marker, lift) in
        [("DYNO", "AWS_SAM_LOCAL"), ("FLY_APP_NAME", "CODEBUILD_BUILD_ID"), ("K_SERVICE", "HEROKU_TEST_RUN_ID")]
    {
        let observations = found(set([(marker, "1"), (lift, "1"), ("ENVIRONMENT", "dev")])).observations;
        assert!(matches!(observations[..], [Observation::Hosted { .. }]), "{marker} {lift}: {observations:?}");
    }
    assert_eq!(found(set([("AWS_SAM_LOCAL", "true"), ("ENVIRONMENT", "dev")])).observations, []);
}

/// Platform, its marker, its variable, a value, and the tier of that environment.
const SAYINGS: &[(&str, &str, &str, &str, Tier)] = &[
    ("Railway", "RAILWAY_SERVICE_ID", "RAILWAY_ENVIRONMENT_NAME", "production", Tier::Production),
    ("Railway", "RAILWAY_SERVICE_ID", "RAILWAY_ENVIRONMENT_NAME", "Production", Tier::Production),
    ("Railway", "RAILWAY_SERVICE_ID", "RAILWAY_ENVIRONMENT_NAME", "prod", Tier::Production),
    ("Railway", "RAILWAY_SERVICE_ID", "RAILWAY_ENVIRONMENT_NAME", "app-pr-7", Tier::Preview),
    ("Railway", "RAILWAY_SERVICE_ID", "RAILWAY_ENVIRONMENT_NAME", "pr-7", Tier::Preview),
    ("Railway", "RAILWAY_SERVICE_ID", "RAILWAY_ENVIRONMENT_NAME", "development", Tier::Preview),
    ("Railway", "RAILWAY_SERVICE_ID", "RAILWAY_ENVIRONMENT_NAME", "anything", Tier::Preview),
    ("Railway", "RAILWAY_SERVICE_ID", "RAILWAY_ENVIRONMENT", "production", Tier::Production),
    ("Vercel", "VERCEL", "VERCEL_ENV", "production", Tier::Production),
    ("Vercel", "VERCEL", "VERCEL_ENV", "preview", Tier::Preview),
    ("Vercel", "VERCEL", "VERCEL_ENV", "staging", Tier::Preview),
    ("Vercel", "VERCEL", "VERCEL_ENV", "development", Tier::Development),
    ("Netlify", "NETLIFY", "CONTEXT", "production", Tier::Production),
    ("Netlify", "NETLIFY", "CONTEXT", "deploy-preview", Tier::Preview),
    ("Netlify", "NETLIFY", "CONTEXT", "branch-deploy", Tier::Preview),
    ("Netlify", "NETLIFY", "CONTEXT", "preview-server", Tier::Preview),
    ("Netlify", "NETLIFY", "CONTEXT", "my-branch", Tier::Preview),
    ("Netlify", "NETLIFY", "CONTEXT", "dev", Tier::Development),
    ("Upsun", "PLATFORM_APPLICATION_NAME", "PLATFORM_ENVIRONMENT_TYPE", "production", Tier::Production),
    ("Upsun", "PLATFORM_APPLICATION_NAME", "PLATFORM_ENVIRONMENT_TYPE", "staging", Tier::Preview),
    ("Upsun", "PLATFORM_APPLICATION_NAME", "PLATFORM_ENVIRONMENT_TYPE", "development", Tier::Preview),
    ("Azure App Service", "WEBSITE_SITE_NAME", "WEBSITE_SLOT_NAME", "Production", Tier::Production),
    ("Azure App Service", "WEBSITE_SITE_NAME", "WEBSITE_SLOT_NAME", "blue", Tier::Preview),
    ("Azure Functions", "FUNCTIONS_WORKER_RUNTIME", "AZURE_FUNCTIONS_ENVIRONMENT", "Production", Tier::Production),
    ("Azure Functions", "FUNCTIONS_WORKER_RUNTIME", "AZURE_FUNCTIONS_ENVIRONMENT", "Staging", Tier::Preview),
    ("Azure Functions", "FUNCTIONS_WORKER_RUNTIME", "AZURE_FUNCTIONS_ENVIRONMENT", "Development", Tier::Development),
    ("Azure Functions", "FUNCTIONS_WORKER_RUNTIME", "WEBSITE_SLOT_NAME", "Production", Tier::Production),
];

#[test]
fn a_platform_that_names_the_tier_raises_it_and_never_lowers_it() {
    for &(platform, marker, variable, value, says) in SAYINGS {
        for (declared, tier) in
            [("dev", Tier::Development), ("test", Tier::Test), ("qa", Tier::Preview), ("prod", Tier::Production)]
        {
            let environment = set([(marker, "1"), (variable, value), ("ENVIRONMENT", declared)]);
            let detected = found(environment);
            let row = format!("{platform} {variable}={value} ENVIRONMENT={declared}");
            assert_eq!(detected.tier, tier.max(says), "{row}");
            let raised = detected.observations.iter().any(|seen| matches!(seen, Observation::Raised { .. }));
            assert_eq!(raised, says > tier, "{row}");
            let decides = detected.evidence[0].starts_with(platform);
            assert_eq!(decides, says > tier, "{row}: {:?}", detected.evidence);
        }
        let undeclared = found(set([(marker, "1"), (variable, value)]));
        assert_eq!(undeclared.tier, Tier::Production, "{platform} {value}: undeclared is production");
    }
}

#[test]
fn a_tier_variable_without_its_platform_says_nothing() {
    for &(_, _, variable, value, _) in SAYINGS {
        let detected = found(set([(variable, value), ("ENVIRONMENT", "dev")]));
        assert_eq!((detected.tier, &*detected.evidence), (Tier::Development, &["ENVIRONMENT=dev".to_owned()][..]));
    }
}

#[test]
fn production_in_what_the_platform_calls_a_preview_was_copied() {
    for (marker, variable, value, expected) in [
        ("RAILWAY_PROJECT_ID", "RAILWAY_ENVIRONMENT_NAME", "app-pr-7", Some("Railway")),
        ("RAILWAY_PROJECT_ID", "RAILWAY_ENVIRONMENT_NAME", "production", None),
        ("VERCEL", "VERCEL_ENV", "preview", Some("Vercel")),
        ("VERCEL", "VERCEL_ENV", "development", None),
        ("NETLIFY", "CONTEXT", "branch-deploy", Some("Netlify")),
        ("WEBSITE_SITE_NAME", "WEBSITE_SLOT_NAME", "staging", Some("Azure App Service")),
        ("RENDER", "IS_PULL_REQUEST", "true", Some("Render")),
        ("RENDER", "IS_PULL_REQUEST", "false", None),
        ("DYNO", "HEROKU_PR_NUMBER", "7", Some("Heroku")),
        ("DYNO", "HEROKU_BRANCH", "main", Some("Heroku")),
        ("DYNO", "PORT", "80", None),
        ("NAIS_APP_NAME", "NAIS_CLUSTER_NAME", "dev-gcp", Some("NAIS")),
        ("NAIS_APP_NAME", "NAIS_CLUSTER_NAME", "prod-gcp", None),
        ("NAIS_APP_NAME", "NAIS_CLUSTER_NAME", "other", None),
        ("LAMBDA_TASK_ROOT", "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST", None),
        ("GAE_SERVICE", "GAE_ENV", "standard", None),
    ] {
        let environment = set([(marker, "true"), (variable, value)]);
        let detected = found(environment.clone().set("ENVIRONMENT", "production"));
        let copied = detected.observations.iter().find_map(|seen| match seen {
            Observation::Copied { platform, .. } => Some(*platform),
            _ => None,
        });
        assert_eq!((detected.tier, copied), (Tier::Production, expected), "{variable}={value}");
        for other in ["preview", "unknown", ""] {
            let observations = found(environment.clone().set("ENVIRONMENT", other)).observations;
            assert!(!observations.iter().any(|seen| matches!(seen, Observation::Copied { .. })), "{variable} {other}");
        }
    }
}

#[test]
fn a_relative_with_the_same_markers_is_not_named_twice() {
    for (environment, expected) in [
        (set([("K_SERVICE", "f"), ("FUNCTION_TARGET", "f")]), "running on Cloud Functions"),
        (set([("K_SERVICE", "f"), ("CE_PROJECT_ID", "1")]), "running on IBM Code Engine"),
        (set([("DYNO", "web.1"), ("DOKKU_APP_TYPE", "herokuish")]), "running on Dokku"),
        (
            set([("WEBSITE_SITE_NAME", "f"), ("WEBSITE_SLOT_NAME", "blue"), ("FUNCTIONS_EXTENSION_VERSION", "~4")]),
            "Azure Functions' environment is a preview",
        ),
    ] {
        assert_eq!(found(environment).evidence, ["ENVIRONMENT is not set", expected]);
    }
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

/// A text that is close to a name: names, with every kind of noise in and around them.
fn nearly_a_name() -> impl Strategy<Value = String> {
    let names: Vec<_> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let noise = "[ \t\"'\u{a0}\u{200b}\u{feff}a-zA-Z0-9=,-]{0,3}";
    (noise, proptest::sample::select(names), noise, any::<bool>()).prop_map(|(before, name, after, upper)| {
        format!("{before}{}{after}", if upper { name.to_uppercase() } else { name.to_owned() })
    })
}

/// What a careless person would call plain: visible ASCII letters, digits and hyphens, in lower case.
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
