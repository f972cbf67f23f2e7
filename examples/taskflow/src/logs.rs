//! Logs: JSON lines for deployed services, human-readable lines on a developer's machine.

use std::io;

use anstream::{AutoStream, ColorChoice};
use hardened::logging::LogLevel;
use tracing_subscriber::filter::LevelFilter;

/// Starts writing the events of this process to standard output.
pub(crate) fn start(level: LogLevel, is_deployed: bool) {
    let is_coloured = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    let level = LevelFilter::from_level(level.into());
    let logs = tracing_subscriber::fmt().with_max_level(level).with_ansi(is_coloured);
    if is_deployed { logs.json().flatten_event(true).with_span_list(false).init() } else { logs.compact().init() }
}
