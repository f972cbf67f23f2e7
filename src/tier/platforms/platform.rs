//! One platform: how it is recognised, and what its variables say.

use std::ffi::OsStr;

use hardened_core::{
    text::glob,
    tier::{Alias, ParsedTier, parse},
};

use crate::{Environment, Tier};

/// A platform, and how it is recognised.
#[derive(Debug)]
pub(crate) struct Platform {
    /// The stable identifier for machines.
    pub(crate) id: &'static str,
    /// The name for people.
    pub(crate) name: &'static str,
    /// The effect of the platform on the tier.
    pub(crate) class: Class,
    /// The signs of the platform; any one of them suffices.
    pub(crate) markers: &'static [Marker],
    /// Variables of a related platform with the same markers. That platform has its own entry.
    pub(crate) relatives: &'static [&'static str],
    /// Variables that say that nothing is served here: on a laptop in an emulator, or in the platform's own tests.
    pub(crate) lifted_by: &'static [&'static str],
    /// The variables that say which environment this is.
    pub(crate) named: Named,
    /// The command that brings the platform's variables to a laptop.
    pub(crate) on_a_laptop: Option<&'static str>,
}

/// The effect of a platform on the tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// The platform's variable names the tier. It may raise the declared tier, never lower it.
    NamesTier,
    /// The platform serves the public: an explicit Development or Test refuses the start.
    Hosted,
    /// The platform also runs on laptops and in continuous integration. It is evidence without an effect.
    Neutral,
    /// The platform is a person's machine in a cloud. It is evidence without an effect.
    Workstation,
}

/// A sign of a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    /// A variable that is set and not blank.
    Set(&'static str),
    /// Two variables that are both set.
    Both(&'static str, &'static str),
    /// A variable with this value.
    Is(&'static str, &'static str),
    /// A file that exists.
    File(&'static str),
}

/// The variables by which a platform says which environment this is, and their values; `*` matches anything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    pub(crate) variables: &'static [&'static str],
    pub(crate) production: &'static [&'static str],
    pub(crate) preview: &'static [&'static str],
    pub(crate) development: &'static [&'static str],
}

impl Platform {
    /// Returns whether the platform's variables are set, and no variable says that this is something else.
    pub(super) fn shows_in(&self, environment: &Environment) -> bool {
        let is_set = |name: &&str| value(environment, name).is_some();
        self.is_marked(environment) && !self.lifted_by.iter().any(is_set)
    }

    /// Returns the variable that says that this platform does not serve anyone here.
    pub(super) fn lift(&self, environment: &Environment, own: &[Alias]) -> Option<&'static str> {
        if !self.is_marked(environment) {
            return None;
        }
        let is_set = |name: &&&str| value(environment, name).is_some();
        let is_development =
            || self.class == Class::NamesTier && self.says(environment, own) == Some(Tier::Development);
        self.lifted_by
            .iter()
            .find(is_set)
            .copied()
            .or_else(|| is_development().then(|| self.named.variables.iter().find(is_set).copied()).flatten())
    }

    /// Returns whether the platform's variables are set, and none of a related platform.
    fn is_marked(&self, environment: &Environment) -> bool {
        let is_set = |name: &&str| value(environment, name).is_some();
        let shows = |marker: &Marker| match marker {
            Marker::Set(name) => is_set(name),
            Marker::Both(one, other) => is_set(one) && is_set(other),
            Marker::Is(name, wanted) => {
                value(environment, name).is_some_and(|value| value.eq_ignore_ascii_case(wanted))
            }
            Marker::File(_) => false,
        };
        self.markers.iter().any(shows) && !self.relatives.iter().any(is_set)
    }

    /// Returns the strictest tier that the platform's variables name.
    pub(super) fn says(&self, environment: &Environment, own: &[Alias]) -> Option<Tier> {
        let values = self.named.variables.iter().filter_map(|name| value(environment, name));
        values.filter_map(|value| self.tier_of(value.to_string_lossy().trim(), own)).max()
    }

    /// Returns the tier of one value. On platforms where people choose the names of their environments, a known name of
    /// Production means Production, and every other name means Preview.
    fn tier_of(&self, value: &str, own: &[Alias]) -> Option<Tier> {
        let value = value.to_ascii_lowercase();
        let is_one_of = |patterns: &[&str]| patterns.iter().any(|pattern| glob(pattern, &value));
        if is_one_of(self.named.production) {
            Some(Tier::Production)
        } else if is_one_of(self.named.preview) {
            Some(Tier::Preview)
        } else if is_one_of(self.named.development) {
            Some(Tier::Development)
        } else if self.class != Class::NamesTier {
            None
        } else if let ParsedTier::Known { tier: Tier::Production, .. } = parse(&value, own) {
            Some(Tier::Production)
        } else {
            Some(Tier::Preview)
        }
    }
}

/// Returns the value of a variable, unless it is blank.
fn value<'e>(environment: &'e Environment, name: &str) -> Option<&'e OsStr> {
    let is_blank = |value: &OsStr| value.as_encoded_bytes().trim_ascii().is_empty();
    environment.get(name).filter(|value| !is_blank(value))
}
