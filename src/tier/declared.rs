//! The tier that the service's own variables declare.

use std::ffi::OsStr;

use hardened_core::tier::{self, Alias, ParsedTier};

use super::{Observation, Tier};
use crate::Environment;

/// The tier that the variables declare, and why.
#[derive(Debug)]
pub(super) struct Declared {
    /// The tier; Production if no variable, or none that can be read, declares one.
    pub(super) tier: Tier,
    /// The variable that decides the tier.
    pub(super) variable: &'static str,
    /// How the tier was determined.
    pub(super) state: State,
    /// The reasons, the deciding one first.
    pub(super) evidence: Vec<String>,
}

impl Declared {
    /// Returns whether every variable is unset or blank.
    pub(super) fn is_undeclared(&self) -> bool {
        matches!(self.state, State::Unset | State::Blank)
    }
}

/// How a declared tier was determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// A variable names the tier.
    Named,
    /// A variable has a value that does not name a tier.
    Doubtful,
    /// A variable is set, but blank.
    Blank,
    /// No variable is set.
    Unset,
}

/// Reads the tier variables. If two of them name tiers, the stricter one counts; doubt about one means Production.
pub(super) fn declared(
    environment: &Environment,
    variables: &[&'static str],
    own: &[Alias],
    observations: &mut Vec<Observation>,
) -> Declared {
    let mut found = Found::default();
    for &variable in variables {
        let values = environment.values(variable);
        let is_only_one = values.len() == 1;
        for value in values {
            match reading(value, own) {
                // A blank entry next to other entries means Production, as an unset variable does.
                Said::Text(ParsedTier::Blank) if !is_only_one => found.named.push((variable, "", Tier::Production)),
                said => found.add(variable, said, observations),
            }
        }
    }
    if let Some(&(first, _, tier)) = found.named.first()
        && let Some(&(second, _, other)) = found.named.iter().find(|(_, _, other)| *other != tier)
    {
        observations.push(Observation::Differing { variable: first, tier, second, other });
    }
    found.decide(variables.first().copied().unwrap_or_default())
}

/// What one variable declares.
enum Said {
    NotText,
    Text(ParsedTier),
}

fn reading(value: &OsStr, own: &[Alias]) -> Said {
    value.to_str().map_or(Said::NotText, |text| Said::Text(tier::parse(text, own)))
}

/// What all variables together declare.
#[derive(Default)]
struct Found {
    named: Vec<(&'static str, &'static str, Tier)>,
    doubtful: Option<&'static str>,
    blank: Option<&'static str>,
}

impl Found {
    fn add(&mut self, variable: &'static str, said: Said, observations: &mut Vec<Observation>) {
        match said {
            Said::NotText => {
                self.doubtful.get_or_insert(variable);
                observations.push(Observation::NotText { variable });
            }
            Said::Text(ParsedTier::Unknown { suggestion }) => {
                self.doubtful.get_or_insert(variable);
                observations.push(Observation::Unknown { variable, suggestion });
            }
            Said::Text(ParsedTier::Blank) => {
                self.blank.get_or_insert(variable);
                observations.push(Observation::Blank { variable });
            }
            Said::Text(ParsedTier::Known { tier, name, blemish }) => {
                self.named.push((variable, name, tier));
                if let Some(blemish) = blemish {
                    observations.push(Observation::Normalised { variable, name, blemish });
                }
            }
        }
    }

    fn decide(mut self, usual: &'static str) -> Declared {
        // The sort is stable: among equal tiers the first variable decides.
        self.named.sort_by_key(|(_, _, tier)| std::cmp::Reverse(*tier));
        let reason = |(variable, name, _): &(_, &str, _)| match *name {
            "" => format!("{variable} is blank"),
            name => format!("{variable}={name}"),
        };
        let mut evidence: Vec<_> = self.named.iter().map(reason).collect();
        let (state, tier, variable) = match (self.doubtful, self.named.first(), self.blank) {
            (Some(variable), _, _) => (State::Doubtful, Tier::Production, variable),
            (None, Some(&(variable, _, tier)), _) => (State::Named, tier, variable),
            (None, None, Some(variable)) => (State::Blank, Tier::Production, variable),
            (None, None, None) => (State::Unset, Tier::Production, usual),
        };
        match state {
            State::Named => {}
            State::Doubtful => evidence.insert(0, format!("{variable} does not name a known tier")),
            State::Blank => evidence.push(format!("{variable} is blank")),
            State::Unset => evidence.push(format!("{variable} is not set")),
        }
        Declared { tier, variable, state, evidence }
    }
}

/// Finds a variable whose name is one of the given names with invisible characters around it, and returns where they are.
///
/// The names can only be listed together with the values, so this is called only when no tier is declared.
pub(super) fn padded_name(
    environment: &Environment,
    variables: &[&'static str],
) -> Option<(&'static str, &'static str)> {
    let is_padding = |symbol: char| tier::is_blank(symbol) || symbol == char::REPLACEMENT_CHARACTER;
    environment.names().find_map(|name| {
        let name = name.to_string_lossy();
        let plain = name.trim_matches(is_padding);
        let variable = variables.iter().copied().find(|variable| *variable == plain && *variable != name)?;
        let place = if name.starts_with(plain) {
            "after"
        } else if name.ends_with(plain) {
            "before"
        } else {
            "around"
        };
        Some((variable, place))
    })
}
