//! The guard against cross-site requests.

use tower_http::csrf::CsrfLayer;

use super::CorsPolicy;
use crate::OriginPattern;

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
    /// # use hardened::{CorsPolicy, Tier};
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
