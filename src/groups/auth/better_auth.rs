//! The settings group for the secrets that better-auth reads.

use crate::{AuthSecret, secret::KeyRing};

/// The secret of a better-auth installation, and its older versions.
///
/// Variables: `BETTER_AUTH_SECRET`, required unless `BETTER_AUTH_SECRETS` is set; `BETTER_AUTH_SECRETS` as
/// `version:secret,…`, the current one first. The single secret may be the same as an entry of the ring.
///
/// Source: <https://www.better-auth.com/docs/reference/options>
///
/// # Errors
///
/// Loading refuses with `secret-missing` and every other `secret-*` rule.
#[derive(Debug, hardened_derive::Config)]
pub struct BetterAuth {
    /// The secret of better-auth; optional if BETTER_AUTH_SECRETS is set.
    #[config(env = "BETTER_AUTH_SECRET", required_unless = secrets)]
    secret: Option<AuthSecret>,
    /// Versions of better-auth's secret, newest first.
    #[config(env = "BETTER_AUTH_SECRETS")]
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
