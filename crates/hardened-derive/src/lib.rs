//! `#[derive(Config)]` for the crate `hardened`, which re-exports it: there is no need to depend on this crate.
//!
//! The code that the derive makes describes each field once, in a static schema, and asks for the bound on each type
//! in one place, so that one mistake is one compile error at its own place. What only the types can tell (a default on
//! a secret, say) is a constant that does not evaluate.

mod attributes;
mod distance;
mod docs;
mod errors;
mod expand;
mod fields;
mod generate;
mod humps;
mod kinds;
mod names;
mod secret_words;
mod shape;
mod types;
mod variants;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct with named fields a configuration (`hardened::Config`).
///
/// ```
/// use std::time::Duration;
///
/// use hardened::{Config, Environment, Loader, SecretText, Setting};
///
/// /// What the billing service needs.
/// #[derive(Debug, Config)]
/// struct Settings {
///     /// Stripe's secret key.
///     stripe_key: SecretText,
///     /// Port to listen on.
///     #[config(env = ["PORT", "API_PORT"], default = 8080)]
///     port: u16,
///     #[config(default = "30s")]
///     timeout: Duration,
///     #[config(default = "info")]
///     log_level: LogLevel,
/// }
///
/// #[derive(Debug, Setting)]
/// enum LogLevel {
///     Error,
///     #[config(alias = "warning")]
///     Warn,
///     Info,
/// }
///
/// let environment = Environment::empty().set("STRIPE_KEY", "sk_live_6b7f0c29d3e14a58").set("API_PORT", "80");
/// let settings = Loader::new().environment(environment).load::<Settings>()?;
/// assert_eq!(settings.port, 80);
/// # let _ = (settings.timeout, &settings.log_level, &settings.stripe_key);
/// # Ok::<(), hardened::Refusal>(())
/// ```
///
/// # Fields
///
/// A field is one **setting**, read from one variable, unless it is marked otherwise. Its doc comment is the
/// documentation of the setting. It is required unless it has a default or its type is a spelt-out `Option<…>`; that one
/// can be required in Preview and Production alone.
///
/// | attribute | on | meaning |
/// |---|---|---|
/// | `env = "NAME"` | setting | the variable; without it, the name of the field in upper case, behind the `prefix` of the struct |
/// | `env = ["NAME", "OTHER"]` | setting | several names for one setting; the first is the one that messages use; different values are refused |
/// | `key = "type"` | setting or group | the key in files, in place of the name of the field |
/// | `alias = "old_name"` | setting or group | one more key in files; for a setting one more variable as well: `OLD_NAME`; repeatable |
/// | `deprecated_alias = "old_name"` | setting or group | the same, with a warning that names what replaces it; repeatable |
/// | `deprecated = "use OTHER"` | setting with a default or an `Option` | it is read, with a warning that says this |
/// | `default = 8080` | setting | the value when none is set: a number, `true`, `false`, a text, or a list of them such as `["a", "b"]` or `[]`; read by the same parser as input |
/// | `default_with = function` | setting | a `fn(&Reader<'_>) -> T` that makes the value when none is set, such as one that depends on the platform |
/// | `example = "text"` | setting | a valid value, for `.env.example` and for tests |
/// | `parse` | setting | the type is from elsewhere, and is read with `FromStr`; also in a spelt-out `Option<…>`, `Vec<…>` or `Option<Vec<…>>` |
/// | `deserialize` | setting | the same with serde's `Deserialize`, from one string |
/// | `range = 1..=65535` | number, `Duration` | the bounds of the value; half-open ones too; those of a duration are texts: `"1s"..="5m"` |
/// | `len = 3..=50` | text, secret, list | how many characters a text has, bytes a secret, items a list |
/// | `non_empty` | text, list | the same as `len = 1..` |
/// | `one_of = ["eu", "us"]` | text, number, `Duration` | the values that are accepted |
/// | `matches = "[a-z]+"` | text, credential | a regular expression that the whole text matches; needs the feature `regex` |
/// | `each(range = 1..=9)` | list | rules for each item: `range`, `len`, `one_of`, `matches`, `non_empty` |
/// | `expects = "an e-mail address"` | setting | what a value must be, for the message when it is not |
/// | `show` | setting | reports show the value, although its type could hold a secret |
/// | `file` | setting | the value can also stand in a file that `NAME_FILE` names; secrets always can |
/// | `not_secret = "reason"` | setting | why a text is no secret although its name reads like one |
/// | `required_in_production` | setting or group in an `Option<…>` | it may be absent in Development and Test; in Preview and Production its absence refuses the start, with `setting-absent` |
/// | `required_unless = field` | setting in an `Option<…>` | it is required where that other optional field of the struct has no value |
/// | `nested` | group | the field is a struct of settings; in an `Option<…>`, it is required as soon as one of its variables is set |
/// | `nested, prefix = "NAME_"` | group | what stands before **every** name of the group |
/// | `nested, with = function` | group | what the code decides of a group that has such a part: a `fn(PolicyBuilder) -> PolicyBuilder` for `CorsSettings` |
/// | `nested` | list or map of groups: a spelt-out `Vec`, `BTreeMap` or `HashMap`, also in an `Option<…>` | its elements have names such as `UPSTREAMS__0__URL` and `TENANTS__ACME__URL`; in files they are `[[upstreams]]` and `[tenants.acme]` |
/// | `nested, prefix = "NAME__"` | list or map of groups | what comes before the number or the key; without it, the name of the field in upper case and `__` |
/// | `nested, min = 1, max = 10` | list or map of groups | how many elements it has at least and at most |
/// | `with = function` | any type | a `fn(&mut Reader<'_>) -> Result<T, Reported>` that makes the field; it declares no setting |
/// | `tier` | `Tier` | the tier of the run; no setting |
///
/// ```
/// use std::{net::IpAddr, sync::Arc};
///
/// use hardened::{Config, SecretText, Tier};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(nested)]
///     database: Database,                         // DB_HOST, DB_PASSWORD, PGPORT
///     #[config(nested, prefix = "REPLICA_")]
///     replica: Option<Arc<Database>>,             // REPLICA_DB_HOST, REPLICA_DB_PASSWORD, REPLICA_PGPORT
///     #[config(parse, default = ["127.0.0.1"])]
///     trusted: Vec<IpAddr>,                       // TRUSTED
///     #[config(deserialize)]
///     bind: Option<IpAddr>,                       // BIND
///     #[config(show, example = "billing")]
///     service_name: String,                       // SERVICE_NAME, shown in reports
///     #[config(not_secret = "printed on every page")]
///     analytics_token: String,                    // ANALYTICS_TOKEN
///     #[config(tier)]
///     tier: Tier,
/// }
///
/// #[derive(Debug, Config)]
/// #[config(prefix = "DB_")]
/// struct Database {
///     host: String,
///     password: SecretText,
///     #[config(env = "PGPORT", default = 5432)]
///     port: u16,
/// }
///
/// let names: Vec<_> = Settings::SCHEMA.settings().iter().map(|it| it.variable().to_owned()).collect();
/// assert_eq!(names[..4], ["DB_HOST", "DB_PASSWORD", "PGPORT", "REPLICA_DB_HOST"]);
/// ```
///
/// Lists and maps of groups:
///
/// ```
/// use std::collections::BTreeMap;
///
/// use hardened::{Config, Environment, Loader, SecretText};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(nested, min = 1)]
///     upstreams: Vec<Upstream>,                   // UPSTREAMS__0__URL, UPSTREAMS__1__URL, …
///     #[config(nested)]
///     tenants: BTreeMap<String, Tenant>,          // TENANTS__ACME__TOKEN, TENANTS__GLOBEX__TOKEN, …
/// }
///
/// #[derive(Debug, Config)]
/// struct Upstream {
///     url: url::Url,
///     #[config(default = 3)]
///     tries: u8,
/// }
///
/// #[derive(Debug, Config)]
/// struct Tenant {
///     token: SecretText,
/// }
///
/// let environment = Environment::empty()
///     .set("UPSTREAMS__0__URL", "http://one.internal")
///     .set("UPSTREAMS__1__URL", "http://two.internal")
///     .set("UPSTREAMS__1__TRIES", "5")
///     .set("TENANTS__ACME__TOKEN", "q8ZxT3vB7nM1kL5jH9gF2dS6");
/// let settings = Loader::new().environment(environment).load::<Settings>()?;
/// assert_eq!(settings.upstreams[1].tries, 5);
/// assert_eq!(settings.tenants["acme"].token.expose_text().len(), 24);
/// # Ok::<(), hardened::Refusal>(())
/// ```
///
/// What only production needs, such as PostgreSQL where a file does on one's own machine:
///
/// ```
/// use hardened::{Config, Database, Environment, Loader, SecretText, rule};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(nested, required_in_production)]
///     database: Option<Database>,                 // DATABASE_URL
///     #[config(required_in_production)]
///     sentry_dsn: Option<SecretText>,             // SENTRY_DSN
/// }
///
/// let load = |tier| Loader::new().environment(Environment::empty().set("ENVIRONMENT", tier));
/// assert!(load("development").load::<Settings>()?.database.is_none());
///
/// let refusal = load("production").load::<Settings>().unwrap_err();
/// assert!(refusal.report().refuses("setting-absent", "DATABASE_URL"));
/// assert!(refusal.report().refuses("setting-absent", "SENTRY_DSN"));
///
/// // A service that can do without after all says so, and why, in every report.
/// let preview = load("preview")
///     .waive(rule::SETTING_ABSENT, "DATABASE_URL", "previews keep nothing")
///     .waive(rule::SETTING_ABSENT, "SENTRY_DSN", "nobody reads the errors of previews");
/// assert!(preview.load::<Settings>()?.sentry_dsn.is_none());
/// # Ok::<(), hardened::Refusal>(())
/// ```
///
/// # Structs
///
/// | attribute | meaning |
/// |---|---|
/// | `prefix = "NAME_"` | what stands before the names that follow from fields; a name given with `env` stays as it is |
/// | `rename_all = "camelCase"` | how the keys of its fields are spelt in files, in serde's words; variables stay as they are |
/// | `check = function(field, field)` | a rule across fields, given references to them; runs as soon as all of them were read, whatever became of the others; repeatable |
/// | `check = function` | a rule on the whole struct, given a reference; runs when every field was read; repeatable |
/// | `one_of(field, field)` | exactly one of these fields has a value; each is an `Option<…>`; repeatable |
/// | `all_or_none(field, field)` | all of these fields have a value, or none has; each is an `Option<…>`; repeatable |
/// | `loader = function` | a `fn(Loader) -> Loader` with what this service always wants: waivers, sources; every way to load goes through it. That of a nested group does not count |
/// | `promises = function` | a `fn(&Self, &mut Promises)` that says what the struct commits the live service to, after what its groups promise: health paths, headers, documentation, something of its own |
/// | `crate = path::to::hardened` | where the crate is, when it is re-exported |
///
/// A check returns `Result<(), Violation>`, or `Vec<Violation>` when it can find several things. What it finds is
/// about its first field unless the violation names another.
///
/// ```
/// use hardened::{Config, Loader, Violation, rule, load::Reason};
///
/// #[derive(Debug, Config)]
/// #[config(prefix = "POOL_", check = ordered(min, max), loader = wishes)]
/// struct Pool {
///     #[config(default = 1)]
///     min: u32,
///     #[config(default = 10)]
///     max: u32,
/// }
///
/// fn ordered(min: &u32, max: &u32) -> Result<(), Violation> {
///     if min <= max { Ok(()) } else { Err(Violation::malformed("at most POOL_MAX")) }
/// }
///
/// fn wishes(loader: Loader) -> Loader {
///     loader.waive(rule::FILE_WORLD_WRITABLE, "POOL_MAX", Reason::new("the cluster mounts files writable"))
/// }
/// ```
///
/// # Enums
///
/// An enum with data is several groups, and one setting chooses between them. A variant holds a struct that derives `Config`,
/// settings of its own, or nothing. In a file its settings are in one table with the one that chooses.
///
/// ```
/// use std::path::PathBuf;
///
/// use hardened::{Config, Environment, Loader, SecretText};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(nested)]
///     storage: Storage,
/// }
///
/// /// Where files are kept.
/// #[derive(Debug, Config)]
/// #[config(prefix = "STORAGE_")]
/// enum Storage {
///     Local { path: PathBuf },                    // STORAGE_KIND=local, STORAGE_PATH
///     S3(Bucket),                                 // STORAGE_KIND=s3, S3_BUCKET, S3_SECRET_KEY
///     #[config(default)]
///     Memory,                                     // STORAGE_KIND=memory, or not set
/// }
///
/// #[derive(Debug, Config)]
/// #[config(prefix = "S3_")]
/// struct Bucket {
///     bucket: String,
///     secret_key: SecretText,
/// }
///
/// let environment = Environment::empty().set("STORAGE_KIND", "local").set("STORAGE_PATH", "/data");
/// let settings = Loader::new().environment(environment).load::<Settings>()?;
/// assert!(matches!(&settings.storage, Storage::Local { path } if path.ends_with("data")));
/// # Ok::<(), hardened::Refusal>(())
/// ```
///
/// What is set and belongs to another variant is a warning, `setting-other-variant`.
///
/// | attribute | on | meaning |
/// |---|---|---|
/// | `prefix = "NAME_"` | enum | what comes before the variable that chooses, and before those of settings in variants |
/// | `rename_all = "camelCase"` | enum | how keys are spelt in files: that of the field that chooses, and those of settings in variants |
/// | `tag = "type"` | enum | the field that chooses; without it, `kind` |
/// | `default` | variant | it is chosen if nothing is set |
/// | `rename = "word"`, `alias = "word"` | variant | another word, one more word |
/// | `crate = path::to::hardened` | enum | where the crate is |
///
/// # A struct called `Config`
///
/// Import the trait without its name, and write the path of the derive:
///
/// ```
/// use hardened::Config as _;
///
/// #[derive(Debug, hardened::Config)]
/// struct Config {
///     #[config(default = 8080)]
///     port: u16,
/// }
/// # let _ = |config: &Config| config.port;
/// # let _ = Config::load;
/// ```
///
/// # What does not compile
///
/// Each mistake is one error at its own place:
///
/// - a default on a secret, whatever hides its type, or on an `Option`; a default that its type refuses, where that can be
///   decided: numbers out of range, unknown words of an enum, durations without a unit;
/// - a rule of a field that its type does not have, that no value can keep, or that its default or its example breaks;
/// - `required_in_production` on what is no spelt-out `Option<…>`, beside a default, or on a group of which nothing is
///   required;
/// - a text, path, URL or type from elsewhere whose field, variable or type reads like a secret (`api_key`,
///   `DATABASE_URL`, `slack_hook`, `otp_seed`, `secrecy::SecretString`, …) without a `not_secret`, and a number whose
///   name does (`api_token`, `pin`); booleans, durations, addresses and enums are free, and so are names that are about
///   a secret (`token_ttl`, `key_id`, `public_key`, `max_tokens`);
/// - two settings of one struct that read the same variable, also where one is the `_FILE` of the other;
/// - type parameters, lifetimes and const parameters; tuple structs, unit structs, unions, enums without data;
/// - a type that is no setting; an attribute that does not exist, makes no sense, or is given twice.
///
/// ```compile_fail,E0080
/// #[derive(hardened::Config)]
/// struct Settings {
///     stripe_key: String,
/// }
/// ```
///
/// Across groups, two settings that read the same variable are a finding when the configuration is loaded.
#[proc_macro_derive(Config, attributes(config))]
pub fn config(input: TokenStream) -> TokenStream {
    expand::config(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes an enum without data a setting (`hardened::Setting`): one of a few words.
///
/// ```
/// use hardened::{Config, Environment, Loader, Setting};
///
/// #[derive(Debug, PartialEq, Setting)]
/// enum LogLevel {
///     Error,
///     #[config(alias = "warning")]
///     Warn,
///     Info,
/// }
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(default = "info")]
///     log_level: LogLevel,
/// }
///
/// let environment = Environment::empty().set("LOG_LEVEL", "Warning");
/// assert_eq!(Loader::new().environment(environment).load::<Settings>()?.log_level, LogLevel::Warn);
/// # Ok::<(), hardened::Refusal>(())
/// ```
///
/// The word for a variant is its name in lower case with dashes (`HttpOnly` is `http-only`). Case, surrounding white
/// space, and `-` or `_` make no difference in input. What is refused is answered with all words, and with the one
/// that was probably meant.
///
/// | attribute | on | meaning |
/// |---|---|---|
/// | `rename = "word"` | variant | another word |
/// | `alias = "word"` | variant | one more word; repeatable |
/// | `crate = path::to::hardened` | enum | where the crate is |
#[proc_macro_derive(Setting, attributes(config))]
pub fn setting(input: TokenStream) -> TokenStream {
    expand::setting(&parse_macro_input!(input as DeriveInput)).into()
}
