//! What the given documents show of one code: of a rule, or of a live check.

use std::collections::BTreeMap;

use hardened_core::{
    manifest::{Manifest, RuleOutcome},
    verification::{Outcome, VerdictWord, Verification},
};

use crate::report::{Measure, Standing};

/// How something was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By what the configuration is.
    Configuration,
    /// By what the live service did.
    Behaviour,
}

/// What is known of one code.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) kind: Kind,
    pub(crate) level: Option<String>,
    pub(crate) standing: Standing,
    pub(crate) evidence: Vec<String>,
}

/// What is known of every code.
#[derive(Debug, Default)]
pub(crate) struct Facts(BTreeMap<String, Fact>);

impl Facts {
    pub(crate) fn of(manifest: Option<&Manifest>, verification: Option<&Verification>) -> Self {
        let mut facts = BTreeMap::new();
        for rule in manifest.iter().flat_map(|manifest| &manifest.rules) {
            let (standing, evidence) = match rule.outcome {
                RuleOutcome::Held => (Standing::Held, "held when the configuration was judged".to_owned()),
                RuleOutcome::NotHeld => (Standing::NotHeld, format!("did not hold for {}", rule.subjects.join(", "))),
                _ => (
                    Standing::NotShown,
                    "was not judged in this tier, or is about secrets that were assumed".to_owned(),
                ),
            };
            let level = Some(level(rule.level).to_owned());
            facts.insert(
                rule.code.clone(),
                Fact { kind: Kind::Configuration, level, standing, evidence: vec![evidence] },
            );
        }
        if let Some(verification) = verification {
            for outcome in &verification.outcomes {
                for code in [&outcome.check, &outcome.rule] {
                    add(facts.entry(code.clone()).or_insert_with(unseen), outcome, &verification.run.started);
                }
            }
        }
        Self(facts)
    }

    pub(crate) fn get(&self, code: &str) -> Option<&Fact> {
        self.0.get(code)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&String, &Fact)> {
        self.0.iter()
    }

    /// A code with what was shown of it; `secret-*` is every code that begins so.
    pub(crate) fn measure(&self, code: &str) -> Measure {
        if let Some(begin) = code.strip_suffix('*') {
            return self.measure_all(code, begin);
        }
        match self.get(code) {
            Some(fact) => Measure {
                code: code.to_owned(),
                level: fact.level.clone(),
                standing: fact.standing,
                evidence: fact.evidence.clone(),
            },
            None => Measure {
                code: code.to_owned(),
                level: None,
                standing: Standing::NotShown,
                evidence: vec!["no document that was given speaks of it".to_owned()],
            },
        }
    }
}

/// What several codes show together.
impl Facts {
    fn measure_all(&self, code: &str, begin: &str) -> Measure {
        let of_them: Vec<_> = self.0.iter().filter(|(code, _)| code.starts_with(begin)).collect();
        let count = |wanted| of_them.iter().filter(|(_, fact)| fact.standing == wanted).count();
        // Of the rules of a kind, some are off in a tier.
        let standing = if count(Standing::NotHeld) > 0 {
            Standing::NotHeld
        } else if count(Standing::Held) > 0 {
            Standing::Held
        } else {
            Standing::NotShown
        };
        let not_held = of_them.iter().filter(|(_, fact)| fact.standing == Standing::NotHeld);
        let mut evidence: Vec<_> =
            not_held.flat_map(|(code, fact)| fact.evidence.iter().map(move |it| format!("{code}: {it}"))).collect();
        evidence.push(format!("{} of {} hold", count(Standing::Held), of_them.len()));
        Measure { code: code.to_owned(), level: None, standing, evidence }
    }
}

fn level(level: hardened_core::rule::Level) -> &'static str {
    use hardened_core::rule::Level;
    match level {
        Level::Refuse => "refuse",
        Level::Warn => "warn",
        Level::Note => "note",
        Level::Off => "off",
    }
}

fn unseen() -> Fact {
    Fact { kind: Kind::Behaviour, level: None, standing: Standing::Held, evidence: Vec::new() }
}

/// Adds one outcome of a check: a failure outweighs everything, and what was not shown outweighs a pass.
fn add(fact: &mut Fact, outcome: &Outcome, when: &str) {
    fact.kind = Kind::Behaviour;
    let case = outcome.case.as_deref().map(|case| format!(" [{case}]")).unwrap_or_default();
    let name = format!("{}{case}", outcome.check);
    let reason = outcome.reason.as_deref().unwrap_or_default();
    let (standing, evidence) = match outcome.verdict {
        VerdictWord::Pass => (Standing::Held, format!("{name} passed live at {when}")),
        VerdictWord::Fail if outcome.severity.is_some() => {
            (Standing::NotHeld, format!("{name} failed live at {when}: {reason}"))
        }
        VerdictWord::Fail => (Standing::NotShown, format!("{name} does not bind in this tier: {reason}")),
        VerdictWord::Skipped => (Standing::NotShown, format!("{name} was skipped: {reason}")),
        _ => (Standing::NotShown, format!("{name} was inconclusive: {reason}")),
    };
    fact.standing = worse(fact.standing, standing);
    fact.evidence.push(evidence);
}

fn worse(one: Standing, other: Standing) -> Standing {
    let order = |standing| match standing {
        Standing::NotHeld => 2,
        Standing::NotShown => 1,
        _ => 0,
    };
    if order(other) > order(one) { other } else { one }
}
