//! The table of platforms, and the source of each fact about them.
//!
//! The facts come from the vendors' own pages, or from published code that runs there; each entry names its source. No
//! other product's tier variable is read, because `NODE_ENV`, `RAILS_ENV` and `ENV` mean something else.
//!
//! Not recognised: DigitalOcean App Platform, because the app's owner binds all of its variables
//! (<https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables>); CapRover, Northflank and
//! AWS App Runner, because no source names a variable of theirs; Elastic Beanstalk without X-Ray.

use super::platform::{
    Class::{Hosted, NamesTier, Neutral, Workstation},
    Marker::{Both, File, Is, Set},
    Named, Platform,
};

const SILENT: Named = Named { variables: &[], production: &[], preview: &[], development: &[] };

/// What most platforms have in common: they serve the public and say nothing about the tier.
const HOSTED: Platform = Platform {
    id: "",
    name: "",
    class: Hosted,
    markers: &[],
    relatives: &[],
    lifted_by: &[],
    named: SILENT,
    on_a_laptop: None,
};
const NAMES_TIER: Platform = Platform { class: NamesTier, ..HOSTED };
const NEUTRAL: Platform = Platform { class: Neutral, ..HOSTED };

/// Every platform that is recognised.
pub(crate) const PLATFORMS: &[Platform] = &[
    // https://docs.railway.com/reference/variables; unjs/std-env src/providers.ts. Names are free text; `production` is
    // the name of the first environment. Duplicating an environment copies its variables. `RAILWAY_ENVIRONMENT` is the
    // older name of the variable. `railway run` sets all of them on a laptop, so no marker proves that the service is
    // hosted.
    Platform {
        id: "railway",
        name: "Railway",
        markers: &[Set("RAILWAY_PROJECT_ID"), Set("RAILWAY_SERVICE_ID"), Set("RAILWAY_ENVIRONMENT_ID")],
        named: Named {
            variables: &["RAILWAY_ENVIRONMENT_NAME", "RAILWAY_ENVIRONMENT"],
            production: &["production"],
            preview: &["*-pr-*", "pr-*"],
            ..SILENT
        },
        on_a_laptop: Some("`railway run`"),
        ..NAMES_TIER
    },
    // https://vercel.com/docs/environment-variables/system-environment-variables. `development` is `vercel dev`.
    Platform {
        id: "vercel",
        name: "Vercel",
        markers: &[Set("VERCEL")],
        named: Named {
            variables: &["VERCEL_ENV"],
            production: &["production"],
            preview: &["preview"],
            development: &["development"],
        },
        ..NAMES_TIER
    },
    // https://render.com/docs/environment-variables. `IS_PULL_REQUEST` is always set, to `false` in production.
    Platform {
        id: "render",
        name: "Render",
        markers: &[Is("RENDER", "true")],
        named: Named { variables: &["IS_PULL_REQUEST"], preview: &["true"], ..SILENT },
        ..HOSTED
    },
    // https://fly.io/docs/machines/runtime-environment. A review app is a separate app and cannot be told apart.
    Platform {
        id: "fly",
        name: "Fly.io",
        markers: &[Set("FLY_APP_NAME"), Set("FLY_MACHINE_ID"), Set("FLY_ALLOC_ID")],
        ..HOSTED
    },
    // https://devcenter.heroku.com/articles/dynos#local-environment-variables. Dokku sets it too and is listed next.
    // Review apps: https://devcenter.heroku.com/articles/github-integration-review-apps#injected-environment-variables.
    // The number is set only if Heroku created the app itself, the branch always. `HEROKU_TEST_RUN_ID` marks Heroku CI,
    // as in several detection libraries.
    Platform {
        id: "heroku",
        name: "Heroku",
        markers: &[Set("DYNO")],
        relatives: &["DOKKU_APP_TYPE"],
        lifted_by: &["HEROKU_TEST_RUN_ID"],
        named: Named { variables: &["HEROKU_PR_NUMBER", "HEROKU_BRANCH"], preview: &["*"], ..SILENT },
        ..HOSTED
    },
    // https://github.com/dokku/dokku/issues/733 (`DYNO`); the environment of a container is listed in
    // https://github.com/dokku/github-action/issues/88.
    Platform { id: "dokku", name: "Dokku", markers: &[Set("DOKKU_APP_TYPE")], ..HOSTED },
    // open-telemetry/opentelemetry-js-contrib, resource-detector-gcp, detectors/faas.ts: `K_*`, which Knative sets too.
    // https://cloud.google.com/run/docs/container-contract#jobs-env-vars: jobs have only `CLOUD_RUN_JOB` of them;
    // temporalio/samples-go, the worker for Cloud Run: worker pools have `CLOUD_RUN_WORKER_POOL`. Functions of the second
    // generation set `K_SERVICE` too and are listed next.
    Platform {
        id: "google-cloud-run",
        name: "Cloud Run",
        markers: &[
            Set("K_SERVICE"),
            Set("K_REVISION"),
            Set("K_CONFIGURATION"),
            Set("CLOUD_RUN_JOB"),
            Set("CLOUD_RUN_WORKER_POOL"),
        ],
        relatives: &["FUNCTION_TARGET", "CE_PROJECT_ID"],
        ..HOSTED
    },
    // The same detectors/faas.ts.
    Platform { id: "google-cloud-functions", name: "Cloud Functions", markers: &[Set("FUNCTION_TARGET")], ..HOSTED },
    // The same package, detectors/gae.ts. `GAE_ENV` is the flavour (standard or flexible), not a tier.
    Platform {
        id: "google-app-engine",
        name: "App Engine",
        markers: &[Set("GAE_SERVICE"), Set("GAE_ENV"), Set("GAE_INSTANCE")],
        ..HOSTED
    },
    // unjs/std-env src/providers.ts.
    Platform {
        id: "firebase-app-hosting",
        name: "Firebase App Hosting",
        markers: &[Set("FIREBASE_APP_HOSTING")],
        ..HOSTED
    },
    // opentelemetry-js-contrib, resource-detector-aws, AwsLambdaDetector.ts; local tools set the function's name too.
    // `AWS_SAM_LOCAL` is `sam local` on a laptop. A function version `$LATEST` does not mean a preview: a team that
    // publishes no versions runs it in production.
    Platform {
        id: "aws-lambda",
        name: "AWS Lambda",
        markers: &[Set("LAMBDA_TASK_ROOT")],
        lifted_by: &["AWS_SAM_LOCAL"],
        ..HOSTED
    },
    // The same package, AwsEcsDetector.ts. CodeBuild's containers have the marker but do not serve anyone.
    Platform {
        id: "aws-ecs",
        name: "AWS ECS",
        markers: &[Set("ECS_CONTAINER_METADATA_URI_V4"), Set("ECS_CONTAINER_METADATA_URI")],
        lifted_by: &["CODEBUILD_BUILD_ID"],
        ..HOSTED
    },
    // The file that OpenTelemetry's detectors look for, in Java, Go, .NET and JavaScript (AwsBeanstalkDetector). It
    // exists if X-Ray is enabled.
    Platform {
        id: "aws-elastic-beanstalk",
        name: "AWS Elastic Beanstalk",
        markers: &[File("/var/elasticbeanstalk/xray/environment.conf")],
        ..HOSTED
    },
    // opentelemetry-js-contrib, resource-detector-azure. The production slot is called `Production`; the owner names every
    // other slot. Functions have the markers too and are listed next.
    Platform {
        id: "azure-app-service",
        name: "Azure App Service",
        markers: &[Set("WEBSITE_SITE_NAME"), Set("WEBSITE_INSTANCE_ID")],
        relatives: &["FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME"],
        named: Named { variables: &["WEBSITE_SLOT_NAME"], production: &["production"], ..SILENT },
        ..NAMES_TIER
    },
    // https://learn.microsoft.com/azure/azure-functions/functions-app-settings: all three variables, and `Development`
    // for a local run. In Azure `AZURE_FUNCTIONS_ENVIRONMENT` is often absent; then the slot decides.
    Platform {
        id: "azure-functions",
        name: "Azure Functions",
        markers: &[Set("FUNCTIONS_EXTENSION_VERSION"), Set("FUNCTIONS_WORKER_RUNTIME")],
        named: Named {
            variables: &["AZURE_FUNCTIONS_ENVIRONMENT", "WEBSITE_SLOT_NAME"],
            production: &["production"],
            preview: &["staging"],
            development: &["development"],
        },
        ..NAMES_TIER
    },
    // https://learn.microsoft.com/azure/container-apps/environment-variables.
    Platform {
        id: "azure-container-apps",
        name: "Azure Container Apps",
        markers: &[Set("CONTAINER_APP_NAME"), Set("CONTAINER_APP_REVISION")],
        ..HOSTED
    },
    // https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables: each Service has such a
    // variable, and every pod has that of the API server; opentelemetry-js-contrib, resource-detector-aws,
    // AwsEksDetector.ts: the file. Kubernetes is a container platform and does not imply a tier: kind and minikube run
    // it on laptops.
    Platform {
        id: "kubernetes",
        name: "Kubernetes",
        markers: &[Set("KUBERNETES_SERVICE_HOST"), File("/var/run/secrets/kubernetes.io/serviceaccount/token")],
        ..NEUTRAL
    },
    // https://www.koyeb.com/docs/build-and-deploy/environment-variables; the names of Koyeb's own variables are from
    // openstatusHQ/health, packages/koyeb.
    Platform { id: "koyeb", name: "Koyeb", markers: &[Set("KOYEB_APP_NAME"), Set("KOYEB_SERVICE_NAME")], ..HOSTED },
    // https://docs.netlify.com/build/environment-variables/overview; unjs/std-env. `CONTEXT` is a common word and
    // counts only together with `NETLIFY`. `netlify dev` sets it to `dev`, or to the value of its `--context`.
    Platform {
        id: "netlify",
        name: "Netlify",
        markers: &[Set("NETLIFY")],
        named: Named {
            variables: &["CONTEXT"],
            production: &["production"],
            preview: &["deploy-preview", "branch-deploy", "preview-server"],
            development: &["dev"],
        },
        on_a_laptop: Some("`netlify dev --context`"),
        ..NAMES_TIER
    },
    // https://cloud.google.com/migrate/kf/docs/2.8/cli/kf-env. The space's name is inside the JSON of
    // `VCAP_APPLICATION`; it is free text and would change nothing here, so the JSON is not parsed.
    Platform {
        id: "cloud-foundry",
        name: "Cloud Foundry",
        markers: &[Set("VCAP_APPLICATION"), Set("CF_INSTANCE_GUID")],
        ..HOSTED
    },
    // https://docs.nais.io/workloads/reference/default-variables/. Its clusters are named `prod-…` and `dev-…`.
    Platform {
        id: "nais",
        name: "NAIS",
        markers: &[Set("NAIS_APP_NAME")],
        named: Named { variables: &["NAIS_CLUSTER_NAME"], production: &["prod*"], preview: &["dev*"], ..SILENT },
        ..HOSTED
    },
    // unjs/std-env src/providers.ts.
    Platform {
        id: "deno-deploy",
        name: "Deno Deploy",
        markers: &[Set("DENO_DEPLOY"), Set("DENO_DEPLOYMENT_ID")],
        ..HOSTED
    },
    // https://cloud.ibm.com/docs/codeengine?topic=codeengine-inside-env-vars: apps, jobs and functions have the
    // variable. Code Engine runs on Knative, so the variables of Cloud Run are set too.
    Platform { id: "ibm-code-engine", name: "IBM Code Engine", markers: &[Set("CE_PROJECT_ID")], ..HOSTED },
    // https://www.clever.cloud/developers/doc/reference/reference-environment-variables: set by each deployment.
    Platform { id: "clever-cloud", name: "Clever Cloud", markers: &[Set("CC_DEPLOYMENT_ID")], ..HOSTED },
    // https://coolify.io/docs/knowledge-base/environment-variables. `COOLIFY_URL` and `COOLIFY_FQDN` also configure
    // programs that manage Coolify.
    Platform {
        id: "coolify",
        name: "Coolify",
        markers: &[Set("COOLIFY_RESOURCE_UUID"), Set("COOLIFY_CONTAINER_NAME")],
        ..HOSTED
    },
    // https://docs.upsun.com/development/variables/use-variables.html: the application's names are set at build and run
    // time, the environment's type at run time only, the output directory at build time only. An environment of type
    // `development` has a public URL as well. DDEV's add-on sets the variables on a laptop:
    // https://github.com/ddev/ddev-platformsh/pull/83.
    Platform {
        id: "upsun",
        name: "Upsun",
        markers: &[Set("PLATFORM_APPLICATION_NAME"), Set("PLATFORM_TREE_ID")],
        lifted_by: &["PLATFORM_OUTPUT_DIR", "IS_DDEV_PROJECT"],
        named: Named { variables: &["PLATFORM_ENVIRONMENT_TYPE"], production: &["production"], ..SILENT },
        ..NAMES_TIER
    },
    // https://doc.scalingo.com/app/runtime-environment. Each name alone is too common.
    Platform { id: "scalingo", name: "Scalingo", markers: &[Both("CONTAINER_SIZE", "CONTAINER_MEMORY")], ..HOSTED },
    // https://docs.replit.com/cloud-services/deployments/about-deployments.
    Platform { id: "replit", name: "Replit", markers: &[Is("REPLIT_DEPLOYMENT", "1")], ..HOSTED },
    // unjs/std-env src/providers.ts.
    Platform { id: "zeabur", name: "Zeabur", markers: &[Set("ZEABUR")], ..HOSTED },
    // https://developer.hashicorp.com/nomad/docs/runtime.
    Platform { id: "nomad", name: "Nomad", markers: &[Set("NOMAD_ALLOC_ID"), Set("NOMAD_JOB_NAME")], ..NEUTRAL },
    // systemd.exec(5). `INVOCATION_ID` also reaches user sessions and the children of cron, so it is a weak marker.
    Platform { id: "systemd", name: "systemd", markers: &[Set("INVOCATION_ID"), Set("JOURNAL_STREAM")], ..NEUTRAL },
    // moby/moby, daemon/initlayer/setup_unix.go. Development containers have the file too.
    Platform { id: "docker", name: "Docker", markers: &[File("/.dockerenv")], ..NEUTRAL },
    // https://docs.github.com/codespaces/developing-in-a-codespace/default-environment-variables-for-your-codespace,
    // https://www.gitpod.io/docs/configure/user-settings/environment-variables; unjs/std-env src/providers.ts for
    // CodeSandbox and StackBlitz.
    Platform {
        id: "codespaces/gitpod",
        name: "a cloud workstation (Codespaces, Gitpod)",
        class: Workstation,
        markers: &[Set("CODESPACES"), Set("GITPOD_WORKSPACE_ID"), Set("CODESANDBOX_SSE"), Set("STACKBLITZ")],
        ..HOSTED
    },
];
