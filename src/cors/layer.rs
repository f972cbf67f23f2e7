//! The tower layer.

use std::sync::Arc;

use arc_swap::ArcSwap;
use http::{HeaderMap, Method};
use tower_layer::Layer;

use super::{CorsPolicy, CorsService, Decision, policy::Inner};

/// A tower layer that applies a policy to a service: see [`CorsPolicy::layer`] and
/// [`LiveCors::layer`](super::LiveCors::layer).
///
/// ```
/// # use hardened::{CorsPolicy, Tier};
/// # use tower_layer::Layer;
/// # struct Service;
/// # let policy = CorsPolicy::builder().allow_origins(["https://app.example.com"]).build(Tier::Production)?;
/// let service = policy.layer().layer(Service);
/// # Ok::<(), hardened::Refusal>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it wraps a service"]
pub struct CorsLayer(Source);

/// Where the policy comes from. Cheap to clone, as axum clones the whole stack for each request.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Fixed(Arc<Inner>),
    Live(Arc<ArcSwap<Inner>>),
}

impl CorsLayer {
    pub(super) fn fixed(policy: &CorsPolicy) -> Self {
        Self(Source::Fixed(Arc::clone(&policy.0)))
    }

    pub(super) fn live(policy: Arc<ArcSwap<Inner>>) -> Self {
        Self(Source::Live(policy))
    }
}

impl<S> Layer<S> for CorsLayer {
    type Service = CorsService<S>;

    fn layer(&self, inner: S) -> CorsService<S> {
        CorsService::new(inner, self.0.clone())
    }
}

impl Source {
    #[inline]
    pub(super) fn decide(&self, method: &Method, headers: &HeaderMap) -> Decision {
        match self {
            Self::Fixed(policy) => policy.decide_http(method, headers),
            Self::Live(policy) => policy.load().decide_http(method, headers),
        }
    }
}
