//! Asserts that a configuration is refused for a certain reason.

use hardened::{Config, Environment, Loaded, Loader};

use crate::defaults;

/// Asserts that a service refuses to start in an environment, with a finding of severity error that has this rule code
/// and is about this subject (for a setting: its variable).
///
/// There may be other findings.
///
/// # Panics
///
/// With the report, when the service starts, or refuses only for other reasons.
///
/// ```
/// # use hardened::{Config, JwtSecret};
/// # use hardened_testing::{assert_refuses, valid_env};
/// # #[derive(Config)] struct Settings { jwt_secret: JwtSecret }
/// assert_refuses!(Settings, valid_env::<Settings>().unset("JWT_SECRET"), "secret-missing", "JWT_SECRET");
/// ```
#[macro_export]
macro_rules! assert_refuses {
    ($settings:ty, $environment:expr, $code:expr, $subject:expr $(,)?) => {
        $crate::assert_refuses::<$settings>($environment, $code, $subject)
    };
}

#[doc(hidden)]
#[track_caller]
pub fn assert_refuses<T: Config>(environment: Environment, code: &str, subject: &str) {
    if hardened::rule::find(code).is_none() {
        panic!("there is no rule `{code}`");
    }
    defaults::assert_accepted::<T>();
    match Loader::new().environment(environment).load::<T>() {
        Ok(loaded) => {
            panic!("the service starts, and does not report `{code}` about {subject}:\n{}", Loaded::report(&loaded))
        }
        Err(refusal) if refusal.report().refuses(code, subject) => {}
        Err(refusal) => {
            panic!("the service refuses to start, but does not report `{code}` about {subject}:\n{refusal}")
        }
    }
}
