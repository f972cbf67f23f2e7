//! Makes an environment in which a service starts.

use hardened::{Config, Environment, Loader, Refusal, finding::Finding};

use crate::{defaults, example};

/// The codes with which a report calls a setting missing.
const MISSING: [&str; 3] = ["secret-missing", "setting-missing", "setting-absent"];

/// Returns a test environment in which the service starts in production. It never contains the variables of the
/// process.
///
/// It sets the tier to production, and every setting that production needs. Keys and credentials are new at each call, and
/// replace `{random}` in an `example`. Other settings get their `example`, or a value that their kind allows. Change the
/// environment with [`Environment::set`] and [`Environment::unset`].
///
/// # Panics
///
/// With the report, when the service does not start in this environment, because a `check` needs more than the required
/// settings, or one of its own types does not accept a usual example. In this case, pass what is missing to
/// [`valid_env_with`]. It also panics, with the name of the field, for a required setting of a foreign type without
/// `example`, and for a default in the code that its own type refuses.
#[must_use]
#[track_caller]
pub fn valid_env<T: Config>() -> Environment {
    valid_env_with::<T>(Environment::empty())
}

/// Returns an environment like [`valid_env`] that starts from variables of the test: for a `check` that needs more than
/// the required settings, for one of several ways to set the same thing, or for a value without a usual example.
///
/// These variables are kept, and only what is still missing is added. The tier is always production.
///
/// ```
/// # use hardened::{Config, Database, Environment};
/// # use hardened_testing::{assert_refuses, valid_env_with};
/// # #[derive(Config)] struct Settings { #[config(nested)] database: Database }
/// let pieces = Environment::empty().set("PGHOST", "db.example.com").set("PGPASSWORD", "8sd7f6asd5");
/// let env = valid_env_with::<Settings>(pieces);    // PGUSER is added, DATABASE_URL is not
/// assert_refuses!(Settings, env.set("PGSSLMODE", "disable"), "database-tls", "PGHOST");
/// ```
///
/// # Panics
///
/// Under the conditions of [`valid_env`].
#[must_use]
#[track_caller]
pub fn valid_env_with<T: Config>(environment: Environment) -> Environment {
    defaults::assert_accepted::<T>();
    let loader = T::loader(Loader::new());
    let tier = loader.tier_variables().first().copied().unwrap_or("ENVIRONMENT");
    let mut environment = environment.set(tier, "production");
    // An added setting can make others required, such as the rest of a group. Each round adds at least one setting.
    for _ in T::SCHEMA.settings() {
        let Err(refusal) = load::<T>(&environment) else { return environment };
        for missing in refusal.report().findings().iter().filter(|it| MISSING.contains(&it.code())) {
            environment = add::<T>(environment, missing);
        }
    }
    match load::<T>(&environment) {
        Ok(()) => environment,
        Err(refusal) => panic!(
            "`valid_env::<{0}>()` adds only missing settings, and this service needs more; pass the rest: \
             `valid_env_with::<{0}>(Environment::empty().set(\"NAME\", \"value\"))`\n{refusal}",
            T::SCHEMA.name()
        ),
    }
}

fn load<T: Config>(environment: &Environment) -> Result<(), Refusal> {
    Loader::new().environment(environment.clone()).load::<T>().map(drop)
}

/// Sets one missing setting.
#[track_caller]
fn add<T: Config>(environment: Environment, missing: &Finding) -> Environment {
    let settings = T::SCHEMA.settings();
    // A finding of a check may be about something else. The final report then shows it.
    let Some(declared) = settings.iter().find(|declared| declared.is_at(missing.field())) else {
        return environment;
    };
    let Some(value) = example::of(declared.setting()) else {
        panic!(
            "the library does not know the type of `{}.{}`; give the field an example: `#[config(example = \"…\")]`",
            T::SCHEMA.name(),
            declared.path()
        );
    };
    environment.set(missing.subject().to_owned(), value)
}
