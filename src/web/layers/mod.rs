//! Tower layers around a service: host names, API documentation, security headers and error bodies.

#[cfg(feature = "http")]
mod answered;
#[cfg(feature = "http")]
mod docs;
#[cfg(any(feature = "health", feature = "serve"))]
mod draining;
#[cfg(feature = "http")]
mod headers;
#[cfg(feature = "http")]
mod hosts;
#[cfg(feature = "http")]
mod http_layer;
#[cfg(any(feature = "health", feature = "http"))]
mod keep_body;
#[cfg(feature = "http")]
mod path;
#[cfg(feature = "http")]
mod problems;
#[cfg(feature = "http")]
pub(crate) mod promises;
#[cfg(all(feature = "cors", feature = "http"))]
pub(crate) mod stack;

#[cfg(any(feature = "health", feature = "serve"))]
pub use self::draining::Draining;
#[cfg(any(feature = "health", feature = "http"))]
pub use self::keep_body::KeepBody;
#[cfg(all(feature = "cors", feature = "http"))]
pub use self::stack::CorsAndGuard;
#[cfg(feature = "http")]
pub use self::{
    answered::Answered,
    docs::{DocsGate, DocsGateService},
    headers::{SecurityHeaders, SecurityHeadersService, WithHeaders},
    hosts::{AllowedHosts, AllowedHostsService},
    http_layer::HttpLayer,
    problems::{Guarded, ProblemBody, Problems, ProblemsService},
};
