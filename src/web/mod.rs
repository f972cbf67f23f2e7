//! The HTTP side of a service: CORS policies, middleware layers, health checks and the server.

#[cfg(feature = "attempts")]
mod attempts;
#[cfg(feature = "cors")]
pub mod cors;
#[cfg(any(feature = "http", feature = "health"))]
#[cfg_attr(
    not(all(feature = "health", feature = "serve")),
    allow(dead_code, reason = "each of the features needs a part of it")
)]
mod grpc;
#[cfg(feature = "health")]
pub mod health;
#[cfg(any(feature = "http", feature = "health"))]
pub mod layers;
#[cfg(feature = "cors")]
pub(crate) mod preset;
#[cfg(feature = "serve")]
pub mod serve;
