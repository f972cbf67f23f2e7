//! A ready-made struct with the settings of a typical backend.

use crate::{BetterAuth, CorsSettings, Database, Http, Jwt, Tier};

/// Settings of a typical backend: token keys, better-auth's secret, a database, CORS origins, a port.
///
/// Variables: `ENVIRONMENT`, and those of [`Jwt`], [`BetterAuth`], [`Database`], [`CorsSettings`] and [`Http`]. A
/// service that needs less composes the groups in a struct of its own.
///
/// ```
/// use hardened::{Config, Environment, Loader, ProductionConfig};
///
/// let refusal = Loader::new().environment(Environment::empty()).load::<ProductionConfig>().unwrap_err();
/// for variable in ["JWT_SECRET_KEY", "BETTER_AUTH_SECRET", "DATABASE_URL"] {
///     assert!(refusal.report().has("secret-missing", variable));
/// }
/// ```
///
/// # Errors
///
/// Loading refuses with the rules of the groups.
#[derive(Debug, hardened_derive::Config)]
pub struct ProductionConfig {
    /// The tier in which everything was checked.
    #[config(tier)]
    pub tier: Tier,
    /// The keys of JSON Web Tokens.
    #[config(nested)]
    pub jwt: Jwt,
    /// better-auth's secrets.
    #[config(nested)]
    pub better_auth: BetterAuth,
    /// The database.
    #[config(nested)]
    pub database: Database,
    /// The web origins that may call.
    #[config(nested)]
    pub cors: CorsSettings,
    /// The address and port to listen on.
    #[config(nested)]
    pub http: Http,
}

#[cfg(feature = "http")]
impl ProductionConfig {
    /// Returns one tower layer with every protection: see [`stack`](crate::stack()).
    ///
    /// With axum, after every route: `Router::new().route(…).layer(settings.layer())`.
    pub fn layer(&self) -> crate::layers::HttpLayer<crate::layers::CorsAndGuard> {
        crate::stack(&self.http, self.cors.policy())
    }
}
