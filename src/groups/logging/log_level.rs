//! The level of logging.

use std::{fmt, str::FromStr};

use crate::{Setting, Violation};

/// The level of logging: messages of this level or a more severe one are logged.
///
/// ```
/// use hardened::logging::LogLevel;
///
/// let level: LogLevel = "warning".parse()?;
/// assert_eq!(level.to_string(), "warn");
/// # Ok::<(), hardened::Violation>(())
/// ```
///
/// With the feature `http` or `axum` it converts into `tracing::Level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, hardened_derive::Setting)]
#[non_exhaustive]
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

/// Writes the name that `tracing` and `log` understand.
impl fmt::Display for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Parses the text as the setting does.
impl FromStr for LogLevel {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        <Self as Setting>::parse(text)
    }
}

#[cfg(feature = "tracing")]
impl From<LogLevel> for tracing::Level {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::ERROR,
            LogLevel::Warn => Self::WARN,
            LogLevel::Info => Self::INFO,
            LogLevel::Debug => Self::DEBUG,
            LogLevel::Trace => Self::TRACE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_read_and_written_by_the_name_that_loggers_know() {
        for level in [LogLevel::Error, LogLevel::Warn, LogLevel::Info, LogLevel::Debug, LogLevel::Trace] {
            assert_eq!(level.to_string().parse(), Ok(level));
            #[cfg(feature = "tracing")]
            assert_eq!(tracing::Level::from(level).to_string().to_lowercase(), level.name());
        }
        assert_eq!("FATAL".parse(), Ok(LogLevel::Error));
        assert!("loud".parse::<LogLevel>().is_err());
    }
}
