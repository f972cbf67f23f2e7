//! Where the service listens, and how it talks about itself.

mod bind_host;
mod debug_flag;
mod port;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub use self::{bind_host::BindHost, debug_flag::DebugFlag, port::Port};
use crate::Tier;

/// Where the service listens, and how much it tells.
///
/// Variables: `API_HOST`, `PORT` or `API_PORT`, `LOG_LEVEL`, `DEBUG`.
///
/// # Errors
///
/// Loading refuses with `setting-malformed`, `setting-conflict` when `PORT` and `API_PORT` differ, and
/// `debug-enabled` in Preview and Production.
#[derive(Debug, hardened_derive::Config)]
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
    #[config(tier)]
    tier: Tier,
}

impl Http {
    /// The address to listen on. Behind a platform's proxy it must be reachable from outside the container, so that it
    /// is 0.0.0.0 where nothing else is set; in Development and Test it is 127.0.0.1.
    #[must_use]
    pub fn listen_addr(&self) -> SocketAddr {
        let default = if self.tier.is_hardened() { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
        let host = self.host.map_or(IpAddr::V4(default), BindHost::address);
        SocketAddr::new(host, self.port.number())
    }

    /// How much is logged.
    #[must_use]
    pub fn log_level(&self) -> LogLevel {
        self.log_level
    }

    /// Whether internals are shown.
    #[must_use]
    pub fn debug(&self) -> bool {
        self.debug.is_on()
    }
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, hardened_derive::Config)]
pub enum LogLevel {
    /// What failed.
    #[config(alias = "critical", alias = "fatal")]
    Error,
    /// What may fail.
    #[config(alias = "warning")]
    Warn,
    /// What happens.
    Info,
    /// How it happens.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// The name that `tracing` and `log` understand.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}
