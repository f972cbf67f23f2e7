//! Determines how strict a run is, and why: doubt means production.
//!
//! - What the service's variables declare counts, unless the platform's own variable asks for a stricter tier. A platform
//!   that should name the tier but does not asks for Production.
//! - If two variables differ, or if a service gives a known name another meaning, the stricter tier counts.
//! - A value that does not name a tier means Production and refuses the start: a service that went on after a misspelling
//!   would run with rules that nobody chose.
//! - Production in what the platform calls a preview stays Production, with a warning: its keys and database were probably
//!   copied too, so production's rules must apply to them. This includes pull requests on hosted platforms.
//! - Development on a platform that serves the public always refuses the start.

mod declared;
mod detect;
mod observation;
mod platforms;

pub(crate) use hardened_core::tier::Tier;

#[cfg(feature = "http")]
pub(crate) use self::platforms::PLATFORMS;
pub(crate) use self::{
    detect::{TierNames, Undeclared, detect},
    observation::Observation,
    platforms::is_on,
};
pub(crate) use hardened_core::tier::Blemish;
