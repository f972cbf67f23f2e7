//! Health checks that probe the database and always answer in time.

mod body;
mod builder;
mod document;
mod flight;
mod grpc;
mod outcome;
#[cfg(feature = "sqlx")]
mod pool;
mod probe;
mod probes;
mod service;

use std::{fmt, sync::Arc, time::Duration};

use http::Extensions;
use tokio::time::timeout;

pub use self::{
    body::HealthBody,
    builder::HealthBuilder,
    grpc::{GrpcHealth, GrpcHealthBody, GrpcHealthFuture},
    probe::{Probe, ProbeError},
    service::{HealthFuture, HealthService},
};
use self::{flight::Flight, outcome::Outcome, probes::Probes};
use crate::{Tier, layers::Stop};

/// Health checks of a service: `/health`, `/livez` and `/readyz`.
///
/// `/health` checks the database and answers 200 or 503 within 2 s, even if the database hangs. Simultaneous requests
/// share one query, and a good result is cached for 1 s; a failure is not cached, so that recovery shows at once.
///
/// ```
/// use axum::Router;
/// use hardened::{Tier, health::{Health, ProbeError}};
///
/// async fn database() -> Result<(), ProbeError> {
///     Ok(())
/// }
///
/// let health = Health::new(Tier::Production, database);
/// let app: Router = Router::new()
///     .route_service("/health", health.healthz())
///     .route_service("/livez", health.livez())
///     .route_service("/readyz", health.readyz());
/// ```
///
/// Cloning is cheap: clones share the probes and the cached result. A health check needs a tokio runtime with timers.
///
/// It cannot interrupt a probe that blocks its thread.
#[derive(Clone)]
pub struct Health(Arc<Inner>);

struct Inner {
    tier: Tier,
    probes: Arc<Probes>,
    deadline: Duration,
    flight: Flight<Outcome>,
    stop: Stop,
}

impl Health {
    /// Makes `/readyz` fail and waits for the given time, so that the load balancer stops sending requests before the
    /// listener closes. `hardened::serve` does this itself; call it in the graceful shutdown of another server:
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use hardened::health::Health;
    /// async fn until_stopped(health: Health) {
    ///     let _ = tokio::signal::ctrl_c().await;
    ///     health.drain(Duration::from_secs(5)).await;
    /// }
    /// ```
    pub async fn drain(&self, grace: Duration) {
        self.0.stop.drain();
        tokio::time::sleep(grace).await;
        self.0.stop.stop();
    }

    /// Returns whether the service should get requests, like `/readyz`: whether the database answers and the service
    /// does not [drain](Self::drain). For servers that take no tower service.
    pub async fn is_ready(&self) -> bool {
        !self.0.stop.is_draining() && self.outcome().await.is_healthy()
    }

    /// Returns whether the service is shutting down, according to its own state or to the extensions of a request.
    fn stops(&self, extensions: &Extensions) -> bool {
        self.0.stop.is_draining() || extensions.get().is_some_and(Stop::is_draining)
    }

    /// Runs a check, or joins the one that is running. Leaves a part of the deadline for sending the response.
    async fn outcome(&self) -> Outcome {
        let (limit, has_database) = (self.0.deadline * 9 / 10, self.0.probes.has_database());
        let check = || Arc::clone(&self.0.probes).ask(self.0.deadline);
        let joined = timeout(limit, self.0.flight.join(check, Outcome::is_kept));
        match joined.await {
            Ok(Some(outcome)) => outcome,
            Ok(None) => Outcome::failed(ProbeError::Failed, has_database),
            Err(_) => Outcome::failed(ProbeError::Timeout, has_database),
        }
    }
}

impl fmt::Debug for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Health").field("tier", &self.0.tier).field("deadline", &self.0.deadline).finish_non_exhaustive()
    }
}
