//! What meets requests: the CORS policy, the layers around a service, and health checks.

#[cfg(feature = "cors")]
pub mod cors;
#[cfg(feature = "health")]
pub mod health;
#[cfg(any(feature = "http", feature = "health", feature = "serve"))]
pub mod layers;
#[cfg(feature = "cors")]
pub(crate) mod preset;
#[cfg(feature = "serve")]
pub mod serve;
