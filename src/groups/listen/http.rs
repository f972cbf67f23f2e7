//! The group of what a service needs to listen.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

#[cfg(feature = "http")]
use hardened_core::manifest::HostPromise;
use hardened_core::manifest::Promises;

#[cfg(feature = "serve")]
use super::limits::Limits;
use super::{allowed_host::AllowedHost, bind_host::BindHost, port::Port, protections::Protections};
#[cfg(feature = "http")]
use crate::web::layers::promises::promised_of_every_response;
use crate::{
    Tier, Violation,
    groups::logging::{DebugFlag, LogLevel},
    message, rule,
};

/// Where the service listens, its logging, and which hosts requests may name.
///
/// Variables: `API_HOST`, `PORT` or `API_PORT`, `LOG_LEVEL`, `DEBUG`, `ALLOWED_HOSTS`.
///
/// With the feature `http`, [`layer`](Self::layer) protects what the service answers. Its parts are on by default, and
/// a waiver of a part's rule for the subject `http` switches it off: `http-hsts`, `http-csp`, `docs-public` and so on.
/// Without the layer, `ALLOWED_HOSTS` protects nothing: a server that takes no tower layer asks
/// `HttpLayer::decide` for each request.
///
/// With the feature `serve` there are also the limits of `hardened::serve`, whose variables begin with `HTTP_`:
/// `docs/SERVING.md` lists them.
///
/// # Errors
///
/// Loading refuses with `setting-malformed`, `setting-conflict` when `PORT` and `API_PORT` differ, and
/// `debug-enabled` in Preview and Production. It warns with `http-port-random`, and with the feature `serve` with
/// `http-idle-timeout` and `http-stop-timeout`, and notes `http-loopback` there; in Development and Test it warns with
/// `http-exposed`.
#[derive(Debug, hardened_derive::Config)]
#[config(check = exposed(host, protections, tier), check = contained(host, protections), promises = promised)]
pub struct Http {
    /// The address to listen on: by default all (0.0.0.0), in development and test this machine only (127.0.0.1).
    #[config(env = "API_HOST")]
    host: Option<BindHost>,
    /// The port to listen on, which most platforms choose.
    #[config(env = ["PORT", "API_PORT"], default = 8080)]
    port: Port,
    /// How much is logged.
    #[config(env = "LOG_LEVEL", default = "info")]
    log_level: LogLevel,
    /// Whether internals are shown; off in preview and production.
    #[config(env = "DEBUG", default = false)]
    debug: DebugFlag,
    /// The hosts that requests may name, such as api.example.com or *.example.com; unset, any where others than this
    /// machine can connect.
    #[config(env = "ALLOWED_HOSTS", show)]
    allowed_hosts: Option<Vec<AllowedHost>>,
    #[config(with = Protections::read)]
    #[cfg_attr(not(feature = "http"), expect(dead_code, reason = "only the layer asks"))]
    pub(crate) protections: Protections,
    #[config(nested)]
    pub(crate) limits: Limits,
    #[config(tier)]
    tier: Tier,
}

/// Without the feature `serve` nothing enforces a limit, and none can be set.
#[cfg(not(feature = "serve"))]
#[derive(Debug, hardened_derive::Config)]
pub(crate) struct Limits {}

/// A release build that relaxes rules is reached by this machine alone.
fn exposed(host: &Option<BindHost>, protections: &Protections, tier: &Tier) -> Result<(), Violation> {
    // Unset, it is a loopback address in the tiers in which the rule binds.
    let is_open = host.is_some_and(|host| !host.address().to_canonical().is_loopback());
    if !is_open || !protections.release_build {
        return Ok(());
    }
    let fact = message!("other machines can connect to this release build, but ", *tier, " relaxes rules");
    Err(Violation::new(rule::HTTP_EXPOSED, fact))
}

/// In a container, others than the container itself can connect.
fn contained(host: &Option<BindHost>, protections: &Protections) -> Result<(), Violation> {
    // Unset, it is a loopback address in the tiers in which the rule binds.
    let is_reachable = host.is_some_and(|host| !host.address().to_canonical().is_loopback());
    if is_reachable || !protections.in_container {
        return Ok(());
    }
    let fact = "the service listens on a loopback address inside a container, so nothing outside the container can connect; set API_HOST=0.0.0.0 in the container to change that";
    Err(Violation::new(rule::HTTP_CONTAINER, fact))
}

impl Http {
    /// Returns the address to listen on. Behind a platform's proxy it must be reachable from outside the container, so
    /// that it is 0.0.0.0 where nothing else is set; in Development and Test it is 127.0.0.1, in containers too,
    /// because these tiers relax rules. A note (`http-container`) says so there.
    #[must_use]
    pub fn listen_addr(&self) -> SocketAddr {
        let default = if self.tier.is_hardened() { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
        let host = self.host.map_or(IpAddr::V4(default), BindHost::address);
        SocketAddr::new(host, self.port.number())
    }

    /// Returns the hosts that requests may name, if they are set.
    #[must_use]
    pub fn allowed_hosts(&self) -> Option<&[AllowedHost]> {
        self.allowed_hosts.as_deref()
    }

    /// Returns how much is logged.
    #[must_use]
    pub fn log_level(&self) -> LogLevel {
        self.log_level
    }

    /// Returns whether internals are shown.
    #[must_use]
    pub fn debug(&self) -> bool {
        self.debug.is_on()
    }
}

/// Paths of health checks: their callers send an IP address or a name of the platform's as the host.
#[cfg(feature = "http")]
pub(crate) const HEALTH_PATHS: [&str; 3] = ["/health", "/livez", "/readyz"];

/// The methods of the [health check of gRPC](https://github.com/grpc/grpc/blob/master/doc/health-checking.md).
#[cfg(feature = "http")]
pub(crate) const GRPC_HEALTH_PATHS: [&str; 2] = ["/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"];

/// Whether a path is that of a health check.
#[cfg(feature = "http")]
pub(crate) fn is_health_check(path: &str) -> bool {
    HEALTH_PATHS.contains(&path) || GRPC_HEALTH_PATHS.contains(&path)
}

/// Which hosts requests may name.
#[cfg(feature = "http")]
#[derive(Debug)]
pub(crate) enum HostPolicy {
    /// Every one.
    Any,
    /// This machine's own names, and IP addresses.
    Local,
    /// Those that are set.
    Listed(Vec<AllowedHost>),
}

#[cfg(feature = "http")]
impl Http {
    pub(crate) fn host_policy(&self) -> HostPolicy {
        match &self.allowed_hosts {
            _ if !self.protections.uphold(rule::HTTP_HOST) => HostPolicy::Any,
            Some(hosts) => HostPolicy::Listed(hosts.clone()),
            // In Production a proxy on the same machine passes the public name on.
            None if !self.tier.is_hardened() && self.listen_addr().ip().is_loopback() => HostPolicy::Local,
            None => HostPolicy::Any,
        }
    }
}

/// What `serve` and the layer do for every request and response.
#[cfg_attr(not(feature = "http"), expect(unused_variables, reason = "nothing is promised"))]
fn promised(http: &Http, promises: &mut Promises) {
    #[cfg(feature = "serve")]
    http.limits.promised(promises);
    #[cfg(feature = "http")]
    promised_of_layer(http, promises);
}

#[cfg(feature = "http")]
fn promised_of_layer(http: &Http, promises: &mut Promises) {
    promised_of_every_response(&http.protections, promises);
    promises.hosts = match http.host_policy() {
        HostPolicy::Any => None,
        HostPolicy::Local => Some(HostPromise { allowed: Vec::new(), this_machine: true }),
        HostPolicy::Listed(hosts) => {
            Some(HostPromise { allowed: hosts.iter().map(ToString::to_string).collect(), this_machine: false })
        }
    };
}
