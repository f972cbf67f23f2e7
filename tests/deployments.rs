//! Environments that services really get, and the expected findings of each: a healthy service is never refused, and an
//! unsafe one never starts.
//!
//! One row is one deployment. A row has the variables that are set, other facts about the machine, the tier, every finding as
//! `code subject` in the order of the report, and whether the service starts.

use hardened::{
    Config, Environment, Loaded, Loader, Report, Tier,
    Tier::{Development, Preview, Production, Test},
    finding::Reported,
    load::Reader,
    rule,
    schema::Schema,
};

/// A service without settings, so that only its tier is checked.
struct Service;

impl Config for Service {
    const SCHEMA: &'static Schema = &Schema::new("Service", "", &[]);

    fn read(_: &mut Reader<'_>) -> Result<Self, Reported> {
        Ok(Self)
    }

    fn loader(loader: Loader) -> Loader {
        loader.tier_alias("prod-eu", Production)
    }
}

/// Whether the service starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Starts,
    Refused,
}
use Verdict::{Refused, Starts};

/// Facts about a machine that the variables do not show.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Machine {
    DebugBuild,
    ReleaseBuild,
    ReleaseBuildWith(&'static str),
}
use Machine::{DebugBuild, ReleaseBuild, ReleaseBuildWith};

pub(crate) struct Row(
    pub(crate) &'static str,
    pub(crate) &'static [(&'static str, &'static str)],
    pub(crate) Machine,
    pub(crate) (Tier, &'static str),
    pub(crate) &'static [&'static str],
    pub(crate) Verdict,
);

pub(crate) const RAILWAY: (&str, &str) = ("RAILWAY_PROJECT_ID", "5e1f0a6c-b7c0-4f34-9f0c-6f7e3a3d2b10");
const TOKEN: &str = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/// Each row: the name, the variables, the machine, the tier with the deciding evidence, the findings and the verdict.
#[rustfmt::skip]
const DEPLOYMENTS: &[Row] = &[
    Row("1 Railway: production, declared",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "production"), ("PORT", "8080"), ("ENVIRONMENT", "production")],
        ReleaseBuild,
        (Production, "ENVIRONMENT=production"), &[], Starts),
    Row("1 Railway: production, not declared",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "production"), ("PORT", "8080")], ReleaseBuild,
        (Production, "Railway's environment is production"), &[], Starts),
    Row("1 Railway: development forgotten in production",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "production"), ("PORT", "8080"), ("ENVIRONMENT", "development")],
        ReleaseBuild,
        (Production, "Railway's environment is production"), &["tier-raised ENVIRONMENT"], Starts),
    Row("1 Railway: an environment called staging",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "staging"), ("ENVIRONMENT", "staging")], ReleaseBuild,
        (Preview, "ENVIRONMENT=staging"), &[], Starts),
    Row("1 Railway: an environment called development is served all the same",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "development"), ("ENVIRONMENT", "development")], ReleaseBuild,
        (Preview, "Railway's environment is a preview"), &["tier-raised ENVIRONMENT"], Starts),
    Row("3 Railway: a pull request with production's variables",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "app-pr-7"), ("ENVIRONMENT", "production")], ReleaseBuild,
        (Production, "ENVIRONMENT=production"), &["tier-copied ENVIRONMENT"], Starts),
    Row("3 Railway: a pull request with its own variables",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "app-pr-7"), ("ENVIRONMENT", "preview")], ReleaseBuild,
        (Preview, "ENVIRONMENT=preview"), &[], Starts),
    Row("3 Railway: a pull request where nothing is declared",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "app-pr-7")], ReleaseBuild,
        (Production, "ENVIRONMENT is not set"), &[], Starts),
    Row("4 `railway run cargo run` on a laptop with cargo's [env]",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "production"), ("ENVIRONMENT", "development")], DebugBuild,
        (Production, "Railway's environment is production"), &["tier-raised ENVIRONMENT"], Starts),
    Row("4 `railway run` on a laptop, production declared there",
        &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "production"), ("ENVIRONMENT", "production")], DebugBuild,
        (Production, "ENVIRONMENT=production"), &[], Starts),
    Row("5 Fly.io: a development image",
        &[("FLY_APP_NAME", "api"), ("ENVIRONMENT", "dev")], ReleaseBuild,
        (Development, "ENVIRONMENT=dev"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("6 Render: production",
        &[("RENDER", "true"), ("IS_PULL_REQUEST", "false"), ("ENVIRONMENT", "production")], ReleaseBuild,
        (Production, "ENVIRONMENT=production"), &[], Starts),
    Row("6 Render: a pull request with production's variables",
        &[("RENDER", "true"), ("IS_PULL_REQUEST", "true"), ("ENVIRONMENT", "production")], ReleaseBuild,
        (Production, "ENVIRONMENT=production"), &["tier-copied ENVIRONMENT"], Starts),
    Row("6 Render: development",
        &[("RENDER", "true"), ("IS_PULL_REQUEST", "false"), ("ENVIRONMENT", "development")], ReleaseBuild,
        (Development, "ENVIRONMENT=development"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("7 Heroku: nothing declared",
        &[("DYNO", "web.1"), ("PORT", "31337")], ReleaseBuild,
        (Production, "ENVIRONMENT is not set"), &[], Starts),
    Row("7 Heroku: a review app with the pipeline's variables",
        &[("DYNO", "web.1"), ("HEROKU_PR_NUMBER", "7"), ("HEROKU_BRANCH", "topic"), ("ENVIRONMENT", "prod")],
        ReleaseBuild,
        (Production, "ENVIRONMENT=prod"), &["tier-copied ENVIRONMENT"], Starts),
    Row("7 Heroku CI: tests run on a dyno",
        &[("DYNO", "run.1"), ("HEROKU_TEST_RUN_ID", "1"), ("ENVIRONMENT", "test")], DebugBuild,
        (Test, "ENVIRONMENT=test"), &["tier-lifted ENVIRONMENT"], Starts),
    Row("8 Cloud Run: a service",
        &[("K_SERVICE", "api"), ("K_REVISION", "api-7"), ("PORT", "8080"), ("ENVIRONMENT", "production")], ReleaseBuild,
        (Production, "ENVIRONMENT=production"), &[], Starts),
    Row("8 Cloud Run: development in a job",
        &[("CLOUD_RUN_JOB", "migrate"), ("ENVIRONMENT", "development")], ReleaseBuild,
        (Development, "ENVIRONMENT=development"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("8 Cloud Run: test in a worker pool",
        &[("CLOUD_RUN_WORKER_POOL", "mail"), ("ENVIRONMENT", "test")], ReleaseBuild,
        (Test, "ENVIRONMENT=test"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("9 ECS: development",
        &[("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/1"), ("ENVIRONMENT", "dev")], ReleaseBuild,
        (Development, "ENVIRONMENT=dev"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("9 CodeBuild: tests run in a container with ECS's marker",
        &[("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/1"), ("CODEBUILD_BUILD_ID", "api:1"),
            ("ENVIRONMENT", "ci")],
        DebugBuild, (Test, "ENVIRONMENT=ci"), &["tier-lifted ENVIRONMENT"], Starts),
    Row("10 Lambda: production, unpublished version",
        &[("LAMBDA_TASK_ROOT", "/var/task"), ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"), ("ENVIRONMENT", "production")],
        ReleaseBuild, (Production, "ENVIRONMENT=production"), &[], Starts),
    Row("10 Lambda: development",
        &[("LAMBDA_TASK_ROOT", "/var/task"), ("ENVIRONMENT", "development")], ReleaseBuild,
        (Development, "ENVIRONMENT=development"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("10 `sam local` on a laptop",
        &[("LAMBDA_TASK_ROOT", "/var/task"), ("AWS_SAM_LOCAL", "true"), ("ENVIRONMENT", "development")], DebugBuild,
        (Development, "ENVIRONMENT=development"), &["tier-lifted ENVIRONMENT"], Starts),
    Row("11 Kubernetes: production",
        &[("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("ENVIRONMENT", "production")], ReleaseBuild,
        (Production, "ENVIRONMENT=production"), &[], Starts),
    Row("13 systemd on a VPS",
        &[("INVOCATION_ID", "0f8c"), ("CREDENTIALS_DIRECTORY", "/run/credentials/api"), ("ENVIRONMENT", "Production")],
        ReleaseBuild, (Production, "ENVIRONMENT=production"), &["tier-normalised ENVIRONMENT"], Starts),
    Row("15 a laptop: cargo run",
        &[("ENVIRONMENT", "development")], DebugBuild,
        (Development, "ENVIRONMENT=development"), &[], Starts),
    Row("15 a laptop: cargo run --release",
        &[("ENVIRONMENT", "development")], ReleaseBuild,
        (Development, "ENVIRONMENT=development"), &["tier-release-build ENVIRONMENT"], Starts),
    Row("15 a laptop: a binary started directly",
        &[], DebugBuild,
        (Production, "ENVIRONMENT is not set"), &[], Starts),
    Row("15 a laptop: a blank variable masks cargo's",
        &[("ENVIRONMENT", "")], DebugBuild,
        (Production, "ENVIRONMENT is blank"), &["tier-blank ENVIRONMENT"], Starts),
    Row("20 Azure App Service: the production slot",
        &[("WEBSITE_SITE_NAME", "api"), ("WEBSITE_SLOT_NAME", "Production"), ("ENVIRONMENT", "production")],
        ReleaseBuild,
        (Production, "ENVIRONMENT=production"), &[], Starts),
    Row("20 Azure App Service: development in the production slot",
        &[("WEBSITE_SITE_NAME", "api"), ("WEBSITE_SLOT_NAME", "Production"), ("ENVIRONMENT", "development")],
        ReleaseBuild,
        (Production, "Azure App Service's environment is production"), &["tier-raised ENVIRONMENT"], Starts),
    Row("20 Azure App Service: a slot with production's settings",
        &[("WEBSITE_SITE_NAME", "api"), ("WEBSITE_SLOT_NAME", "blue"), ("ENVIRONMENT", "production")], ReleaseBuild,
        (Production, "ENVIRONMENT=production"), &["tier-copied ENVIRONMENT"], Starts),
    Row("20 Azure Functions: `func start` on a laptop",
        &[("FUNCTIONS_WORKER_RUNTIME", "custom"), ("AZURE_FUNCTIONS_ENVIRONMENT", "Development"),
            ("ENVIRONMENT", "dev")],
        DebugBuild, (Development, "ENVIRONMENT=dev"), &["tier-lifted ENVIRONMENT"], Starts),
    Row("Clever Cloud: development",
        &[("CC_DEPLOYMENT_ID", "f7efaf04"), ("INSTANCE_TYPE", "production"), ("ENVIRONMENT", "dev")], ReleaseBuild,
        (Development, "ENVIRONMENT=dev"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("Clever Cloud: production",
        &[("CC_DEPLOYMENT_ID", "f7efaf04"), ("PORT", "8080"), ("ENVIRONMENT", "production")], ReleaseBuild,
        (Production, "ENVIRONMENT=production"), &[], Starts),
    Row("Coolify: development",
        &[("COOLIFY_RESOURCE_UUID", "u4s804"), ("ENVIRONMENT", "dev")], ReleaseBuild,
        (Development, "ENVIRONMENT=dev"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("Coolify's address in the settings of a program that manages it",
        &[("COOLIFY_URL", "https://coolify.example.com"), ("ENVIRONMENT", "dev")], DebugBuild,
        (Development, "ENVIRONMENT=dev"), &[], Starts),
    Row("Dokku: development",
        &[("DYNO", "web.1"), ("DOKKU_APP_TYPE", "herokuish"), ("ENVIRONMENT", "dev")], ReleaseBuild,
        (Development, "ENVIRONMENT=dev"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("IBM Code Engine: development",
        &[("CE_PROJECT_ID", "abcdefgh"), ("K_SERVICE", "api"), ("ENVIRONMENT", "dev")], ReleaseBuild,
        (Development, "ENVIRONMENT=dev"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("Replit: a deployment",
        &[("REPL_ID", "1"), ("REPLIT_DEPLOYMENT", "1"), ("ENVIRONMENT", "dev")], ReleaseBuild,
        (Development, "ENVIRONMENT=dev"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("Replit: the workspace",
        &[("REPL_ID", "1"), ("ENVIRONMENT", "dev")], DebugBuild,
        (Development, "ENVIRONMENT=dev"), &[], Starts),
    Row("Scalingo: development",
        &[("CONTAINER", "web-1"), ("CONTAINER_SIZE", "M"), ("CONTAINER_MEMORY", "536870912"), ("ENVIRONMENT", "dev")],
        ReleaseBuild, (Development, "ENVIRONMENT=dev"), &["tier-hosted ENVIRONMENT"], Refused),
    Row("Upsun: the main environment",
        &[("PLATFORM_APPLICATION_NAME", "api"), ("PLATFORM_ENVIRONMENT_TYPE", "production"), ("ENVIRONMENT", "production")],
        ReleaseBuild, (Production, "ENVIRONMENT=production"), &[], Starts),
    Row("Upsun: a branch with production's variables",
        &[("PLATFORM_APPLICATION_NAME", "api"), ("PLATFORM_ENVIRONMENT_TYPE", "development"),
            ("ENVIRONMENT", "production")],
        ReleaseBuild, (Production, "ENVIRONMENT=production"), &["tier-copied ENVIRONMENT"], Starts),
    Row("Upsun: development forgotten on a branch",
        &[("PLATFORM_APPLICATION_NAME", "api"), ("PLATFORM_ENVIRONMENT_TYPE", "development"), ("ENVIRONMENT", "dev")],
        ReleaseBuild, (Preview, "Upsun's environment is a preview"), &["tier-raised ENVIRONMENT"], Starts),
    Row("Upsun: tests in the build hook",
        &[("PLATFORM_APPLICATION_NAME", "api"), ("PLATFORM_OUTPUT_DIR", "/app"), ("CI", "1"), ("ENVIRONMENT", "test")],
        DebugBuild, (Test, "ENVIRONMENT=test"), &["tier-lifted ENVIRONMENT"], Starts),
    Row("Upsun: DDEV on a laptop",
        &[("PLATFORM_APPLICATION_NAME", "api"), ("IS_DDEV_PROJECT", "true"), ("ENVIRONMENT", "dev")],
        DebugBuild, (Development, "ENVIRONMENT=dev"), &["tier-lifted ENVIRONMENT"], Starts),
    Row("a codespace",
        &[("CODESPACES", "true"), ("ENVIRONMENT", "dev")], DebugBuild,
        (Development, "ENVIRONMENT=dev"), &[], Starts),
    Row("22 names: nonprod",
        &[("ENVIRONMENT", "nonprod")], ReleaseBuild,
        (Preview, "ENVIRONMENT=nonprod"), &[], Starts),
    Row("22 names: an alias of the service",
        &[("ENVIRONMENT", "prod-eu")], ReleaseBuild,
        (Production, "ENVIRONMENT=prod-eu"), &[], Starts),
    Row("22 names: unknown",
        &[("ENVIRONMENT", "prodution")], ReleaseBuild,
        (Production, "ENVIRONMENT does not name a known tier"), &["tier-unknown ENVIRONMENT"], Refused),
    Row("22 names: two that differ",
        &[("ENVIRONMENT", "development"), ("APP_ENV", "production")], DebugBuild,
        (Production, "APP_ENV=production"), &["tier-differing ENVIRONMENT"], Starts),
    Row("22 names: white space in the variable's own",
        &[("ENVIRONMENT ", "development")], DebugBuild,
        (Production, "ENVIRONMENT is not set"), &["setting-padded-name ENVIRONMENT"], Starts),
    Row("23 a development image in a pod",
        &[("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("ENVIRONMENT", "dev")], ReleaseBuild,
        (Development, "ENVIRONMENT=dev"), &["tier-development-release ENVIRONMENT"], Refused),
    Row("23 a development image in a pod without the variables of services",
        &[("ENVIRONMENT", "dev")], ReleaseBuildWith(TOKEN),
        (Development, "ENVIRONMENT=dev"), &["tier-development-release ENVIRONMENT"], Refused),
    Row("23 a development image in docker",
        &[("ENVIRONMENT", "dev")], ReleaseBuildWith("/.dockerenv"),
        (Development, "ENVIRONMENT=dev"), &["tier-release-build ENVIRONMENT"], Starts),
    Row("23 a debug build in kind on a laptop",
        &[("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("ENVIRONMENT", "dev")], DebugBuild,
        (Development, "ENVIRONMENT=dev"), &[], Starts),
];

pub(crate) fn environment(variables: &[(&str, &str)], machine: Machine) -> Environment {
    let environment: Environment = variables.iter().copied().collect();
    match machine {
        DebugBuild => environment,
        ReleaseBuild => environment.release_build(),
        ReleaseBuildWith(path) => environment.release_build().marker_file(path),
    }
}

fn load<T: Config>(environment: Environment) -> (Report, Verdict) {
    match Loader::new().environment(environment).load::<T>() {
        Ok(loaded) => (Loaded::report(&loaded).clone(), Starts),
        Err(refusal) => (refusal.report().clone(), Refused),
    }
}

/// Checks a table of deployments of one service.
#[track_caller]
pub(crate) fn check<T: Config>(table: &[Row]) {
    for Row(name, variables, machine, (tier, evidence), findings, verdict) in table {
        let (report, outcome) = load::<T>(environment(variables, *machine));
        let found: Vec<_> =
            report.findings().iter().map(|finding| format!("{} {}", finding.code(), finding.subject())).collect();
        assert_eq!(report.tier(), *tier, "{name}\n{report}");
        assert_eq!(report.evidence()[0], *evidence, "{name}\n{report}");
        assert_eq!(found, *findings, "{name}\n{report}");
        assert_eq!(outcome, *verdict, "{name}\n{report}");
    }
}

#[test]
fn every_deployment_gets_its_tier() {
    check::<Service>(DEPLOYMENTS);
}

#[test]
fn the_report_says_what_happened_and_what_to_do() {
    for (variables, machine, expected) in [
        (
            &[("ENVIRONMENT", "prodution")][..],
            ReleaseBuild,
            "refused to start: 1 problem (tier Production: ENVIRONMENT does not name a known tier)
  ENVIRONMENT  malformed: not a known tier, so production's rules apply
      fix: did you mean production? set ENVIRONMENT to development, test, preview or production
      tier-unknown",
        ),
        (
            &[("DYNO", "web.1"), ("ENVIRONMENT", "development")],
            ReleaseBuild,
            "refused to start: 1 problem (tier Development: ENVIRONMENT=development; running on Heroku)
  ENVIRONMENT  prohibited: development relaxes rules, but Heroku serves the public
      fix: set ENVIRONMENT=preview, which relaxes nothing
      tier-hosted",
        ),
        (
            &[("DYNO", "run.1"), ("HEROKU_TEST_RUN_ID", "1"), ("ENVIRONMENT", "test")],
            DebugBuild,
            "accepted, 1 warning (tier Test: ENVIRONMENT=test)
  ENVIRONMENT  warning: insecure: test would be refused on Heroku, but HEROKU_TEST_RUN_ID is set
      fix: unset HEROKU_TEST_RUN_ID where the service is deployed
      tier-lifted",
        ),
        (
            &[("KUBERNETES_SERVICE_HOST", "10.0.0.1"), ("ENVIRONMENT", "dev")],
            ReleaseBuild,
            "refused to start: 1 problem (tier Development: ENVIRONMENT=dev; running on Kubernetes)
  ENVIRONMENT  prohibited: development relaxes rules, but this is a release build in Kubernetes
      fix: set ENVIRONMENT=production or ENVIRONMENT=preview in the pod
      tier-development-release",
        ),
        (
            &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "app-pr-7"), ("ENVIRONMENT", "production")],
            ReleaseBuild,
            "accepted, 1 warning (tier Production: ENVIRONMENT=production; Railway's environment is a preview)
  ENVIRONMENT  warning: insecure: production is declared, but Railway says that this is a preview, so the keys and \
             the database were probably copied from production too
      fix: give the preview its own keys and database, and set ENVIRONMENT=preview
      tier-copied",
        ),
        (
            &[RAILWAY, ("RAILWAY_ENVIRONMENT_NAME", "production"), ("ENVIRONMENT", "development")],
            DebugBuild,
            "accepted, 1 note (tier Production: Railway's environment is production; ENVIRONMENT=development)
  ENVIRONMENT  note: development is declared, but Railway asks for production; the stricter one counts (also on a \
             laptop, where `railway run` brings that environment's values)
      tier-raised",
        ),
        (
            &[("\u{a0}ENVIRONMENT", "hunter2")],
            DebugBuild,
            "accepted, 1 warning (tier Production: ENVIRONMENT is not set)
  ENVIRONMENT  warning: malformed: a variable with white space before its name is set, but ignored
      fix: rename it to ENVIRONMENT, without white space
      setting-padded-name",
        ),
    ] {
        assert_eq!(load::<Service>(environment(variables, machine)).0.to_string(), expected);
    }
}

/// A service that is always refused, because of a mistake in its code.
struct Refusing;

impl Config for Refusing {
    const SCHEMA: &'static Schema = &Schema::new("Refusing", "", &[]);

    fn read(_: &mut Reader<'_>) -> Result<Self, Reported> {
        Ok(Self)
    }

    fn loader(loader: Loader) -> Loader {
        loader.tier_alias("laptop", Development)
    }
}

#[test]
fn a_refusal_on_a_laptop_ends_with_hints_for_a_laptop() {
    let init = "Developing locally? Run `hardened init`: it writes a git-ignored .env with fresh keys and sets the tier to development.";
    let blank = "A blank ENVIRONMENT hides the one in cargo's [env]: unset it.";
    let cargo = "cargo's [env] applies only to `cargo run` and `cargo test`: otherwise, set ENVIRONMENT=development where \
                 you start the service.";
    for (environment, expected) in [
        (Environment::empty(), vec![init]),
        (Environment::empty().set("ENVIRONMENT", " "), vec![init, blank, cargo]),
        (Environment::empty().set("ENVIRONMENT", "production"), vec![]),
        (Environment::empty().set("DYNO", "web.1"), vec![]),
    ] {
        let refusal = Loader::new().environment(environment.clone()).load::<Refusing>().map(|_| ()).unwrap_err();
        let text = refusal.to_string();
        let hints: Vec<_> = text.lines().skip(1).filter(|line| !line.starts_with(' ')).collect();
        assert_eq!(hints, expected, "{environment:?}");
    }
}

#[test]
fn a_waiver_with_a_reason_lets_development_into_a_cluster() {
    let environment = Environment::empty().set("ENVIRONMENT", "dev").set("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    let loaded = Loader::new()
        .environment(environment.release_build())
        .waive(rule::TIER_DEVELOPMENT_RELEASE, "ENVIRONMENT", "the developers' own cluster")
        .load::<Service>()
        .unwrap_or_else(|refusal| panic!("{refusal}"));
    assert!(Loaded::report(&loaded).waivers()[0].is_used());
    assert_eq!(Loaded::tier(&loaded), Development);
}
