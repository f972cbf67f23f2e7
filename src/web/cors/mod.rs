//! Cross-origin requests (CORS): a policy that is always valid, a pure decision function, and a thin tower layer.
//!
//! The [CORS protocol](https://fetch.spec.whatwg.org/#http-cors-protocol) lets a service say which pages of other
//! origins may read its responses. A [`CorsPolicy`] is built once, from code or from a variable, and reports **all**
//! its mistakes as findings; afterwards nothing can fail.
//!
//! ```
//! use std::time::Duration;
//! use hardened::{Tier, cors::CorsPolicy};
//!
//! let policy = CorsPolicy::builder()
//!     .allow_origins(["https://app.example.com", "https://*.preview.example.com"])
//!     .allow_credentials()
//!     .allow_methods(["PUT", "DELETE"])
//!     .allow_headers(["content-type", "x-request-id"])
//!     .max_age(Duration::from_secs(600))
//!     .build(Tier::Production)?;
//! let layer = policy.layer(); // for axum, hyper and every other tower stack
//! # Ok::<(), hardened::Refusal>(())
//! ```
//!
//! CORS is not access control. A page of a denied origin cannot *read* the response, but a simple request still reaches
//! the service. [`CorsPolicy::guard`] protects against forged requests.
//!
//! The page `docs/CORS.md` of the repository has the tables of what is permitted and prohibited, and the order of
//! layers.

mod allow_headers;
mod allow_methods;
mod allow_origin;
mod builder;
mod compiled;
mod dangerous;
mod decision;
mod expose_headers;
mod header_name;
mod interop;
mod kept;
mod layer;
mod live;
mod policy;
mod preflight;
mod promise;
mod request;
pub(crate) mod settings;
mod vary;

pub use self::{
    builder::PolicyBuilder,
    dangerous::Dangerous,
    decision::{Decision, Forward, Preflight},
    layer::{CorsLayer, CorsService, ResponseFuture},
    live::LiveCors,
    policy::CorsPolicy,
};

/// Compiles and runs the examples of the guide.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/CORS.md")]
mod page {}
