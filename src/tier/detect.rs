//! Determines the tier from an environment, with the evidence.

use hardened_core::tier::Alias;

use super::{
    Observation, Tier,
    declared::{Declared, State, declared, padded_name},
    platforms::{self, Class, Lift, Platform, Sighting},
};
use crate::Environment;

/// The variables that name the tier, and the tier names that a service adds.
#[derive(Debug, Clone, Default)]
pub(crate) struct TierNames {
    /// The service's own tier variable, which replaces the usual two.
    pub(crate) variable: Option<&'static str>,
    /// The tier names that the service adds.
    pub(crate) aliases: Vec<(&'static str, Tier)>,
}

impl TierNames {
    /// Returns the tier variables in order of precedence.
    pub(crate) fn variables(&self) -> &[&'static str] {
        match &self.variable {
            Some(own) => std::slice::from_ref(own),
            None => &["ENVIRONMENT", "APP_ENV"],
        }
    }

    /// Returns the added names that count: those for Production and Preview. Each other name becomes an observation.
    fn own(&self, observations: &mut Vec<Observation>) -> Vec<Alias> {
        let (counting, others): (Vec<_>, Vec<_>) =
            self.aliases.iter().copied().partition(|(_, tier)| tier.is_hardened());
        observations.extend(others.into_iter().map(|(alias, tier)| Observation::Alias { alias, tier }));
        counting
    }
}

/// A tier with the evidence for it.
#[derive(Debug)]
pub(crate) struct Detected {
    /// The tier.
    pub(crate) tier: Tier,
    /// The reasons, the deciding one first. They contain only names and words known at compile time.
    pub(crate) evidence: Vec<String>,
    /// What the rules report about it.
    pub(crate) observations: Vec<Observation>,
    /// The variable that would declare a tier, when no tier is declared.
    pub(crate) unset: Option<&'static str>,
    /// Set if no tier is declared and this may be a developer's own machine.
    pub(crate) undeclared: Option<Undeclared>,
}

/// The variable of a tier that is not declared, which means Production.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Undeclared {
    /// The variable that would declare the tier.
    pub(crate) variable: &'static str,
    /// Whether the variable is set, but blank.
    pub(crate) is_blank: bool,
}

/// Determines the tier: the declared one or that of the platform's environment, whichever is stricter.
///
/// It looks up about ninety variables, each by its name. It looks for files only in Development and Test: in the other
/// tiers nothing depends on them, and a start in production does not access the file system.
pub(crate) fn detect(environment: &Environment, names: &TierNames) -> Detected {
    let mut observations = Vec::new();
    let own = names.own(&mut observations);
    let declared = declared(environment, names.variables(), &own, &mut observations);
    let mut sightings = platforms::sightings(environment, &own);
    let asked = strictest(&sightings, Sighting::asks);
    let tier = asked.map_or(declared.tier, |(tier, _)| tier.max(declared.tier));

    if declared.is_undeclared()
        && let Some((variable, place)) = padded_name(environment, names.variables())
    {
        observations.push(Observation::PaddedName { variable, place });
    }
    if !tier.is_hardened() {
        platforms::look_for_files(environment, &mut sightings);
        observations.extend(relaxed(environment, &declared, &sightings, &own));
    }
    observations.extend(asked.and_then(|(to, platform)| raised(&declared, to, platform)));
    observations.extend(copied(&declared, &sightings));
    let undeclared = undeclared(&declared, &sightings);
    let unset = declared.is_undeclared().then_some(declared.variable);
    let evidence = evidence(declared, &sightings, asked.map(|(tier, _)| tier));
    Detected { tier, evidence, observations, unset, undeclared }
}

/// Returns the undeclared tier if nothing indicates that this is not a developer's own machine.
fn undeclared(declared: &Declared, sightings: &[Sighting]) -> Option<Undeclared> {
    let is_own = declared.is_undeclared() && sightings.iter().all(Sighting::allows_a_laptop);
    is_own.then_some(Undeclared { variable: declared.variable, is_blank: declared.state == State::Blank })
}

/// Returns the strictest tier of all sightings, and its platform.
fn strictest(sightings: &[Sighting], tier: impl Fn(&Sighting) -> Option<Tier>) -> Option<(Tier, &'static Platform)> {
    sightings.iter().filter_map(|seen| Some((tier(seen)?, seen.platform))).max_by_key(|(tier, _)| *tier)
}

/// Returns what is wrong with Development or Test in this environment.
fn relaxed(environment: &Environment, declared: &Declared, sightings: &[Sighting], own: &[Alias]) -> Vec<Observation> {
    let Declared { tier, variable, .. } = *declared;
    if let Some(seen) = sightings.iter().find(|seen| seen.platform.class == Class::Hosted) {
        return vec![Observation::Hosted { variable, tier, platform: seen.platform.name }];
    }
    let lifted = |Lift { platform, variable: lift }| Observation::Lifted { variable, tier, platform, lift };
    let mut observations: Vec<_> = platforms::lifts(environment, own).into_iter().map(lifted).collect();
    if environment.is_release_build() {
        let in_kubernetes = sightings.iter().any(|seen| seen.platform.id == "kubernetes");
        observations.push(Observation::ReleaseBuild { variable, tier, in_kubernetes });
    }
    observations
}

/// Returns an observation if the platform raises the declared tier. If none is declared, it is Production already.
fn raised(declared: &Declared, to: Tier, platform: &'static Platform) -> Option<Observation> {
    let Declared { tier: from, variable, .. } = *declared;
    let Platform { name, on_a_laptop, .. } = *platform;
    (to > from).then_some(Observation::Raised { variable, from, to, platform: name, on_a_laptop })
}

/// Returns an observation if Production is declared, but the platform says that this is a preview. Hosted platforms that
/// say so (Render and Heroku, for a pull request) copy variables too, including those that name the tier.
fn copied(declared: &Declared, sightings: &[Sighting]) -> Option<Observation> {
    let is_declared = declared.state == State::Named && declared.tier == Tier::Production;
    match strictest(sightings, |seen| seen.says) {
        Some((Tier::Preview, platform)) if is_declared => {
            Some(Observation::Copied { variable: declared.variable, platform: platform.name })
        }
        _ => None,
    }
}

/// Returns all reasons, the deciding one first. The platform's reason decides if the platform asks for a stricter tier than
/// the declared one, or for Production while no tier is declared.
fn evidence(declared: Declared, sightings: &[Sighting], asked: Option<Tier>) -> Vec<String> {
    let says_production = declared.is_undeclared() && asked == Some(Tier::Production);
    let platform_decides = asked > Some(declared.tier) || says_production;
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for seen in sightings {
        let decides = platform_decides && seen.asks().is_some() && seen.asks() == asked;
        if decides { &mut first } else { &mut last }.push(seen.evidence());
    }
    first.into_iter().chain(declared.evidence).chain(last).collect()
}

#[cfg(test)]
mod tests;
