//! Judges whether a requirement is met.

use super::{About, Extent, Row};
use crate::{
    facts::{Facts, Kind},
    report::{Requirement, RequirementStanding, Standing},
};

/// Judges a requirement by the facts about its rules and checks.
pub(crate) fn judge(row: &Row, facts: &Facts) -> Requirement {
    let mut evidence = Vec::new();
    let (mut shown, mut shows_all, mut refuted) = (false, true, false);
    let mut has_whole = false;
    for (code, extent) in row.by {
        let fact = facts.get(code).filter(|fact| fact.standing != Standing::NotShown);
        if let Some(fact) = fact {
            let detail = match fact.standing {
                Standing::NotHeld => format!(": {}", fact.evidence.join("; ")),
                _ => String::new(),
            };
            evidence.push(format!("{code} {}{detail}", fact.standing.name()));
        }
        refuted |= fact.is_some_and(|fact| fact.standing == Standing::NotHeld);
        shown |= fact.is_some();
        if *extent == Extent::Shows {
            has_whole = true;
            let speaks = |kind| row.about == About::Configuration || kind == Kind::Behaviour;
            shows_all &= fact.is_some_and(|fact| fact.standing == Standing::Held && speaks(fact.kind));
        }
    }
    let standing = if refuted {
        RequirementStanding::NotMet
    } else if has_whole && shows_all {
        RequirementStanding::Met
    } else if shown {
        RequirementStanding::InPart
    } else {
        RequirementStanding::NotShown
    };
    Requirement {
        number: row.number.to_owned(),
        level: u64::from(row.level),
        summary: row.summary.to_owned(),
        standing,
        evidence,
        link: row.link(),
    }
}
