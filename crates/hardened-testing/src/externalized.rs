//! No secret stands in the code.

use std::path::Path;

use hardened::{Config, Environment, Loaded, Loader, Report, rule};

use crate::{defaults, sources};

/// Asserts that every secret of a service comes from outside its code.
///
/// It needs no value, and makes these claims:
///
/// - No secret has a default. For each that production needs, with everything else set and this one absent, loading fails
///   and names it. Exempt is one whose absence the service accepts itself, by a waiver of `setting-absent`.
/// - The sources of the crate have no fall-back for a secret, no literal in its place, and no usable secret in a file of
///   configuration: what `hardened scan` finds at the crate. Findings in `hardened.scan.toml` are accepted.
/// - Git does not track a `.env` file of the crate.
/// - `.env.example` in the directory of the crate, if there is one, names what the service reads, and nothing else.
///
/// The last three are made where the sources are; a test that runs on another machine than it was compiled on does not
/// have them. The values themselves are searched by [`assert_no_secret_values!`](crate::assert_no_secret_values).
///
/// A service that does not start in the environment of [`valid_env`](crate::valid_env) gives one of its own.
///
/// # Panics
///
/// When a claim does not hold, with the file, the line and the name; for a struct without any secret, of which it could prove nothing; and
/// as [`valid_env`](crate::valid_env) does.
///
/// ```
/// # use hardened::{Config, Environment, JwtSecret};
/// # use hardened_testing::valid_env_with;
/// # #[derive(Config)] struct Settings { jwt_secret: JwtSecret, region: Option<String> }
/// hardened_testing::assert_secrets_externalized!(Settings);
///
/// let env = valid_env_with::<Settings>(Environment::empty().set("REGION", "eu"));
/// hardened_testing::assert_secrets_externalized!(Settings, env);
/// ```
#[macro_export]
macro_rules! assert_secrets_externalized {
    ($settings:ty $(,)?) => {
        $crate::assert_secrets_externalized!($settings, $crate::valid_env::<$settings>())
    };
    ($settings:ty, $environment:expr $(,)?) => {
        $crate::assert_secrets_externalized::<$settings>(|| $environment, env!("CARGO_MANIFEST_DIR"))
    };
}

#[doc(hidden)]
#[track_caller]
pub fn assert_secrets_externalized<T: Config>(environment: impl FnOnce() -> Environment, manifest: &str) {
    let name = T::SCHEMA.name();
    let settings = T::SCHEMA.settings();
    let secrets: Vec<_> = settings.iter().filter(|declared| declared.kind().is_secret()).collect();
    if secrets.is_empty() {
        panic!("`{name}` does not declare any secret, so there is nothing to assert");
    }
    defaults::assert_accepted::<T>();
    let environment = environment();
    for secret in secrets.iter().filter(|declared| declared.requirement().binds_in_production()) {
        let without = secret.variables().iter().fold(environment.clone(), |env, name| env.unset(name.as_str()));
        assert_missing::<T>(without, secret.variable());
    }
    sources::assert_clean::<T>(Path::new(manifest));
}

#[track_caller]
fn assert_missing<T: Config>(environment: Environment, variable: &str) {
    match Loader::new().environment(environment).load::<T>() {
        Ok(loaded) if is_accepted(Loaded::report(&loaded), variable) => {}
        Ok(_) => panic!(
            "`{}` starts without {variable}, so the code itself provides a value for the secret",
            T::SCHEMA.name()
        ),
        Err(refusal) if is_named(refusal.report(), variable) => {}
        Err(refusal) => panic!("without {variable}, the refusal does not name it:\n{refusal}"),
    }
}

fn is_named(report: &Report, variable: &str) -> bool {
    [rule::SECRET_MISSING, rule::SETTING_ABSENT].iter().any(|rule| report.refuses(rule.code(), variable))
}

/// Whether the service says itself that it can do without.
fn is_accepted(report: &Report, variable: &str) -> bool {
    report
        .waivers()
        .iter()
        .any(|waived| waived.is_used() && waived.rule() == rule::SETTING_ABSENT && waived.subject() == variable)
}
