//! The secrets that better-auth reads.

use crate::{
    AuthSecret, Config,
    finding::Reported,
    load::Reader,
    schema::{Field, Kind, Schema, SettingSchema},
    secret::KeyRing,
};

/// Settings group: the secret of a better-auth installation, and its older versions.
///
/// Variables: `BETTER_AUTH_SECRET`, required unless `BETTER_AUTH_SECRETS` is set; `BETTER_AUTH_SECRETS` as
/// `version:secret,…`, the current first. The one secret may repeat an entry of the ring.
///
/// Source: <https://www.better-auth.com/docs/reference/options>
///
/// # Errors
///
/// Loading refuses with `secret-missing`, and every other `secret-*` rule.
#[derive(Debug)]
pub struct BetterAuth {
    secret: Option<AuthSecret>,
    secrets: Option<KeyRing>,
}

impl BetterAuth {
    /// Returns `BETTER_AUTH_SECRET`, if it is set.
    #[must_use]
    pub fn secret(&self) -> Option<&AuthSecret> {
        self.secret.as_ref()
    }

    /// Returns `BETTER_AUTH_SECRETS`, if it is set.
    #[must_use]
    pub fn secrets(&self) -> Option<&KeyRing> {
        self.secrets.as_ref()
    }

    /// Returns the secret to use for anything new: the newest of the ring, else the single secret.
    #[must_use]
    pub fn current(&self) -> Option<&AuthSecret> {
        self.secrets.as_ref().and_then(KeyRing::current).map(|(_, secret)| secret).or(self.secret.as_ref())
    }
}

static SECRETS: SettingSchema =
    SettingSchema::new("secrets", &["BETTER_AUTH_SECRETS"], Kind::KeyRing { min_bytes: 32 })
        .with_docs("Versions of better-auth's secret, newest first.")
        .optional();
static SECRET: SettingSchema = SettingSchema::new("secret", &["BETTER_AUTH_SECRET"], Kind::Key { min_bytes: 32 })
    .with_docs("The secret of better-auth; optional if BETTER_AUTH_SECRETS is set.");
static SCHEMA: Schema = Schema::new(
    "BetterAuth",
    "The secrets that better-auth reads.",
    &[Field::Setting(&SECRET), Field::Setting(&SECRETS)],
);

// By hand, for the derive knows no setting that is required unless another is set.
impl Config for BetterAuth {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        let secrets = reader.optional(&SECRETS);
        let secret = match secrets {
            Ok(None) => reader.setting(&SECRET).map(Some),
            _ => reader.optional(&SECRET),
        };
        Ok(Self { secrets: secrets?, secret: secret? })
    }
}
