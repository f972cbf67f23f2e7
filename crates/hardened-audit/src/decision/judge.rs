//! Judges whether the evidence confirms a decision.

use super::record::Decision;
use crate::{
    facts::Facts,
    report::{DecisionEntry, DecisionStanding, Standing},
};

/// Judges a decision by the facts about the codes that confirm it.
pub(crate) fn judge(decision: &Decision, facts: &Facts) -> DecisionEntry {
    let confirmed_by: Vec<_> = decision.confirmed_by.iter().map(|code| facts.measure(code)).collect();
    let has = |wanted| confirmed_by.iter().any(|measure| measure.standing == wanted);
    let standing = if !decision.is_in_force() {
        DecisionStanding::NotInForce
    } else if has(Standing::NotHeld) {
        DecisionStanding::Contradicted
    } else if !has(Standing::Held) && !has(Standing::InPart) {
        DecisionStanding::NotShown
    } else if has(Standing::NotShown) || has(Standing::InPart) {
        DecisionStanding::InPart
    } else {
        DecisionStanding::Confirmed
    };
    DecisionEntry {
        number: decision.number.unwrap_or_default(),
        title: decision.title.clone(),
        status: if decision.status.is_empty() { "not given".to_owned() } else { decision.status.clone() },
        standing,
        confirmed_by,
    }
}
