//! tower-http's own layers, made from a policy: its CORS layer, and its guard against cross-site requests.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use tower_http::{
    cors::{AllowHeaders, AllowMethods, AllowOrigin, Any, CorsLayer, ExposeHeaders},
    csrf::CsrfLayer,
};

use super::{CorsPolicy, allow_origin};
use crate::origin::OriginPattern;

/// The same policy as tower-http's own layer, with a look-up in place of its list.
///
/// It behaves as tower-http does where that differs from ours: it answers every `OPTIONS` itself, denies preflights
/// with 200, and cannot be replaced. `docs/CORS.md` names every difference.
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

/// The names in a value that this module made: `*` is one of them.
fn names(value: Option<&HeaderValue>) -> Vec<HeaderName> {
    let text = value.and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(',').filter_map(|name| HeaderName::from_bytes(name.as_bytes()).ok()).collect()
}

impl CorsPolicy {
    /// Returns a guard against requests that other sites forge (CSRF): tower-http's layer, which trusts the exact
    /// origins of this policy.
    ///
    /// CORS does not stop a form on another site from being posted with the visitor's cookies; this does, with 403. It
    /// asks `Sec-Fetch-Site` and `Origin`, as Go 1.25 does. `GET`, `HEAD` and `OPTIONS` pass, and so do requests with
    /// neither header: curl, native apps, webhooks. Put it inside of [`layer`](Self::layer), so that pages can read
    /// its refusal.
    ///
    /// What it cannot do: trust an origin that only a pattern allows, or one that is not `http` or `https`, because
    /// tower-http compares exact origins of the web. Such pages can read, and are refused when they write; list the
    /// exact origins of pages that write. A proxy that rewrites `Host` or drops `Origin` weakens it.
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
        // A canonical origin of the web is one that tower-http accepts; if it were not, it would not be trusted.
        exact.fold(CsrfLayer::new(), |guard, origin| guard.clone().add_trusted_origin(origin.as_str()).unwrap_or(guard))
    }
}
