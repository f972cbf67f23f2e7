//! Where the service listens, and how it talks about itself.

mod allowed_host;
mod bind_host;
mod docs_paths;
pub(crate) mod http;
mod port;
mod protections;

pub use self::{allowed_host::AllowedHost, bind_host::BindHost, port::Port};
#[cfg(feature = "http")]
pub(crate) use self::{
    http::{HEALTH_PATHS, HostPolicy},
    protections::Protections,
};
