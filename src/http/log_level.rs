//! How much is logged.

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
