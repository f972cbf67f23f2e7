//! How much is logged.

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, hardened_derive::Config)]
pub enum LogLevel {
    /// Logs what failed.
    #[config(alias = "critical", alias = "fatal")]
    Error,
    /// Also logs what may fail.
    #[config(alias = "warning")]
    Warn,
    /// Also logs what happens.
    Info,
    /// Also logs how it happens.
    Debug,
    /// Logs everything.
    Trace,
}

impl LogLevel {
    /// Returns the name that `tracing` and `log` understand.
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
