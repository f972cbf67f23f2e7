//! For whoever wants tower-http's own type.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, Any, CorsLayer, ExposeHeaders};

use super::{CorsPolicy, allow_origin};

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
