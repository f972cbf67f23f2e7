//! Asserts that the code of a service does not contain its secrets.

use std::path::Path;

use hardened::{Config, Environment, Loaded, Loader, Report, rule};

use crate::{defaults, sources};

/// Asserts that every secret of a service comes from outside its code.
///
/// It does not need the values of the secrets, and checks that:
///
/// - No secret has a default. For each secret that production needs, loading fails without it and names it, even if
///   everything else is set. A secret whose absence the service accepts with a waiver of `setting-absent` is exempt.
/// - The sources of the crate have no fallback for a secret, no literal in its place, and no usable secret in a
///   configuration file: `hardened scan` finds nothing in the crate. Findings in `hardened.scan.toml` are accepted.
/// - Git does not track a `.env` file of the crate.
/// - `.env.example` in the directory of the crate, if there is one, names what the service reads, and nothing else.
///
/// The last three need the sources. A test that runs on another machine than the one that compiled it skips them.
/// [`assert_no_secret_values!`](crate::assert_no_secret_values) searches for the values themselves.
///
/// A service that does not start in the environment of [`valid_env`](crate::valid_env) passes another one.
///
/// # Panics
///
/// When one of these is not true, with the file, the line and the name; when the struct has no secrets, because there is
/// nothing to assert; and under the conditions of [`valid_env`](crate::valid_env).
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

/// Returns whether the service itself accepts that the variable is absent.
fn is_accepted(report: &Report, variable: &str) -> bool {
    report
        .waivers()
        .iter()
        .any(|waived| waived.is_used() && waived.rule() == rule::SETTING_ABSENT && waived.subject() == variable)
}
