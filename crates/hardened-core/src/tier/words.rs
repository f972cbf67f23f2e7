//! The words that name the tiers.

use super::Tier;

/// Names of [`Tier::Production`].
pub(super) const PRODUCTION: &[&str] = &["production", "prod", "prd", "live", "release"];

/// Names of [`Tier::Preview`]: deployments that are not production.
pub(super) const PREVIEW: &[&str] = &[
    "preview",
    "pr",
    "review",
    "deploy-preview",
    "branch-deploy",
    "staging",
    "stage",
    "stg",
    "preprod",
    "pre-production",
    "uat",
    "qa",
    "nonprod",
    "non-prod",
    "int",
    "integration",
    "acceptance",
    "sandbox",
    "demo",
];

/// Names of [`Tier::Test`].
pub(super) const TEST: &[&str] = &["test", "testing", "ci"];

/// Names of [`Tier::Development`].
pub(super) const DEVELOPMENT: &[&str] = &["development", "dev", "local", "debug"];

/// All names, beginning with the strictest tier.
pub const NAMES: [(Tier, &[&str]); 4] =
    [(Tier::Production, PRODUCTION), (Tier::Preview, PREVIEW), (Tier::Test, TEST), (Tier::Development, DEVELOPMENT)];

/// A name that a service adds for a tier.
pub type Alias = (&'static str, Tier);
