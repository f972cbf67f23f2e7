//! Tower layers around a service: host names, API documentation, security headers and error bodies.

#[cfg(feature = "http")]
mod admission;
#[cfg(feature = "http")]
mod answered;
#[cfg(feature = "http")]
pub(crate) mod client;
#[cfg(feature = "http")]
mod docs;
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
#[cfg(feature = "http")]
mod refused;
#[cfg(all(feature = "cors", feature = "http"))]
pub(crate) mod stack;
#[cfg(any(feature = "health", feature = "serve"))]
mod stop;

#[cfg(all(feature = "http", feature = "axum"))]
pub use self::client::ClientUnknown;
pub use self::keep_body::KeepBody;
#[cfg(all(feature = "cors", feature = "http"))]
pub use self::stack::CorsAndGuard;
#[cfg(any(feature = "health", feature = "serve"))]
pub use self::stop::Stop;
#[cfg(feature = "http")]
pub use self::{
    admission::Admission,
    answered::Answered,
    client::{ClientAddress, Clients, ClientsService, PeerAddress},
    docs::{DocsGate, DocsGateService},
    headers::{ResponseHeaders, SecurityHeaders, SecurityHeadersService, WithHeaders},
    hosts::{AllowedHosts, AllowedHostsService},
    http_layer::HttpLayer,
    https_only::{HttpsOnly, HttpsOnlyService},
    problems::{Guarded, ProblemBody, Problems, ProblemsService},
};
#[cfg(feature = "attempts")]
pub use super::attempts::{
    Attempt, AttemptKey, AttemptLayer, AttemptLimit, AttemptService, AttemptStore, InProcess, Quota, TooManyAttempts,
};
