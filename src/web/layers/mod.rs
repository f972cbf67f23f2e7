//! Tower layers around a service: host names, API documentation, security headers and error bodies.

#[cfg(feature = "http")]
mod answered;
#[cfg(feature = "http")]
pub(crate) mod client;
#[cfg(feature = "http")]
mod docs;
mod draining;
#[cfg(feature = "http")]
mod headers;
#[cfg(feature = "http")]
mod hosts;
#[cfg(feature = "http")]
mod http_layer;
#[cfg(feature = "http")]
mod https_only;
mod keep_body;
#[cfg(feature = "http")]
mod path;
#[cfg(feature = "http")]
pub(in crate::web) mod problems;
#[cfg(feature = "http")]
pub(crate) mod promises;
#[cfg(all(feature = "cors", feature = "http"))]
pub(crate) mod stack;

#[cfg(all(feature = "http", feature = "axum"))]
pub use self::client::ClientUnknown;
pub use self::draining::Draining;
pub use self::keep_body::KeepBody;
#[cfg(all(feature = "cors", feature = "http"))]
pub use self::stack::CorsAndGuard;
#[cfg(feature = "http")]
pub use self::{
    answered::Answered,
    client::{ClientAddress, Clients, ClientsService, PeerAddress},
    docs::{DocsGate, DocsGateService},
    headers::{SecurityHeaders, SecurityHeadersService, WithHeaders},
    hosts::{AllowedHosts, AllowedHostsService},
    http_layer::HttpLayer,
    https_only::{HttpsOnly, HttpsOnlyService},
    problems::{Guarded, ProblemBody, Problems, ProblemsService},
};
#[cfg(feature = "attempts")]
pub use super::attempts::{
    Attempt, AttemptKey, AttemptLayer, AttemptLimit, AttemptService, AttemptStore, InProcess, Quota, TooManyAttempts,
};
