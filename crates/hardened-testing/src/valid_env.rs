//! An environment in which a service starts.

use hardened::{Config, Environment, Loader, Requirement};

use crate::example;

/// An environment in which the service starts in production: a double, never that of the process.
///
/// It sets the tier to production, and every required setting: keys and credentials are made anew at each call, others
/// take their `example`, or one that their kind allows. Change it with [`Environment::set`] and [`Environment::unset`].
///
/// # Panics
///
/// With the report, when the service does not start in it: when a `check` needs more than the required settings, or a
/// type of the service's own accepts no usual example. A required setting of a foreign type without `example` panics
/// with the name of the field.
#[must_use]
#[track_caller]
pub fn valid_env<T: Config>() -> Environment {
    let environment = filled::<T>();
    match Loader::new().environment(environment.clone()).load::<T>() {
        Ok(_) => environment,
        Err(refusal) => panic!(
            "`valid_env::<{}>()` fills the required settings only, and that is not enough; `.example` or `.set` what \
             is missing:\n{refusal}",
            T::SCHEMA.name()
        ),
    }
}

/// Every required setting and the tier, not judged.
#[track_caller]
fn filled<T: Config>() -> Environment {
    let loader = T::loader(Loader::new());
    let tier = loader.tier_variables().first().copied().unwrap_or("ENVIRONMENT");
    let mut environment = Environment::empty().set(tier, "production");
    for declared in T::SCHEMA.settings() {
        if declared.setting().requirement() == Requirement::Required && !declared.is_in_optional_group() {
            let Some(value) = example::of(declared.setting()) else {
                panic!(
                    "`{}.{}` is of a foreign type: give it an example, `#[config(example = \"…\")]`",
                    T::SCHEMA.name(),
                    declared.path()
                );
            };
            environment = environment.set(declared.variable(), value);
        }
    }
    environment
}
