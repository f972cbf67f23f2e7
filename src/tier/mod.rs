//! How strict to be, and why: doubt means production.
//!
//! - What the service's variables declare counts, unless the platform's own variable asks for more. A platform whose
//!   job it is to name the tier, and that names none, asks for Production.
//! - Where two variables differ, and where a service gives a known name another meaning, the stricter counts.
//! - A value that names no tier is Production and refuses the start: a service that goes on after a misspelling goes on
//!   with rules that nobody chose.
//! - Production in what the platform calls a preview stays Production, with a warning: its keys and database were
//!   probably copied too, and deserve production's rules. This holds for pull requests on hosted platforms as well.
//! - Development on a platform that serves the public refuses the start, whatever else is true.

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
