//! Where the service listens, and how it talks about itself.

mod allowed_host;
mod bind_host;
mod docs_paths;
pub(crate) mod http;
#[cfg(feature = "serve")]
pub(crate) mod limits;
mod port;
mod protections;

#[cfg(any(feature = "http", feature = "serve"))]
pub(crate) use self::http::HEALTH_PATHS;
pub use self::{allowed_host::AllowedHost, bind_host::BindHost, port::Port};
#[cfg(feature = "http")]
pub(crate) use self::{http::HostPolicy, protections::Protections};
