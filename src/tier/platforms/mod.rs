//! Recognises the platform that the service runs on from its environment.

mod platform;
mod table;

use std::path::Path;

use hardened_core::tier::Alias;

pub(crate) use self::{
    platform::{Class, Marker, Platform},
    table::PLATFORMS,
};

use super::Tier;
use crate::Environment;

/// A platform that serves the public, and the variable that keeps it from refusing Development.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lift {
    pub(super) platform: &'static str,
    pub(super) variable: &'static str,
}

/// A recognised platform, and the tier of its environment if the platform names one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sighting {
    pub(super) platform: &'static Platform,
    pub(super) says: Option<Tier>,
}

impl Sighting {
    /// Returns the least strict tier that the platform accepts. A platform that should name the tier but does not
    /// leaves it in doubt, which means Production.
    pub(super) fn asks(&self) -> Option<Tier> {
        (self.platform.class == Class::NamesTier).then(|| self.says.unwrap_or(Tier::Production))
    }

    /// Returns whether this may still be a developer's own machine.
    pub(super) fn allows_a_laptop(&self) -> bool {
        let orchestrated = matches!(self.platform.id, "kubernetes" | "nomad");
        let local = self.says.is_some_and(|tier| !tier.is_hardened());
        local || (matches!(self.platform.class, Class::Neutral | Class::Workstation) && !orchestrated)
    }

    /// Returns the sighting as a sentence.
    pub(super) fn evidence(&self) -> String {
        let Platform { id, name, .. } = self.platform;
        let possessive = if name.ends_with('s') { "'" } else { "'s" };
        match (self.says, *id) {
            (Some(Tier::Preview), _) => format!("{name}{possessive} environment is a preview"),
            (Some(tier), _) => format!("{name}{possessive} environment is {tier}"),
            (None, _) if self.asks().is_some() => format!("{name} does not say which environment this is"),
            (None, "systemd") => format!("running under {name}"),
            (None, "docker" | "codespaces/gitpod") => format!("running in {name}"),
            (None, _) => format!("running on {name}"),
        }
    }
}

/// Returns the platforms whose variables are set.
pub(super) fn sightings(environment: &Environment, own: &[Alias]) -> Vec<Sighting> {
    PLATFORMS
        .iter()
        .filter(|platform| platform.shows_in(environment))
        .map(|platform| Sighting { platform, says: platform.says(environment, own) })
        .collect()
}

/// Returns the variables that keep platforms which serve the public from refusing Development.
pub(super) fn lifts(environment: &Environment, own: &[Alias]) -> Vec<Lift> {
    let lift = |platform: &Platform| {
        let variable = platform.lift(environment, own)?;
        Some(Lift { platform: platform.name, variable })
    };
    PLATFORMS.iter().filter_map(lift).collect()
}

/// Returns whether the variables of one platform are set.
pub(crate) fn is_on(environment: &Environment, id: &str) -> bool {
    PLATFORMS.iter().any(|platform| platform.id == id && platform.shows_in(environment))
}

/// Adds the platforms that only a file reveals.
pub(super) fn look_for_files(environment: &Environment, sightings: &mut Vec<Sighting>) {
    let exists = |marker: &Marker| matches!(marker, Marker::File(path) if environment.has_marker_file(Path::new(path)));
    for platform in PLATFORMS {
        if sightings.iter().all(|seen| seen.platform.id != platform.id) && platform.markers.iter().any(exists) {
            sightings.push(Sighting { platform, says: None });
        }
    }
}
