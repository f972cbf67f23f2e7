//! Explanations of `tier-*`.

use super::{Explanation, explain};

pub(in crate::rule) const TIER_UNKNOWN: Explanation = explain(
    "A misspelt `production` that is taken for something else starts a service without its protections.",
    "set ENVIRONMENT to development, test, preview or production; a service adds names of its own with `Loader::tier_alias`",
);
pub(in crate::rule) const TIER_HOSTED: Explanation = explain(
    "Development relaxes rules for a person's own machine. On a platform that serves the public nobody is protected by that.",
    "set ENVIRONMENT=preview, which relaxes nothing",
);
pub(in crate::rule) const TIER_DEVELOPMENT_RELEASE: Explanation = explain(
    "An image that carries ENVIRONMENT=development from its Dockerfile serves a cluster with development's rules.",
    "set ENVIRONMENT=production or ENVIRONMENT=preview in the pod",
);
pub(in crate::rule) const TIER_RELEASE_BUILD: Explanation = explain(
    "Release builds are what is deployed; development in one is more often forgotten than meant.",
    "set ENVIRONMENT=production where this binary is deployed",
);
pub(in crate::rule) const TIER_LIFTED: Explanation = explain(
    "Development and Test are refused on a platform that serves the public. Local emulators and the platform's own test runners set its variables too, and one more that says what they are. The same variable in a deployed service would switch off the refusal.",
    "unset the variable in the message where the service is deployed; on your own machine and in CI there is nothing to do",
);
pub(in crate::rule) const TIER_COPIED: Explanation = explain(
    "Platforms copy variables into a pull request's environment: with ENVIRONMENT, the production keys and the production database were probably copied too.",
    "give the preview environment its own keys and database, and ENVIRONMENT=preview",
);
pub(in crate::rule) const TIER_RAISED: Explanation = explain(
    "The platform says that this is a stricter tier than declared, as when `railway run` brings production's values to a laptop. Production's values deserve production's rules.",
    "nothing, or run without the platform's variables",
);
pub(in crate::rule) const TIER_DIFFERING: Explanation =
    explain("Two variables name different tiers. The strictest counts.", "set one of them");
pub(in crate::rule) const TIER_NORMALISED: Explanation = explain(
    "The comparison `environment == \"production\"` fails for `Production` and for a trailing space. Here they are understood, and said.",
    "set the plain name",
);
pub(in crate::rule) const TIER_BLANK: Explanation = explain(
    "A blank variable counts as unset, which means production. A blank one also masks the value that cargo's `[env]` would have set.",
    "unset it, or set a tier",
);
pub(in crate::rule) const TIER_ALIAS: Explanation = explain(
    "A new name for Development could be set on a production machine by mistake and switch the rules off.",
    "add aliases for Production or Preview only",
);
