//! A policy that can be replaced while the service runs.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::{CorsLayer, CorsPolicy, compiled::Compiled};

/// A policy that can be replaced while the service runs. Cloning is cheap: all clones and layers share the policy.
///
/// Requests read it without a lock, and each request sees one complete policy. A new policy must be built before it can
/// replace the old one, so a mistake changes nothing.
///
/// ```
/// use hardened::{Tier, cors::{CorsPolicy, LiveCors}};
///
/// let allow = |origin| CorsPolicy::builder().allow_origins([origin]).build(Tier::Production);
/// let live = LiveCors::new(allow("https://old.example.com")?);
/// let layer = live.layer();
/// live.replace(allow("https://new.example.com")?);
/// assert_eq!(live.policy().origins()[0].to_string(), "https://new.example.com");
/// # Ok::<(), hardened::Refusal>(())
/// ```
///
/// It cannot withdraw a preflight response that a browser caches (see
/// [`PolicyBuilder::max_age`](super::PolicyBuilder::max_age)).
#[derive(Debug, Clone)]
pub struct LiveCors(Arc<ArcSwap<Compiled>>);

impl LiveCors {
    /// Creates a live policy from an initial policy.
    #[must_use]
    pub fn new(policy: CorsPolicy) -> Self {
        Self(Arc::new(ArcSwap::new(policy.0)))
    }

    /// Replaces the policy in every layer made from this value.
    pub fn replace(&self, policy: CorsPolicy) {
        self.0.store(policy.0);
    }

    /// Returns the current policy.
    #[must_use]
    pub fn policy(&self) -> CorsPolicy {
        CorsPolicy(self.0.load_full())
    }

    /// Returns the tower layer: see [`CorsPolicy::layer`].
    pub fn layer(&self) -> CorsLayer {
        CorsLayer::live(Arc::clone(&self.0))
    }
}
