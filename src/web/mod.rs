//! What meets requests: the CORS policy, the layers around a service, and health checks.

#[cfg(feature = "attempts")]
mod attempts;
#[cfg(feature = "cors")]
pub mod cors;
#[cfg(feature = "health")]
pub mod health;
#[cfg(any(feature = "http", feature = "health"))]
pub mod layers;
#[cfg(feature = "cors")]
pub(crate) mod preset;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(any(feature = "cors", feature = "http"))]
mod shared;
