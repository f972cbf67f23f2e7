//! The index of facts: what the given documents show about the code of a rule or a live check.

mod fact;
mod read;

use std::collections::BTreeMap;

use hardened_core::{
    manifest::Manifest,
    rule::{Level, Rule},
    verification::Verification,
};

pub(crate) use self::fact::{Fact, Kind};
use crate::{
    report::{Measure, Standing},
    scan::ScanResult,
};

/// The facts about every code.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    facts: BTreeMap<String, Fact>,
    rules: Vec<Rule>,
}

impl Facts {
    /// Collects the facts from the documents. `rules` are the known rules, with their weaknesses.
    pub(crate) fn of(
        manifest: Option<&Manifest>,
        verification: Option<&Verification>,
        scan: Option<&ScanResult>,
        rules: &[Rule],
    ) -> Self {
        let mut facts = BTreeMap::new();
        facts.extend(manifest.map(read::manifest).unwrap_or_default());
        facts.extend(verification.map(read::verification).unwrap_or_default());
        facts.extend(scan.map(read::scan).unwrap_or_default());
        Self { facts, rules: rules.to_vec() }
    }

    pub(crate) fn get(&self, code: &str) -> Option<&Fact> {
        self.facts.get(code)
    }

    /// Returns the code of every rule of the configuration and the sources, and of every live check, but not of the rules of
    /// live checks.
    pub(crate) fn all(&self) -> impl Iterator<Item = &String> {
        let is_shown = |fact: &Fact| fact.kind != Kind::Behaviour || fact.rule.is_some();
        self.facts.iter().filter(move |(_, fact)| is_shown(fact)).map(|(code, _)| code)
    }

    /// Returns the numbers of the weaknesses (CWE) that a rule is about; empty if the rule is not known.
    pub(crate) fn cwe(&self, code: &str) -> Vec<u64> {
        let rule = Rule::find(code, &self.rules);
        rule.iter().flat_map(|rule| rule.cwe()).map(|cwe| u64::from(cwe.number())).collect()
    }

    /// Returns what was shown about a code; `secret-*` means every code with this prefix.
    pub(crate) fn measure(&self, code: &str) -> Measure {
        if let Some(begin) = code.strip_suffix('*') {
            return self.measure_all(code, begin);
        }
        match self.get(code) {
            Some(fact) => Measure {
                code: code.to_owned(),
                rule: fact.rule.clone(),
                level: fact.level.map(word),
                cwe: self.cwe(fact.rule.as_deref().unwrap_or(code)),
                standing: fact.standing,
                evidence: fact.evidence.clone(),
            },
            None => unknown(code, Standing::NotShown, vec!["no document that was given mentions it".to_owned()]),
        }
    }

    /// Combines what was shown about several codes.
    fn measure_all(&self, code: &str, begin: &str) -> Measure {
        let of_them: Vec<_> = self.facts.iter().filter(|(code, _)| code.starts_with(begin)).collect();
        let count = |wanted| of_them.iter().filter(|(_, fact)| fact.standing == wanted).count();
        // One rule that holds is enough, because some rules with the prefix may be off in this tier.
        let standing = if count(Standing::NotHeld) > 0 {
            Standing::NotHeld
        } else if count(Standing::Held) > 0 {
            Standing::Held
        } else if count(Standing::InPart) > 0 {
            Standing::InPart
        } else {
            Standing::NotShown
        };
        let not_held = of_them.iter().filter(|(_, fact)| fact.standing == Standing::NotHeld);
        let mut evidence: Vec<_> =
            not_held.flat_map(|(code, fact)| fact.evidence.iter().map(move |it| format!("{code}: {it}"))).collect();
        evidence.push(format!("{} of {} hold", count(Standing::Held), of_them.len()));
        unknown(code, standing, evidence)
    }
}

fn unknown(code: &str, standing: Standing, evidence: Vec<String>) -> Measure {
    Measure { code: code.to_owned(), rule: None, level: None, cwe: Vec::new(), standing, evidence }
}

fn word(level: Level) -> String {
    let word = match level {
        Level::Refuse => "refuse",
        Level::Warn => "warn",
        Level::Note => "note",
        Level::Off => "off",
    };
    word.to_owned()
}
