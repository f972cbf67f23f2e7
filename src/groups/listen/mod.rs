//! The settings of an HTTP service: where it listens, which hosts requests may name, and which proxies it trusts.

mod allowed_host;
mod bind_host;
mod docs_paths;
pub(crate) mod http;
#[cfg(feature = "serve")]
pub(crate) mod limits;
#[cfg(feature = "http")]
mod network;
#[cfg(feature = "http")]
mod platform_proxy;
mod port;
mod protections;
#[cfg(feature = "http")]
mod trusted;
#[cfg(feature = "http")]
mod trusted_proxies;

#[cfg(feature = "serve")]
pub(crate) use self::http::{GRPC_HEALTH_PATHS, HEALTH_PATHS};
#[cfg(feature = "http")]
pub use self::trusted_proxies::TrustedProxies;
pub use self::{allowed_host::AllowedHost, bind_host::BindHost, port::Port};
#[cfg(feature = "http")]
pub(crate) use self::{
    http::{HostPolicy, is_health_check},
    protections::Protections,
    trusted::{ClientHeader, Proxy},
};
