//! No secret stands in the code.

use hardened::{Config, Environment, Loader, Requirement};

use crate::valid_env;

/// Asserts that all secrets of a service come from outside of its code.
///
/// Today it proves one claim: for each required secret, with everything else set and this one absent, loading fails and
/// names it. So none has a default, hidden in the struct, a group or a check.
///
/// It does not yet search the source tree and its history for the values.
///
/// # Panics
///
/// When the claim does not hold for one secret; for a struct without any secret, of which it could prove nothing; and
/// as [`valid_env`] does.
///
/// ```
/// # use hardened::{Config, JwtSecret};
/// # #[derive(Config)] struct Settings { jwt_secret: JwtSecret }
/// hardened_testing::assert_secrets_externalized!(Settings);
/// ```
#[macro_export]
macro_rules! assert_secrets_externalized {
    ($settings:ty $(,)?) => {
        $crate::assert_secrets_externalized::<$settings>()
    };
}

#[doc(hidden)]
#[track_caller]
pub fn assert_secrets_externalized<T: Config>() {
    let name = T::SCHEMA.name();
    let settings = T::SCHEMA.settings();
    let secrets: Vec<_> = settings.iter().filter(|declared| declared.kind().is_secret()).collect();
    if secrets.is_empty() {
        panic!("`{name}` declares no secret: there is nothing to assert");
    }
    let environment = valid_env::<T>();
    let required = |declared: &&&hardened::Declared| {
        declared.setting().requirement() == Requirement::Required && !declared.is_in_optional_group()
    };
    for secret in secrets.iter().filter(required) {
        let without = secret.variables().iter().fold(environment.clone(), |env, name| env.unset(name.as_str()));
        assert_missing::<T>(without, secret.variable());
    }
}

#[track_caller]
fn assert_missing<T: Config>(environment: Environment, variable: &str) {
    match Loader::new().environment(environment).load::<T>() {
        Ok(_) => panic!("`{}` starts without {variable}: the secret has a value in the code", T::SCHEMA.name()),
        Err(refusal) if refusal.report().refuses("secret-missing", variable) => {}
        Err(refusal) => panic!("without {variable} the refusal does not name it:\n{refusal}"),
    }
}
