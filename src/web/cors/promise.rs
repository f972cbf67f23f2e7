//! The CORS policy in the manifest.

use hardened_core::manifest::{CorsPromise, HttpToken};
use http::HeaderValue;

use super::{CorsPolicy, allow_origin::AllowOrigin};
use crate::origin::OriginPattern;

impl CorsPolicy {
    /// Returns the policy in the form of the [manifest](crate::manifest), for a policy that is built in code. The group
    /// `CorsSettings` adds its own policy to the manifest.
    ///
    /// ```
    /// use hardened::{Tier, cors::CorsPolicy};
    ///
    /// let policy = CorsPolicy::builder().allow_origins(["https://*.acme.io"]).build(Tier::Production)?;
    /// assert_eq!(policy.to_promise().patterns[0].to_string(), "https://*.acme.io");
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    #[must_use]
    pub fn to_promise(&self) -> CorsPromise {
        let policy = &self.0;
        let (exact, patterns): (Vec<&OriginPattern>, _) =
            self.origins().iter().partition(|pattern| pattern.origin().is_some());
        CorsPromise {
            group: String::new(),
            any_origin: matches!(policy.origins, AllowOrigin::Any),
            origins: exact.into_iter().filter_map(OriginPattern::origin).cloned().collect(),
            patterns: patterns.into_iter().cloned().collect(),
            credentials: policy.credentials,
            methods: listed(policy.methods.value.as_ref()),
            headers: listed(policy.headers.value.as_ref()),
            exposed_headers: listed(policy.expose.as_ref()),
            max_age_seconds: policy.max_age.map(|age| age.as_secs()),
            preflight_status: Some(policy.status.as_u16()),
        }
    }
}

/// Splits a header value into its names.
fn listed(value: Option<&HeaderValue>) -> Vec<HttpToken> {
    let text = value.and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(',').filter(|name| !name.is_empty()).map(HttpToken::from).collect()
}
