//! The policy of a service as a group of settings.

use std::{fmt, marker::PhantomData};

use hardened_core::journal::Journal;

use super::{Choices, CorsLayer, CorsPolicy, Defaults, PolicyBuilder, allow_origin::Draft};
use crate::{Config, Field, Kind, Schema, Setting, SettingSchema, finding::Reported, load::Reader};

/// Settings group: a CORS policy with origins from `CORS_ORIGINS` and everything else from code.
///
/// `CORS_ORIGINS` is required: origins and patterns, separated by commas; spaces around the commas are dropped. What
/// the code decides is the parameter, a type of [`Choices`]. Both are judged at the start, in the same report; after
/// it nothing can fail.
///
/// ```
/// use hardened::{CorsSettings, cors::{Choices, PolicyBuilder}};
///
/// /// What our pages may do.
/// #[derive(Debug)]
/// enum Pages {}
///
/// impl Choices for Pages {
///     fn choose(policy: PolicyBuilder) -> PolicyBuilder {
///         policy.credentials().methods(["PUT", "DELETE"]).headers(["content-type"])
///     }
/// }
///
/// # use hardened::{Environment, Loader};
/// // In the service's own settings: `#[config(nested)] cors: CorsSettings<Pages>`.
/// let environment = Environment::empty().set("CORS_ORIGINS", "https://app.example.com");
/// let settings = Loader::new().environment(environment).load::<CorsSettings<Pages>>()?;
/// let layer = settings.layer();
/// # Ok::<(), hardened::Refusal>(())
/// ```
///
/// # Errors
///
/// While loading: everything that [`PolicyBuilder`] names, and `setting-missing`. `*` is refused (`origin-any`): that
/// a service is public is a decision of its code.
pub struct CorsSettings<C = Defaults> {
    policy: CorsPolicy,
    choices: PhantomData<fn() -> C>,
}

impl<C> CorsSettings<C> {
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

impl<C> Clone for CorsSettings<C> {
    fn clone(&self) -> Self {
        Self { policy: self.policy.clone(), choices: PhantomData }
    }
}

impl<C> fmt::Debug for CorsSettings<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CorsSettings").field("policy", &self.policy).finish()
    }
}

static ORIGINS: SettingSchema = SettingSchema::new("origins", &["CORS_ORIGINS"], <Draft as Setting>::KIND)
    .with_docs("Origins of the pages that may read responses, separated by commas.")
    .with_example("https://app.example.com");

static SCHEMA: Schema = Schema::new("CorsSettings", "Which origins may use the service.", &[Field::Setting(&ORIGINS)]);

impl<C: Choices> Config for CorsSettings<C> {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        let origins = reader.setting::<Draft>(&ORIGINS);
        let mut builder = C::choose(PolicyBuilder::default());
        if let Ok(origins) = &origins {
            builder.origins.preceded_by(origins);
        }
        let judged = judge(reader, &builder, origins.is_err());
        origins?;
        judged?;
        let report = Journal::new(reader.tier()).finish();
        Ok(Self { policy: builder.finish(report), choices: PhantomData })
    }
}

/// Judges what the code decides, also where the origins are missing: one report has everything.
fn judge(reader: &mut Reader<'_>, builder: &PolicyBuilder, no_origins: bool) -> Result<(), Reported> {
    let tier = reader.tier();
    let mut rejections = Vec::new();
    for mistake in builder.mistakes() {
        match mistake.waived(tier, &reader.variable("origins")) {
            Some(waived) => reader.accepted(waived),
            // That they are missing has been said.
            None if no_origins && mistake.rejection.rule() == crate::rule::CORS_ORIGINS_MISSING => {}
            None => rejections.push(mistake.rejection),
        }
    }
    reader.check("origins", rejections)
}

const _: () = assert!(matches!(<Draft as Setting>::KIND, Kind::List { of: Kind::Origin }));
