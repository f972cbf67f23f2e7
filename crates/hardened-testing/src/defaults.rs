//! Detects defaults in the code that their own types refuse.

use hardened::{Config, Environment, Loader, rule};

/// Panics if the code of a service gives a setting a default that its type refuses. The environment is not at fault then,
/// and every other test would fail for this reason.
#[track_caller]
pub(crate) fn assert_accepted<T: Config>() {
    let Err(refusal) = Loader::new().environment(Environment::empty()).load::<T>() else { return };
    let refused = |finding: &&hardened::finding::Finding| finding.rule() == rule::SETTING_DEFAULT;
    if let Some(finding) = refusal.report().findings().iter().find(refused) {
        panic!("the default of `{}.{}` is wrong in the code: {}", T::SCHEMA.name(), finding.field(), finding.message());
    }
}
