//! Logs: lines for machines where the service is deployed, for people on their own machine.

use std::io;

use anstream::{AutoStream, ColorChoice};
use hardened::logging::LogLevel;
use tracing_subscriber::filter::LevelFilter;

/// Writes the events of this process to standard output from now on.
pub(crate) fn start(level: LogLevel, is_deployed: bool) {
    let is_coloured = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    let level = LevelFilter::from_level(level.into());
    let logs = tracing_subscriber::fmt().with_max_level(level).with_ansi(is_coloured);
    if is_deployed { logs.json().flatten_event(true).with_span_list(false).init() } else { logs.compact().init() }
}
