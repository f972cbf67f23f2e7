//! How to load: sources, tier, waivers.

use std::path::PathBuf;

use hardened_core::journal::{Waiver, Waivers};

use super::{Config, Loaded, Reader, Reason, Refusal, announce::Announce, session::Session};
use crate::{Environment, Tier, rule::Rule, source::SourceOptions, tier::TierNames};

/// The exit status of a service that refuses its configuration: `EX_CONFIG` of `sysexits.h`.
pub(super) const EX_CONFIG: u8 = 78;

/// Loads a configuration with options: other sources, waivers, another tier variable.
///
/// ```
/// use hardened::{Environment, JwtSecret, Loader};
///
/// #[derive(Debug, hardened::Config)]
/// struct Settings {
///     /// Signs the tokens.
///     jwt_secret: JwtSecret,
/// }
///
/// let environment = Environment::empty().set("ENVIRONMENT", "production");
/// let refusal = Loader::new().environment(environment).load::<Settings>().unwrap_err();
/// assert!(refusal.report().has("secret-missing", "JWT_SECRET"));
/// ```
#[derive(Debug, Default)]
#[must_use = "a loader does nothing until `load` is called"]
pub struct Loader {
    pub(super) sources: SourceOptions,
    pub(super) tier_names: TierNames,
    pub(super) waivers: Waivers,
    pub(super) known: Vec<&'static str>,
    pub(super) announce: Announce,
    /// Another environment that is judged here, with nothing of this one.
    pub(super) elsewhere: Option<Environment>,
    /// Whether the process may be changed, too.
    pub(super) owns_process: bool,
}

impl Loader {
    /// Creates a loader that reads the environment of the process.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads another environment, such as a test double.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.sources.environment = environment;
        self
    }

    /// Reads the tier from this variable alone, instead of `ENVIRONMENT` and `APP_ENV`.
    pub fn tier_variable(mut self, name: &'static str) -> Self {
        self.tier_names.variable = Some(name);
        self
    }

    /// Adds a name for [`Tier::Production`] or [`Tier::Preview`], such as `prod-eu`. A known name keeps the stricter of
    /// its two meanings.
    ///
    /// # Errors
    ///
    /// An alias for another tier refuses the start: `tier-alias`.
    pub fn tier_alias(mut self, name: &'static str, tier: Tier) -> Self {
        self.tier_names.aliases.push((name, tier));
        self
    }

    /// Accepts that a rule does not hold for a subject (for a setting, its variable). The reason appears in every
    /// report. A [`Reason`] can be limited to a tier.
    ///
    /// ```
    /// use hardened::{Loader, Tier, rule, load::Reason};
    ///
    /// let reason = Reason::new("the cluster mounts secrets writable").only(Tier::Preview);
    /// let loader = Loader::new().waive(rule::FILE_WORLD_WRITABLE, "JWT_SECRET_KEY", reason);
    /// ```
    ///
    /// # Errors
    ///
    /// `waiver-invalid` refuses the start for a rule that cannot be waived, and for a blank reason. A waiver that is
    /// not needed is a note, `waiver-unused`.
    pub fn waive(mut self, rule: Rule, subject: &'static str, reason: impl Into<Reason>) -> Self {
        self.waivers.push(Waiver::new(rule, subject, reason.into()));
        self
    }

    /// Adds the variables of another configuration in the same process, so that they are not reported as misspellings.
    pub fn also_known<T: Config>(mut self) -> Self {
        let settings = T::SCHEMA.settings();
        self.known.extend(settings.iter().flat_map(|declared| declared.setting().variables()));
        self
    }

    /// Also looks for secrets in this directory, one file each, named like the variable, in lower case, or hyphenated.
    /// `/run/secrets` and systemd's `$CREDENTIALS_DIRECTORY` are always searched.
    pub fn secret_directory(mut self, path: impl Into<PathBuf>) -> Self {
        self.sources.secret_directories.push(path.into());
        self
    }

    /// Reads one service's part of a `hardened.toml` that several services share: the sections `[shared]` and the named
    /// one, each with its own tiers (`[api.production]`). Sections of other services are ignored.
    ///
    /// ```toml
    /// [shared]
    /// log_level = "info"
    ///
    /// [api]
    /// port = 8080
    ///
    /// [api.production]
    /// port = 80
    /// ```
    ///
    /// The tier decides before the section: `[shared.production]` wins over `[api]`, and `[api.production]` over both.
    ///
    /// # Errors
    ///
    /// Loading refuses with `source-unknown-key` for a key outside every section, and with
    /// `source-unknown-section` for a tier outside of them. A section that resembles one that is not there is a note.
    #[cfg(feature = "files")]
    pub fn section(mut self, name: &'static str) -> Self {
        self.sources.files.section = Some(name);
        self
    }

    /// Adds a provider of [figment](https://docs.rs/figment): YAML, JSON, a store. Its values win over `hardened.toml`
    /// and over providers added before, within one profile; a value for the selected tier (a profile of the same
    /// name) wins over `default`. Variables, and `.env`, win over all of them.
    ///
    /// Keys that are no settings are passed over, for a store may hold more than this service's settings.
    ///
    /// # Errors
    ///
    /// Loading refuses with `source-provider-failed` when the provider fails, without its message; with
    /// `secret-in-file` when it delivers a declared secret, in whatever profile: the provider's memory already held it.
    #[cfg(feature = "files")]
    pub fn figment(mut self, provider: impl figment::Provider + Send + Sync + 'static) -> Self {
        self.sources.files.providers.push(Box::new(provider));
        self
    }

    /// Decides how [`load_or_exit`](Self::load_or_exit) and [`Exit`](crate::Exit) speak: for people, for log collectors,
    /// or not at all about an accepted start.
    ///
    /// ```
    /// use hardened::{Loader, report::Announce};
    ///
    /// let loader = Loader::new().announce(Announce::Json);
    /// ```
    pub fn announce(mut self, announce: Announce) -> Self {
        self.announce = announce;
        self
    }

    /// A fresh loader with the same names of tiers.
    pub(crate) fn with_its_tier_names(&self) -> Self {
        Self { tier_names: self.tier_names.clone(), ..Self::new() }
    }

    /// Judges another environment: no variable, directory or provider of this one is read, whatever else the service
    /// says.
    pub(crate) fn elsewhere(mut self, environment: Environment) -> Self {
        self.elsewhere = Some(environment);
        self
    }

    /// What is read in the end.
    fn settled(mut self) -> Self {
        if let Some(environment) = self.elsewhere.take() {
            self.sources = self.sources.elsewhere(environment);
        }
        self
    }

    /// The variables that name the tier, in the order of precedence.
    #[doc(hidden)]
    #[must_use]
    pub fn tier_variables(&self) -> &[&'static str] {
        self.tier_names.variables()
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
        let announce = loader.announce;
        let mut session = Session::begin(loader, T::SCHEMA);
        let value = T::read(&mut Reader::root(&mut session, T::SCHEMA));
        let (report, table) = session.finish();
        let outcome = match value {
            Ok(value) if !report.is_refusal() => Ok(Loaded::new(value, report, table, T::SCHEMA)),
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
