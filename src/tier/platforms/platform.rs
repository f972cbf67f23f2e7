//! One platform: its signs, and what its variables say.

use std::ffi::OsStr;

use hardened_core::{
    text::glob,
    tier::{Alias, ParsedTier, parse},
};

use crate::{Environment, Tier};

/// One platform, and how it is recognised.
#[derive(Debug)]
pub(crate) struct Platform {
    /// The stable name for machines.
    pub(crate) id: &'static str,
    /// The name for people.
    pub(crate) name: &'static str,
    /// What it means for the tier.
    pub(crate) class: Class,
    /// Any one suffices.
    pub(crate) markers: &'static [Marker],
    /// Variables of a relative with the same markers, which is listed itself.
    pub(crate) relatives: &'static [&'static str],
    /// Variables that say that this serves nobody: an emulator on a laptop, or the platform's own tests.
    pub(crate) lifted_by: &'static [&'static str],
    /// How it says which environment this is.
    pub(crate) named: Named,
    /// The command that brings its values to a laptop.
    pub(crate) on_a_laptop: Option<&'static str>,
}

/// What a platform means for the tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Its own variable names the tier, and may raise it, never lower it.
    NamesTier,
    /// Serves the public: an explicit Development or Test refuses the start.
    Hosted,
    /// Also seen on laptops and in continuous integration: evidence, no effect.
    Neutral,
    /// A person's machine in a cloud: evidence, no effect.
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

/// The variables by which a platform says which environment this is, and their values: `*` stands for anything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    pub(crate) variables: &'static [&'static str],
    pub(crate) production: &'static [&'static str],
    pub(crate) preview: &'static [&'static str],
    pub(crate) development: &'static [&'static str],
}

impl Platform {
    /// Whether its variables are set, and none that says that this is something else.
    pub(super) fn shows_in(&self, environment: &Environment) -> bool {
        let is_set = |name: &&str| value(environment, name).is_some();
        self.is_marked(environment) && !self.lifted_by.iter().any(is_set)
    }

    /// The variable that says that this platform serves nobody here.
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

    /// Whether its variables are set, and no relative's.
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

    /// The strictest tier that its variables name.
    pub(super) fn says(&self, environment: &Environment, own: &[Alias]) -> Option<Tier> {
        let values = self.named.variables.iter().filter_map(|name| value(environment, name));
        values.filter_map(|value| self.tier_of(value.to_string_lossy().trim(), own)).max()
    }

    /// The tier of one value. Where people choose the names of their environments, a known name of Production is
    /// Production, and every other name is Preview.
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

/// The value of a variable, unless it is blank.
fn value<'e>(environment: &'e Environment, name: &str) -> Option<&'e OsStr> {
    let is_blank = |value: &OsStr| value.as_encoded_bytes().trim_ascii().is_empty();
    environment.get(name).filter(|value| !is_blank(value))
}
