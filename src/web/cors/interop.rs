//! tower-http's own layers, made from a policy: its CORS layer and its guard against cross-site requests.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use tower_http::{
    cors::{AllowHeaders, AllowMethods, AllowOrigin, Any, CorsLayer, ExposeHeaders},
    csrf::CsrfLayer,
};

use super::{CorsPolicy, allow_origin};
use crate::origin::OriginPattern;

/// Converts a policy into tower-http's own layer. A look-up in the policy replaces its list of origins.
///
/// Where the two differ, it behaves like tower-http: it answers every `OPTIONS` request itself, denies preflights with
/// 200, and cannot be replaced at run time. `docs/CORS.md` lists every difference.
impl From<&CorsPolicy> for CorsLayer {
    fn from(policy: &CorsPolicy) -> Self {
        let inner = Arc::clone(&policy.0);
        let origins = match &inner.origins {
            allow_origin::AllowOrigin::Any => AllowOrigin::any(),
            allow_origin::AllowOrigin::List(_) => {
                let policy = policy.clone();
                AllowOrigin::predicate(move |origin, _| policy.allows(origin.as_bytes()))
            }
        };
        let layer = Self::new().allow_origin(origins).allow_credentials(inner.credentials);
        let layer = match inner.methods.listed() {
            Some(list) => layer.allow_methods(AllowMethods::list(list.iter().cloned())),
            None => layer.allow_methods(Any),
        };
        let layer = layer.allow_headers(AllowHeaders::list(names(inner.headers.value.as_ref())));
        let layer = layer.expose_headers(ExposeHeaders::list(names(inner.expose.as_ref())));
        match inner.max_age {
            Some(age) => layer.max_age(age),
            None => layer,
        }
    }
}

/// Returns the names in a header value that this module made. `*` is a valid name.
fn names(value: Option<&HeaderValue>) -> Vec<HeaderName> {
    let text = value.and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(',').filter_map(|name| HeaderName::from_bytes(name.as_bytes()).ok()).collect()
}

impl CorsPolicy {
    /// Returns a guard against requests that other sites forge (CSRF): tower-http's layer, set to trust the exact
    /// origins of this policy.
    ///
    /// CORS does not stop a form on another site from being posted with the visitor's cookies; this guard does, with
    /// 403. It checks `Sec-Fetch-Site` and `Origin`, as Go 1.25 does. `GET`, `HEAD` and `OPTIONS` pass, and so do
    /// requests with neither header, such as those of curl, native apps and webhooks. Put it inside
    /// [`layer`](Self::layer), so that pages can read its refusal.
    ///
    /// It cannot trust an origin that only a pattern allows, or one that is neither `http` nor `https`, because
    /// tower-http compares exact web origins. Such pages can read, but their writes are refused; list the exact origins
    /// of pages that write. A proxy that rewrites `Host` or drops `Origin` weakens the guard.
    ///
    /// ```
    /// # use hardened::{Tier, cors::CorsPolicy};
    /// # let policy = CorsPolicy::builder().allow_origins(["https://app.example.com"]).build(Tier::Production)?;
    /// # struct Router;
    /// # impl Router { fn layer<L>(self, layer: L) -> Self { self } }
    /// # let routes = Router;
    /// let app = routes.layer(policy.guard()).layer(policy.layer());
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    pub fn guard(&self) -> CsrfLayer {
        let exact = self.origins().iter().filter_map(OriginPattern::origin).filter(|origin| origin.is_web());
        // tower-http accepts every canonical web origin; one that it did not accept would simply not be trusted.
        exact.fold(CsrfLayer::new(), |guard, origin| guard.clone().add_trusted_origin(origin.as_str()).unwrap_or(guard))
    }
}
