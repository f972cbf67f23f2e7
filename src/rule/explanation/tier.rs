//! Explanations of `tier-*`.

use super::{Explanation, explain};

pub(in crate::rule) const TIER_UNKNOWN: Explanation = explain(
    "If a misspelt `production` counted as another tier, the service would start without its protections.",
    "set ENVIRONMENT to development, test, preview or production; to add names, call `Loader::tier_alias` in the service's code",
);
pub(in crate::rule) const TIER_HOSTED: Explanation = explain(
    "Development relaxes rules for a developer's own machine. On a platform that serves the public, those rules protect the users.",
    "set ENVIRONMENT=preview, which relaxes nothing",
);
pub(in crate::rule) const TIER_DEVELOPMENT_RELEASE: Explanation = explain(
    "An image whose Dockerfile sets ENVIRONMENT=development serves a cluster with development's rules.",
    "set ENVIRONMENT=production or ENVIRONMENT=preview in the pod",
);
pub(in crate::rule) const TIER_RELEASE_BUILD: Explanation = explain(
    "Release builds are meant to be deployed, so a development tier in one has usually been left there by mistake.",
    "set ENVIRONMENT=production where this binary is deployed",
);
pub(in crate::rule) const TIER_LIFTED: Explanation = explain(
    "A platform that serves the public refuses Development and Test. Local emulators and the platform's own test runners set the same variables, and one more that tells them apart. If that one is also set where a service is deployed, nothing refuses the start.",
    "unset the variable in the message where the service is deployed; on your own machine and in CI, leave it",
);
pub(in crate::rule) const TIER_COPIED: Explanation = explain(
    "Platforms copy variables into a pull request's environment. If ENVIRONMENT was copied, the production keys and the production database probably were too.",
    "give the preview environment its own keys and database, and set ENVIRONMENT=preview",
);
pub(in crate::rule) const TIER_RAISED: Explanation = explain(
    "The platform reports a stricter tier than the declared one, as when `railway run` brings production's values to a laptop. Production's values need production's rules.",
    "to use the declared tier, unset the platform's variables",
);
pub(in crate::rule) const TIER_DIFFERING: Explanation =
    explain("Two variables name different tiers. The strictest one counts.", "unset one of them");
pub(in crate::rule) const TIER_NORMALISED: Explanation = explain(
    "A comparison such as `environment == \"production\"` fails for `Production` and for a trailing space. This library understands such spellings and reports them.",
    "set the plain name",
);
pub(in crate::rule) const TIER_BLANK: Explanation = explain(
    "A blank variable counts as unset, which means production. It also hides the value that cargo's `[env]` would have set.",
    "unset it, or set a tier",
);
pub(in crate::rule) const TIER_ALIAS: Explanation = explain(
    "If Development had another name, someone could set it on a production machine by mistake and switch the rules off.",
    "add aliases for Production or Preview only",
);
