//! From an environment to a tier, with the evidence.

use super::Tier;
use crate::Environment;

/// Which variables name the tier, and which words a service adds.
#[derive(Debug, Default)]
pub(crate) struct TierNames {
    /// The one variable of the service's own choice, instead of the usual two.
    pub(crate) variable: Option<&'static str>,
    /// Names that the service adds.
    pub(crate) aliases: Vec<(&'static str, Tier)>,
}

impl TierNames {
    /// The variables in the order of precedence.
    pub(crate) fn variables(&self) -> &[&'static str] {
        match &self.variable {
            Some(own) => std::slice::from_ref(own),
            None => &["ENVIRONMENT", "APP_ENV"],
        }
    }
}

/// A tier with the evidence for it.
#[derive(Debug)]
pub(crate) struct Detected {
    /// The tier.
    pub(crate) tier: Tier,
    /// Why, the deciding reason first. Made of names and words known at compile time only.
    pub(crate) evidence: Vec<String>,
    /// What is to be told about it.
    pub(crate) observations: Vec<Observation>,
}

/// Something about the tier that a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Observation {
    /// The value is no known name.
    Unknown {
        /// The variable.
        variable: &'static str,
        /// The nearest known name.
        suggestion: Option<&'static str>,
    },
}

/// Finds the tier.
pub(crate) fn detect(environment: &Environment, names: &TierNames) -> Detected {
    let named = names.variables().iter().find_map(|name| environment.get(name)).unwrap_or_default();
    if let Some(tier) = Tier::ALL.into_iter().find(|tier| named == tier.name()) {
        return Detected { tier, evidence: Vec::new(), observations: Vec::new() };
    }
    Detected { tier: Tier::Production, evidence: vec!["ENVIRONMENT is not set".to_owned()], observations: Vec::new() }
}
