//! The settings group of an HTTP service.

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

/// The settings of an HTTP service: where it listens, its logging, and which hosts requests may name.
///
/// Variables: `API_HOST`, `PORT` or `API_PORT`, `LOG_LEVEL`, `DEBUG`, `ALLOWED_HOSTS`.
///
/// With the feature `http`, [`layer`](Self::layer) protects the service's responses. Its parts are on by default, and a
/// waiver of a part's rule for the subject `http` turns it off: `http-hsts`, `http-csp`, `docs-public` and so on. Without
/// the layer, `ALLOWED_HOSTS` protects nothing: a server that does not support tower layers must call `HttpLayer::decide`
/// for each request.
///
/// With the feature `serve` the group also has the limits of `hardened::serve`, whose variables begin with `HTTP_`:
/// `docs/SERVING.md` lists them.
///
/// # Errors
///
/// Loading refuses with `setting-malformed`, and with `setting-conflict` if `PORT` and `API_PORT` differ. In Preview and
/// Production it refuses with `debug-enabled`, warns with `http-port-random` and, with the feature `serve`, with
/// `http-idle-timeout` and `http-stop-timeout`, and notes `http-loopback`. In Development and Test it warns with
/// `http-exposed` and notes `http-container`.
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
    /// The hosts that requests may name, such as api.example.com or *.example.com; if not set, any host, except that a
    /// loopback address in development and test allows only the names of this machine.
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

/// Without the feature `serve` nothing enforces limits, and none can be set.
#[cfg(not(feature = "serve"))]
#[derive(Debug, hardened_derive::Config)]
pub(crate) struct Limits {}

/// Checks that only this machine can reach a release build that relaxes rules.
fn exposed(host: &Option<BindHost>, protections: &Protections, tier: &Tier) -> Result<(), Violation> {
    // If it is not set, it is a loopback address in the tiers in which the rule applies.
    let is_open = host.is_some_and(|host| !host.address().to_canonical().is_loopback());
    if !is_open || !protections.release_build {
        return Ok(());
    }
    let fact = message!("other machines can connect to this release build, but ", *tier, " relaxes rules");
    Err(Violation::new(rule::HTTP_EXPOSED, fact))
}

/// Checks that in a container, clients outside the container can connect.
fn contained(host: &Option<BindHost>, protections: &Protections) -> Result<(), Violation> {
    // If it is not set, it is a loopback address in the tiers in which the rule applies.
    let is_reachable = host.is_some_and(|host| !host.address().to_canonical().is_loopback());
    if is_reachable || !protections.in_container {
        return Ok(());
    }
    let fact = "the service listens on a loopback address inside a container, so nothing outside the container can connect; set API_HOST=0.0.0.0 in the container to change that";
    Err(Violation::new(rule::HTTP_CONTAINER, fact))
}

impl Http {
    /// Returns the address to listen on. The default is 0.0.0.0 in Preview and Production, because a platform's proxy
    /// connects from outside the container. In Development and Test it is 127.0.0.1, even in containers, because these
    /// tiers relax rules; in a container the note `http-container` says so.
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

    /// Returns the level of logging.
    #[must_use]
    pub fn log_level(&self) -> LogLevel {
        self.log_level
    }

    /// Returns whether the service may show internals.
    #[must_use]
    pub fn debug(&self) -> bool {
        self.debug.is_on()
    }
}

/// The paths of health checks. Their callers send an IP address or a platform's own name as the host.
#[cfg(feature = "http")]
pub(crate) const HEALTH_PATHS: [&str; 3] = ["/health", "/livez", "/readyz"];

/// The paths of the [health check of gRPC](https://github.com/grpc/grpc/blob/master/doc/health-checking.md).
#[cfg(feature = "http")]
pub(crate) const GRPC_HEALTH_PATHS: [&str; 2] = ["/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"];

/// Returns whether a path is that of a health check.
#[cfg(feature = "http")]
pub(crate) fn is_health_check(path: &str) -> bool {
    HEALTH_PATHS.contains(&path) || GRPC_HEALTH_PATHS.contains(&path)
}

/// The policy about which hosts requests may name.
#[cfg(feature = "http")]
#[derive(Debug)]
pub(crate) enum HostPolicy {
    /// Any host is allowed.
    Any,
    /// This machine's own names and IP addresses are allowed.
    Local,
    /// The hosts in the setting are allowed.
    Listed(Vec<AllowedHost>),
}

#[cfg(feature = "http")]
impl Http {
    pub(crate) fn host_policy(&self) -> HostPolicy {
        match &self.allowed_hosts {
            _ if !self.protections.uphold(rule::HTTP_HOST) => HostPolicy::Any,
            Some(hosts) => HostPolicy::Listed(hosts.clone()),
            // In Preview and Production, a proxy on the same machine may pass the public name on.
            None if !self.tier.is_hardened() && self.listen_addr().ip().is_loopback() => HostPolicy::Local,
            None => HostPolicy::Any,
        }
    }
}

/// Adds what `serve` and the layer do for every request and response to the manifest.
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
