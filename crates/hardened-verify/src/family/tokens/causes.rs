//! Reports one cause once: a service that does not verify signatures accepts every forgery.

use super::checks::{
    ALGORITHM, CONFUSION, EMBEDDED, EMPTY_KEY, FOREIGN_KEY, JUNK, KEY_ID, MISSING, NONE, OTHER_LENGTH, QUERY, REMOTE,
    SCHEME, TAMPERED, UNSIGNED,
};
use crate::{
    judge::{Negative, Seen},
    outcome::Outcome,
};

/// One case of a check, and what was seen of it.
pub(super) struct Case {
    pub(super) check: Negative,
    /// The name of the case; empty if the check has only one.
    pub(super) name: String,
    /// Whether the token was signed with the right key.
    pub(super) is_by_issuer: bool,
    pub(super) seen: Seen,
}

impl Case {
    pub(super) fn is_broken(&self) -> bool {
        matches!(self.seen, Seen::Broken(..))
    }
}

/// Adds the name of the case to an outcome, if there is one.
pub(super) fn named(outcome: Outcome, name: String) -> Outcome {
    if name.is_empty() { outcome } else { outcome.case(name) }
}

/// Causes and the checks that they explain: if the first is broken, the others add nothing.
const CAUSES: &[(Negative, &[Negative])] = &[
    (
        MISSING,
        &[
            JUNK,
            SCHEME,
            QUERY,
            TAMPERED,
            UNSIGNED,
            NONE,
            EMPTY_KEY,
            FOREIGN_KEY,
            OTHER_LENGTH,
            CONFUSION,
            EMBEDDED,
            REMOTE,
            KEY_ID,
            ALGORITHM,
        ],
    ),
    (
        JUNK,
        &[SCHEME, TAMPERED, UNSIGNED, NONE, EMPTY_KEY, FOREIGN_KEY, OTHER_LENGTH, CONFUSION, EMBEDDED, REMOTE, KEY_ID],
    ),
    (TAMPERED, &[UNSIGNED, NONE, EMPTY_KEY, FOREIGN_KEY, OTHER_LENGTH, CONFUSION, EMBEDDED, REMOTE, KEY_ID]),
    (FOREIGN_KEY, &[OTHER_LENGTH, EMBEDDED, REMOTE, KEY_ID]),
    (UNSIGNED, &[NONE]),
    (EMPTY_KEY, &[KEY_ID]),
];

/// Removes the cases that another case explains, and returns outcomes that say so.
pub(super) fn one_cause_once(mut cases: Vec<Case>) -> (Vec<Case>, Vec<Outcome>) {
    let mut explained = Vec::new();
    for (cause, others) in CAUSES {
        if !cases.iter().any(|case| case.check.0 == cause.0 && case.is_broken()) {
            continue;
        }
        let is_other = |case: &mut Case| others.iter().any(|other| other.0 == case.check.0);
        explained.extend(
            cases
                .extract_if(.., is_other)
                .map(|case| named(case.check.skipped(format!("explained by {}", cause.0.id())), case.name)),
        );
    }
    (cases, explained)
}
