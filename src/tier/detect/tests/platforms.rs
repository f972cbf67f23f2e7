//! Tests of what platforms say about the tier.

use super::*;

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
    assert_eq!(PLATFORMS.len(), ids.len());
    let readme = include_str!("../../../../README.md");
    assert!(readme.contains(&format!("{} platforms are known", ids.len())), "{} platforms", ids.len());
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

/// Platform, its marker, its variable, a value, and the tier that the value means.
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
