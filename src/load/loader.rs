//! The options for loading: sources, tier, waivers.

use std::path::PathBuf;

use hardened_core::{
    journal::{Waiver, Waivers},
    manifest::Service,
};

use super::{Policy, Reason, announce::Announce, policy::Policies};
use crate::{
    Environment, Tier,
    rule::Rule,
    schema::Schema,
    source::{SourceOptions, overrides::Asked},
    tier::TierNames,
};

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
    pub(super) policies: Policies,
    pub(super) known: Vec<&'static str>,
    pub(super) announce: Announce,
    /// Another environment to judge, without any input from this machine.
    pub(super) elsewhere: Option<Environment>,
    /// Whether loading may also change the process.
    pub(super) owns_process: bool,
    /// Whether missing secrets are assumed to be set. No service ever runs with what is loaded this way.
    pub(super) assumes_secrets: bool,
    /// The name and version of the service.
    pub(super) service: Option<(&'static str, &'static str)>,
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

    /// Sets a plain setting in code, by the path of its field. It overrides every source, and reports show `code` as its
    /// source. It is for tests, and for values that only the code can know. If a field is set twice, the last value counts.
    ///
    /// ```
    /// use hardened::{Config, Environment, Http, Loader};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    ///     #[config(nested)]
    ///     mail: Mail,
    /// }
    ///
    /// #[derive(Config)]
    /// struct Mail {
    ///     #[config(env = "MAIL_HOST")]
    ///     host: String,
    /// }
    ///
    /// let loader = Loader::new().environment(Environment::empty().set("PORT", "80"));
    /// let settings = loader.set("port", 0).set("mail.host", "localhost").load::<Settings>()?;
    /// assert_eq!((settings.port, settings.mail.host.as_str()), (0, "localhost"));
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    ///
    /// The setting's own parser reads the value: separate the items of a list with commas. A blank value counts as
    /// unset.
    ///
    /// # Errors
    ///
    /// Loading refuses with `setting-unknown` for a path that does not belong to a setting, and with `secret-in-code`
    /// for a secret: a test sets that in its own [`Environment`].
    pub fn set(mut self, path: &'static str, value: impl ToString) -> Self {
        self.sources.overrides.push(Asked::code(path, value.to_string()));
        self
    }

    /// Adds a command line argument, as the service's own parser (clap, for example) read it. It overrides every
    /// variable, and reports show the argument as the source. `None` means that the argument was not given; several
    /// values make a list.
    ///
    /// The argument must be named like a variable or a field: `--port` for `PORT`, `--jwt-algorithm` for
    /// `JWT_ALGORITHM` or for the field `jwt.algorithm`. For another name, use [`argument_for`](Self::argument_for).
    ///
    /// ```
    /// use hardened::{Config, Environment, Loader};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    ///     #[config(default = [])]
    ///     peers: Vec<String>,
    /// }
    ///
    /// # struct Args { port: Option<u16>, peer: Vec<String> }
    /// # let args = Args { port: Some(9000), peer: vec!["a".into(), "b".into()] };
    /// // #[derive(clap::Args)]
    /// // struct Args { #[arg(long)] port: Option<u16>, #[arg(long)] peer: Vec<String> }
    /// let loader = Loader::new().argument("--port", args.port).argument_for("--peer", "peers", args.peer);
    /// let settings = loader.environment(Environment::empty().set("PORT", "80")).load::<Settings>()?;
    /// assert_eq!((settings.port, settings.peers.len()), (9000, 2));
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    ///
    /// `examples/arguments.rs` is a complete service with clap.
    ///
    /// # Errors
    ///
    /// Loading refuses with `setting-unknown` for a name that does not belong to a setting, even if the argument was
    /// not given, and with `secret-in-argument` for a secret that was given: every user of the machine can read the
    /// arguments of a process.
    pub fn argument(self, name: &'static str, values: impl IntoIterator<Item: ToString>) -> Self {
        self.asked(name, None, values)
    }

    /// Does the same as [`argument`](Self::argument) for an argument that is not named like its setting: `path` is the
    /// path of the field.
    ///
    /// # Errors
    ///
    /// The same as for [`argument`](Self::argument).
    pub fn argument_for(
        self,
        name: &'static str,
        path: &'static str,
        values: impl IntoIterator<Item: ToString>,
    ) -> Self {
        self.asked(name, Some(path), values)
    }

    fn asked(
        mut self,
        name: &'static str,
        path: Option<&'static str>,
        values: impl IntoIterator<Item: ToString>,
    ) -> Self {
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        let text = if values.is_empty() { None } else { Some(values.join(",")) };
        self.sources.overrides.push(Asked::argument(name, path, text));
        self
    }

    /// Reads the tier only from this variable, instead of from `ENVIRONMENT` and `APP_ENV`.
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

    /// Accepts that a rule does not hold for a subject: for a rule about a setting, this is the setting's variable. The
    /// reason appears in every report. A [`Reason`] can be limited to a tier.
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

    /// Adds the rules of an organisation: see [`Policy`].
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policies.push(policy);
        self
    }

    /// Adds the rules that the service itself defines with [`rules!`](crate::rules) to the [manifest](crate::manifest),
    /// `config explain` and `config rules`.
    ///
    /// ```
    /// use hardened::{Config, Environment, Loader, Violation};
    ///
    /// hardened::rules! {
    ///     /// A batch fits into one page.
    ///     SHOP_BATCH: "shop-batch" Inconsistent [Refuse Refuse Refuse Refuse] Everywhere {
    ///         why: "Orders behind the first page would never be shipped.",
    ///     }
    /// }
    ///
    /// #[derive(Debug, Config)]
    /// #[config(check = batch_fits(batch, page))]
    /// struct Settings {
    ///     #[config(default = 10)]
    ///     batch: u32,
    ///     #[config(default = 50)]
    ///     page: u32,
    /// }
    ///
    /// fn batch_fits(batch: &u32, page: &u32) -> Result<(), Violation> {
    ///     if batch <= page { Ok(()) } else { Err(Violation::new(SHOP_BATCH, "more than a page")) }
    /// }
    ///
    /// # fn main() {
    /// let loader = Loader::new().rules(ALL).environment(Environment::empty().set("BATCH", "60"));
    /// assert!(loader.load::<Settings>().unwrap_err().report().refuses("shop-batch", "BATCH"));
    /// # }
    /// ```
    pub fn rules(self, rules: &'static [Rule]) -> Self {
        self.policy(Policy::new(rules))
    }

    /// Returns the rules of the service and of its policies.
    pub(crate) fn own_rules(&self) -> Vec<Rule> {
        self.policies.rules()
    }

    /// Also searches this directory for secrets: one file for each, named like the variable, in upper or lower case or
    /// with hyphens. `/run/secrets` and systemd's `$CREDENTIALS_DIRECTORY` are always searched.
    pub fn secret_directory(mut self, path: impl Into<PathBuf>) -> Self {
        self.sources.secret_directories.push(path.into());
        self
    }

    /// Reads one service's part of a `hardened.toml` that several services share: the sections `[shared]` and `[name]`,
    /// each with its own tiers (`[api.production]`). Sections of other services are ignored.
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
    /// The tier takes precedence over the section: `[shared.production]` overrides `[api]`, and `[api.production]`
    /// overrides both.
    ///
    /// # Errors
    ///
    /// Loading refuses with `source-unknown-key` for a key outside every section, and with `source-unknown-section` for
    /// a tier outside the sections. A section whose name resembles a missing one is a note.
    #[cfg(feature = "files")]
    pub fn section(mut self, name: &'static str) -> Self {
        self.sources.files.section = Some(name);
        self
    }

    /// Reads these TOML files instead of searching for `hardened.toml`. A later file overrides an earlier one, setting by
    /// setting, and reports show the file, line and column of each value. Relative paths start at the working directory.
    ///
    /// ```
    /// use hardened::Loader;
    ///
    /// let loader = Loader::new().files(["/etc/billing/base.toml", "/etc/billing/eu.toml"]);
    /// ```
    ///
    /// Files named by a [variable](Self::files_variable) or an [argument](Self::files_argument) replace these.
    /// `hardened.local.toml` is not read in addition to them.
    ///
    /// # Errors
    ///
    /// Loading refuses with `source-unreadable` for a file that does not exist or cannot be read, and with
    /// `source-malformed` for a file that is not TOML.
    #[cfg(feature = "files")]
    pub fn files(mut self, paths: impl IntoIterator<Item: Into<PathBuf>>) -> Self {
        self.sources.files.chosen.in_code.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Lets a variable name the files, separated by commas: `APP_CONFIG=/etc/app.toml`. If it is unset or blank, the
    /// files named in code count.
    ///
    /// # Errors
    ///
    /// The same as for [`files`](Self::files).
    #[cfg(feature = "files")]
    pub fn files_variable(mut self, name: &'static str) -> Self {
        self.sources.files.chosen.variable = Some(name);
        self.known.push(name);
        self
    }

    /// Lets a command line argument name the files, as the service's own parser read it. It overrides the variable.
    /// `None` means that the argument was not given.
    ///
    /// ```
    /// use hardened::Loader;
    ///
    /// # struct Args { config: Option<std::path::PathBuf> }
    /// # let args = Args { config: None };
    /// // #[derive(clap::Args)]
    /// // struct Args { #[arg(long)] config: Option<PathBuf> }
    /// let loader = Loader::new().files_variable("APP_CONFIG").files_argument("--config", args.config);
    /// ```
    ///
    /// # Errors
    ///
    /// The same as for [`files`](Self::files).
    #[cfg(feature = "files")]
    pub fn files_argument(mut self, name: &'static str, paths: impl IntoIterator<Item: Into<PathBuf>>) -> Self {
        self.sources.files.chosen.argument = Some((name, paths.into_iter().map(Into::into).collect()));
        self
    }

    /// Adds a [figment](https://docs.rs/figment) provider: YAML, JSON, a store. Its values override `hardened.toml` and
    /// providers added before it, within one profile; a value for the selected tier (a profile with the same name)
    /// overrides one in `default`. Variables and `.env` override all of them.
    ///
    /// A provider whose [metadata](figment::Metadata) names a file, such as figment's `Json::file` and `Yaml::file`, is
    /// judged like `hardened.toml`: a key that is not a setting refuses the start, with the name of the file. In any
    /// other provider, keys that are not settings are ignored, because a store may contain other data.
    ///
    /// # Errors
    ///
    /// Loading refuses with `source-provider-failed` if the provider fails, without showing its message; with
    /// `source-unknown-key` for a key in a file that is not a setting; and with `secret-in-file` if the provider
    /// delivers a declared secret in any profile, because its memory already held the secret.
    #[cfg(feature = "files")]
    pub fn figment(mut self, provider: impl figment::Provider + Send + Sync + 'static) -> Self {
        self.sources.files.providers.push(Box::new(provider));
        self
    }

    /// Sets the name and version of the service in the [manifest](crate::manifest). By default, they are those of the
    /// package that defines the settings.
    ///
    /// ```
    /// use hardened::Loader;
    ///
    /// let loader = Loader::new().service("billing", env!("CARGO_PKG_VERSION"));
    /// ```
    pub fn service(mut self, name: &'static str, version: &'static str) -> Self {
        self.service = Some((name, version));
        self
    }

    /// Chooses how [`load_or_exit`](Self::load_or_exit) and [`Exit`](crate::Exit) announce the outcome: for people, for
    /// log collectors, or not at all if the start is accepted.
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

    /// Returns a new loader with the same tier names.
    pub(crate) fn with_its_tier_names(&self) -> Self {
        Self { tier_names: self.tier_names.clone(), ..Self::new() }
    }

    /// Judges another environment: no variable, directory or provider of this one is read, whatever else the loader is
    /// told.
    pub(crate) fn elsewhere(mut self, environment: Environment) -> Self {
        self.elsewhere = Some(environment);
        self
    }

    /// Assumes that missing secrets are set, so that the promises of the plain settings are known.
    pub(crate) fn assuming_secrets(mut self) -> Self {
        self.assumes_secrets = true;
        self
    }

    /// Returns the name and version of the service with these settings. Settings of this library itself name no service.
    pub(super) fn service_of(&self, schema: &Schema) -> Service {
        let (name, version) = match (self.service, schema.package()) {
            (Some((name, version)), _) => (Some(name), Some(version)),
            (None, (Some(env!("CARGO_PKG_NAME")), _)) => (None, None),
            (None, package) => package,
        };
        Service { name: name.map(str::to_owned), version: version.map(str::to_owned) }
    }

    /// Applies the other environment, if there is one.
    pub(super) fn settled(mut self) -> Self {
        if let Some(environment) = self.elsewhere.take() {
            self.sources = self.sources.elsewhere(environment);
        }
        self
    }

    /// Returns the variables that name the tier, in order of precedence.
    #[doc(hidden)]
    #[must_use]
    pub fn tier_variables(&self) -> &[&'static str] {
        self.tier_names.variables()
    }
}
