//! The trait that `#[derive(Config)]` implements.

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
    /// The declaration of the settings and groups.
    const SCHEMA: &'static Schema;

    /// Reads every field. The derive implements it. Implement it by hand, with the methods of the [`Reader`], only for
    /// a group that no attribute can describe.
    ///
    /// # Errors
    ///
    /// Every error is already in the report.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported>;

    /// Adds what this service always needs to its loader: waivers, a tier variable, sources. `#[config(loader = path)]`
    /// sets it; it applies however the configuration is loaded.
    fn loader(loader: Loader) -> Loader {
        loader
    }

    /// Adds what the running service promises with these settings to the manifest. The derive calls it for each group,
    /// and then calls the function that `#[config(promises = function)]` names. Implement it by hand only for a group
    /// that is read by hand.
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
    /// /// Promises what the routes serve.
    /// fn promised(_: &Settings, promises: &mut Promises) {
    ///     promises.health_check("/health", HealthContract::Deep);
    /// }
    ///
    /// /// A group that the service defines.
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
    /// Returns a [`Refusal`] with every problem at once, if at least one binding rule does not hold.
    fn load() -> Result<Loaded<Self>, Refusal> {
        Loader::new().load()
    }

    /// Loads the configuration, or prints its report to standard error and exits with status 78 (`EX_CONFIG` in
    /// `sysexits.h`).
    ///
    /// It announces an accepted start with one line on standard error, followed by its warnings: see [`Loader::announce`]. In
    /// Preview and Production it disables core dumps before it reads the first secret: see [`Loader::load_or_exit`].
    #[must_use]
    fn load_or_exit() -> Loaded<Self> {
        Loader::new().load_or_exit()
    }
}

/// A group that code configures in part, through a function named at the field: `#[config(nested, with = pages)]`.
///
/// The choices of the function are checked at startup, in the same report as the variables.
#[diagnostic::on_unimplemented(
    message = "the code cannot decide a part of `{Self}`",
    label = "`with` is for a group such as `CorsSettings`"
)]
pub trait Choose: Config {
    /// The type that the function receives and returns: `PolicyBuilder` for `CorsSettings`.
    type Draft;

    /// Reads every field, and lets the function choose the rest.
    ///
    /// # Errors
    ///
    /// Every error is already in the report.
    #[doc(hidden)]
    fn read_with(reader: &mut Reader<'_>, choose: fn(Self::Draft) -> Self::Draft) -> Result<Self, Reported>;
}

/// A group on the heap, for a struct with many large groups.
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

/// A group that is shared, for a state whose parts axum's `FromRef` hands out.
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
    /// Returns a [`Refusal`] with every problem at once.
    pub fn load<T: Config>(self) -> Result<Loaded<T>, Refusal> {
        self.load_announced().1
    }

    /// Loads the configuration. Returns it with the form in which to announce the outcome.
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
    /// It announces an accepted start with one line on standard error, followed by its warnings; it never writes to
    /// standard output. [`announce`](Self::announce) chooses another form.
    ///
    /// In Preview and Production it disables [core dumps](crate::process::no_core_dumps) before it reads the first
    /// secret. A waiver of [`rule::PROCESS_CORE_DUMPS`](crate::rule::PROCESS_CORE_DUMPS) leaves them enabled, and
    /// appears in every report:
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
