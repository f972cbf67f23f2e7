//! The settings group for telemetry.

mod group;
mod headers;

pub use self::group::{Otlp, OtlpProtocol, OtlpSignal};
