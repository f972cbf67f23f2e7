//! The CORS policy of a service as a group of settings.

use hardened_core::{journal::Journal, manifest::Promises};

use super::{CorsLayer, CorsPolicy, PolicyBuilder, allow_origin::Draft};
use crate::{
    Config, Setting,
    finding::Reported,
    load::{Choose, Reader},
    schema::{Field, Kind, Schema, SettingSchema},
};

/// A CORS policy with origins from `CORS_ORIGINS` and everything else from code.
///
/// `CORS_ORIGINS` is required: origins and patterns, separated by commas; spaces around the commas are dropped. A
/// function named at the field makes the choices of the code. Both are checked at startup, in the same report;
/// afterwards nothing can fail.
///
/// ```
/// use hardened::{Config, CorsSettings, cors::PolicyBuilder};
///
/// /// What our pages may do.
/// fn pages(policy: PolicyBuilder) -> PolicyBuilder {
///     policy.allow_credentials().allow_methods(["PUT", "DELETE"]).allow_headers(["content-type"])
/// }
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(nested, with = pages)]
///     cors: CorsSettings,
/// }
///
/// # use hardened::{Environment, Loader};
/// let environment = Environment::empty().set("CORS_ORIGINS", "https://app.acme.io");
/// let settings = Loader::new().environment(environment).load::<Settings>()?;
/// let layer = settings.cors.layer();
/// # Ok::<(), hardened::Refusal>(())
/// ```
///
/// Without a function, the policy suits an API that takes JSON and a token: `PUT`, `PATCH` and `DELETE` in addition to
/// the methods that the standard allows every page, the headers `content-type` and `authorization`, and no credentials.
///
/// # Errors
///
/// While loading: everything that [`PolicyBuilder`] names, and `setting-missing`. `*` is refused (`origin-any`) because
/// only code may decide that a service is public.
#[derive(Debug, Clone)]
pub struct CorsSettings {
    policy: CorsPolicy,
}

impl CorsSettings {
    /// Returns the policy.
    #[must_use]
    pub fn policy(&self) -> &CorsPolicy {
        &self.policy
    }

    /// Returns the tower layer: see [`CorsPolicy::layer`].
    pub fn layer(&self) -> CorsLayer {
        self.policy.layer()
    }
}

/// Allows what an API that takes JSON and a token needs.
fn json_and_token(policy: PolicyBuilder) -> PolicyBuilder {
    policy.allow_methods(["PUT", "PATCH", "DELETE"]).allow_headers(["content-type", "authorization"])
}

static ORIGINS: SettingSchema = SettingSchema::new("origins", &["CORS_ORIGINS"], <Draft as Setting>::KIND)
    .with_docs("Origins of the pages that may read responses, separated by commas.")
    .with_example("https://app.example.com");

static SCHEMA: Schema = Schema::new("CorsSettings", "Which origins may use the service.", &[Field::Setting(&ORIGINS)]);

impl Config for CorsSettings {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        Self::read_with(reader, json_and_token)
    }

    fn promise(&self, promises: &mut Promises) {
        promises.cors.push(self.policy.to_promise());
    }
}

impl Choose for CorsSettings {
    type Draft = PolicyBuilder;

    fn read_with(reader: &mut Reader<'_>, choose: fn(PolicyBuilder) -> PolicyBuilder) -> Result<Self, Reported> {
        let origins = reader.setting::<Draft>(&ORIGINS);
        let mut builder = choose(PolicyBuilder::default());
        if let Ok(origins) = &origins {
            builder.origins.preceded_by(origins);
        }
        let judged = judge(reader, &builder, origins.is_err());
        origins?;
        judged?;
        let report = Journal::new(reader.tier()).finish();
        Ok(Self { policy: builder.finish(report) })
    }
}

/// Checks the choices of the code even if the origins are missing, so that one report has everything.
fn judge(reader: &mut Reader<'_>, builder: &PolicyBuilder, no_origins: bool) -> Result<(), Reported> {
    let tier = reader.tier();
    let mut violations = Vec::new();
    for mistake in builder.mistakes() {
        match mistake.waived(tier, &reader.variable("origins")) {
            Some(waived) => reader.accepted(waived),
            // The missing variable has already been reported.
            None if no_origins && mistake.violation.rule() == crate::rule::CORS_ORIGINS_MISSING => {}
            None => violations.push(mistake.violation),
        }
    }
    reader.check("origins", violations)
}

const _: () = assert!(matches!(<Draft as Setting>::KIND, Kind::List { of: Kind::Origin }));
