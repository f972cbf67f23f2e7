//! The trait that a configuration struct derives.

use std::sync::Arc;

use hardened_core::manifest::Promises;

use super::{
    Loaded, Loader, Reader,
    announce::Announce,
    refusal::{EX_CONFIG, Refusal},
    session::Session,
};
use crate::{finding::Reported, schema::Schema};

/// A configuration struct, or a group of settings inside one. Implemented by `#[derive(Config)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a group of settings",
    label = "does not implement `hardened::Config`",
    note = "add `#[derive(hardened::Config)]` to it"
)]
pub trait Config: Sized {
    /// What the struct declares.
    const SCHEMA: &'static Schema;

    /// Reads every field. The derive makes it; by hand it is for a group that no attribute can describe, with the methods
    /// of the [`Reader`].
    ///
    /// # Errors
    ///
    /// Each error is in the report already.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported>;

    /// What this service always wants of its loader: waivers, its own tier variable, sources. Set by
    /// `#[config(loader = path)]`; every way to load goes through it.
    fn loader(loader: Loader) -> Loader {
        loader
    }

    /// Adds what a start with these settings commits the live service to. The derive forwards it to each group, and then to
    /// the function that `#[config(promises = function)]` names; by hand it is for a group that is read by hand.
    ///
    /// ```
    /// use hardened::{Config, Environment, Http, Loaded, Loader, manifest::{HealthContract, Promises}};
    ///
    /// #[derive(Config)]
    /// #[config(promises = promised)]
    /// struct Settings {
    ///     #[config(nested)]
    ///     http: Http,
    ///     #[config(nested)]
    ///     archive: Archive,
    /// }
    ///
    /// /// What the routes in the code answer.
    /// fn promised(_: &Settings, promises: &mut Promises) {
    ///     promises.health_check("/health", HealthContract::Deep);
    /// }
    ///
    /// /// A group of the service's own.
    /// #[derive(Config)]
    /// #[config(promises = kept)]
    /// struct Archive {
    ///     /// How many days an order is kept.
    ///     #[config(default = 30)]
    ///     archive_days: u32,
    /// }
    ///
    /// fn kept(archive: &Archive, promises: &mut Promises) {
    ///     promises.own("days", archive.archive_days);
    /// }
    ///
    /// let settings = Loader::new().environment(Environment::empty()).load::<Settings>()?;
    /// let promises = Loaded::manifest(&settings).promises;
    /// assert_eq!(promises.own["archive.days"], "30");
    /// assert_eq!(promises.health[0].path.as_str(), "/health");
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    fn promise(&self, promises: &mut Promises) {
        let _ = promises;
    }

    /// Loads the configuration from the environment of the process.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] with every problem at once, when at least one rule binds that does not hold.
    fn load() -> Result<Loaded<Self>, Refusal> {
        Loader::new().load()
    }

    /// Loads the configuration, or prints the one report to standard error and ends the process with status 78
    /// (`EX_CONFIG` of `sysexits.h`).
    ///
    /// An accepted start is one line on standard error, with its warnings below: see [`Loader::announce`]. In Preview and
    /// Production core dumps are forbidden before the first secret is read: see [`Loader::load_or_exit`].
    #[must_use]
    fn load_or_exit() -> Loaded<Self> {
        Loader::new().load_or_exit()
    }
}

/// A group of which the code decides a part, by a function at the field: `#[config(nested, with = pages)]`.
///
/// What the function decides is judged at the start, in the same report as what the variables say.
#[diagnostic::on_unimplemented(
    message = "the code cannot decide a part of `{Self}`",
    label = "`with` is for a group such as `CorsSettings`"
)]
pub trait Choose: Config {
    /// What the function is given, and gives back: `PolicyBuilder` for `CorsSettings`.
    type Draft;

    /// Reads every field, and lets the function decide the rest.
    ///
    /// # Errors
    ///
    /// Each error is in the report already.
    #[doc(hidden)]
    fn read_with(reader: &mut Reader<'_>, choose: fn(Self::Draft) -> Self::Draft) -> Result<Self, Reported>;
}

/// A group on the heap, for a large struct of groups.
impl<T: Config> Config for Box<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        T::read(reader).map(Self::new)
    }

    fn loader(loader: Loader) -> Loader {
        T::loader(loader)
    }

    fn promise(&self, promises: &mut Promises) {
        T::promise(self, promises);
    }
}

/// A group that is shared, for a state of which axum's `FromRef` hands out parts.
impl<T: Config> Config for Arc<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        T::read(reader).map(Self::new)
    }

    fn loader(loader: Loader) -> Loader {
        T::loader(loader)
    }

    fn promise(&self, promises: &mut Promises) {
        T::promise(self, promises);
    }
}

impl Loader {
    /// Adds the variables of another configuration in the same process, so that they are not reported as misspellings.
    pub fn also_known<T: Config>(mut self) -> Self {
        let settings = T::SCHEMA.settings();
        self.known.extend(settings.iter().flat_map(|declared| declared.setting().variables()));
        self
    }

    /// Loads the configuration.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] with every problem at once.
    pub fn load<T: Config>(self) -> Result<Loaded<T>, Refusal> {
        self.load_announced().1
    }

    /// Loads it, and how its outcome is to be said.
    fn load_announced<T: Config>(self) -> (Announce, Result<Loaded<T>, Refusal>) {
        let loader = T::loader(self).settled();
        let (announce, service) = (loader.announce, loader.service_of(T::SCHEMA));
        let mut session = Session::begin(loader, T::SCHEMA);
        let value = T::read(&mut Reader::root(&mut session, T::SCHEMA));
        let (report, table) = session.finish();
        let outcome = match value {
            Ok(value) if !report.is_refusal() => Ok(Loaded::new(value, report, table, T::SCHEMA, service)),
            _ => Err(Refusal::new(report, table).announced(announce)),
        };
        (announce, outcome)
    }

    /// Loads the configuration, or prints the report to standard error and exits with status 78.
    ///
    /// An accepted start is one line on standard error, with its warnings below; nothing is ever written to standard
    /// output. [`announce`](Self::announce) chooses another form.
    ///
    /// In Preview and Production it forbids [core dumps](crate::process::no_core_dumps) before it reads the first
    /// secret. A waiver of [`rule::PROCESS_CORE_DUMPS`](crate::rule::PROCESS_CORE_DUMPS) leaves them on, and shows in
    /// every report:
    ///
    /// ```
    /// use hardened::{Loader, rule};
    ///
    /// let loader = Loader::new().waive(rule::PROCESS_CORE_DUMPS, "process", "our crash reporter attaches");
    /// ```
    #[must_use]
    pub fn load_or_exit<T: Config>(mut self) -> Loaded<T> {
        self.owns_process = true;
        let (announce, loaded) = self.load_announced::<T>();
        match loaded {
            Ok(loaded) => {
                announce.accepted(&loaded);
                loaded
            }
            Err(refusal) => {
                refusal.announce();
                std::process::exit(EX_CONFIG.into())
            }
        }
    }
}
