//! The tier that the service's own variables declare.

use std::ffi::OsStr;

use hardened_core::tier::{self, Alias, ParsedTier};

use super::{Observation, Tier};
use crate::Environment;

/// What the variables declare.
#[derive(Debug)]
pub(super) struct Declared {
    /// The tier; Production where nothing, or nothing readable, is declared.
    pub(super) tier: Tier,
    /// The variable that decides.
    pub(super) variable: &'static str,
    /// How it was come by.
    pub(super) state: State,
    /// Why, the deciding reason first.
    pub(super) evidence: Vec<String>,
}

impl Declared {
    /// Whether no variable is set to anything.
    pub(super) fn is_undeclared(&self) -> bool {
        matches!(self.state, State::Unset | State::Blank)
    }
}

/// How a declared tier was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// A variable names it.
    Named,
    /// A variable is set to something that names no tier.
    Doubtful,
    /// A variable is set to nothing.
    Blank,
    /// No variable is set.
    Unset,
}

/// Reads the variables. Where two of them name tiers, the strictest counts; doubt about one is Production.
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
                // Of several entries a blank one says what an unset variable says.
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

/// What one variable says.
enum Said {
    NotText,
    Text(ParsedTier),
}

fn reading(value: &OsStr, own: &[Alias]) -> Said {
    value.to_str().map_or(Said::NotText, |text| Said::Text(tier::parse(text, own)))
}

/// What all variables together say.
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
        // A stable sort: of two equal ones the first variable decides.
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

/// A variable whose name is one of the given ones with something around it that is not seen, and where that stands.
///
/// Names can only be listed together with their values, so this is asked only when no tier is declared.
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
