//! No secret stands in the code.

use hardened::{Config, Environment, Loaded, Loader, Report, rule};

use crate::defaults;

/// Asserts that every secret of a service comes from outside its code.
///
/// Today it proves one claim: for each secret that production needs, with everything else set and this one absent,
/// loading fails and names it. So none has a default, hidden in the struct, a group or a check. Exempt is one whose
/// absence the service accepts itself, by a waiver of `setting-absent`.
///
/// A service that does not start in the environment of [`valid_env`](crate::valid_env) gives one of its own.
///
/// It does not yet search the source tree and its history for the values.
///
/// # Panics
///
/// When the claim does not hold for one secret; for a struct without any secret, of which it could prove nothing; and
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
        $crate::assert_secrets_externalized::<$settings>(|| $environment)
    };
}

#[doc(hidden)]
#[track_caller]
pub fn assert_secrets_externalized<T: Config>(environment: impl FnOnce() -> Environment) {
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
