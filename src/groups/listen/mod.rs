//! Where the service listens, and how it talks about itself.

mod allowed_host;
mod bind_host;
mod docs_paths;
pub(crate) mod http;
#[cfg(feature = "serve")]
pub(crate) mod limits;
mod network;
mod platform_proxy;
mod port;
mod protections;
mod trusted;
mod trusted_proxies;

pub use self::{allowed_host::AllowedHost, bind_host::BindHost, port::Port, trusted_proxies::TrustedProxies};
#[cfg(feature = "http")]
pub(crate) use self::{
    http::{HEALTH_PATHS, HostPolicy},
    protections::Protections,
    trusted::{ClientHeader, Proxy},
};
