//! What the caller knows about the service.

use std::path::PathBuf;

use hardened_core::{
    manifest::{CorsPromise, Manifest, TokenPromise},
    origin::OriginPattern,
    tier::Tier,
};
use http::StatusCode;

use super::Builder;
use crate::{
    credentials::{Credential, SigningKey, User},
    error::Error,
    openapi::OpenApi,
    policy::Policy,
    profile::Profile,
};

impl Builder {
    /// Judges as in this tier. The default is the tier of the manifest, or Production, the strictest, without a manifest.
    #[must_use]
    pub fn tier(mut self, tier: Tier) -> Self {
        self.options.tier = Some(tier);
        self
    }

    /// Compares the service with the promises of a release, and judges as in the tier of that release.
    #[must_use]
    pub fn manifest(mut self, manifest: Manifest) -> Self {
        self.options.manifest = Some(manifest);
        self
    }

    /// Describes the service: its users, its routes, and whether the run may write.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.options.profile = profile;
        self
    }

    /// Takes the routes of the service from its OpenAPI document. The profile takes precedence.
    #[must_use]
    pub fn openapi(mut self, openapi: OpenApi) -> Self {
        self.options.openapi = openapi;
        self
    }

    /// Acts as a user with this credential.
    #[must_use]
    pub fn credential(mut self, user: User, credential: Credential) -> Self {
        self.options.credentials.set(user, credential);
        self
    }

    /// Names a path that needs a credential, such as `/tasks`. The checks of tokens use it.
    #[must_use]
    pub fn protected_path(mut self, path: impl Into<String>) -> Self {
        self.options.protected_path = Some(path.into());
        self
    }

    /// Names the origins, and patterns such as `https://*.example.com`, whose pages may read answers, instead of those
    /// that the manifest promises.
    #[must_use]
    pub fn allowed_origins(mut self, origins: impl IntoIterator<Item = OriginPattern>) -> Self {
        self.options.policy = Some(Policy::of_patterns(origins));
        self
    }

    /// Judges by this CORS policy, instead of the one that the manifest promises.
    #[must_use]
    pub fn cors(mut self, promise: CorsPromise) -> Self {
        self.options.policy = Policy::promised(&[promise]);
        self
    }

    /// Judges tokens by these rules, instead of those that the manifest promises.
    #[must_use]
    pub fn tokens(mut self, promise: TokenPromise) -> Self {
        self.options.tokens = Some(promise);
        self
    }

    /// Signs tokens with this key, an HMAC secret, to try expired tokens and others that only the issuer can make.
    ///
    /// The key is never sent. [`build`](Self::build) refuses it unless the target is on loopback, or its manifest says that
    /// it is not Production.
    #[must_use]
    pub fn signing_key(mut self, key: impl Into<Vec<u8>>) -> Self {
        self.options.signing_key = Some(SigningKey(key.into()));
        self
    }

    /// Names the public keys of the issuer, as a JSON Web Key Set (RFC 7517), if the target itself does not serve them at
    /// `/.well-known/jwks.json`. Nothing is fetched from another host.
    ///
    /// # Errors
    ///
    /// When the text is not a key set.
    pub fn public_keys(mut self, key_set: &str) -> Result<Self, Error> {
        let set: serde_json::Value = serde_json::from_str(key_set).map_err(|_| Error::PublicKeys)?;
        if !set.get("keys").is_some_and(serde_json::Value::is_array) {
            return Err(Error::PublicKeys);
        }
        self.options.public_keys = Some(set);
        Ok(self)
    }

    /// Names the statuses with which the service refuses a request without a valid token, instead of 401.
    #[must_use]
    pub fn refusals(mut self, statuses: impl IntoIterator<Item = StatusCode>) -> Self {
        self.options.refusals = statuses.into_iter().collect();
        self
    }

    /// Records in this file what the run is about to write on the target, so that
    /// [`Verifier::cleanup`](crate::Verifier::cleanup) can remove it if the run is killed. The file must not exist. It is
    /// created with the first write, and deleted when nothing is left on the target.
    #[must_use]
    pub fn journal(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.journal = Some(path.into());
        self
    }
}
