//! Core dumps are forbidden before the first secret is read.

use std::io::{self, ErrorKind};

use hardened_core::journal::Journal;

use super::process;
use crate::{Violation, finding::Name, rule};

/// Under this subject a waiver leaves core dumps on.
const SUBJECT: &str = "process";

/// Forbids core dumps where the rule binds and the loader may change the process: a test loads in a process that is
/// not its own.
pub(crate) fn forbid(journal: &mut Journal, owns_process: bool) {
    let subject = Name::declared(SUBJECT);
    // Asked in any case, so that a waiver never counts as unused.
    if !journal.binds(rule::PROCESS_CORE_DUMPS, &subject) || !owns_process {
        return;
    }
    if let Some(violation) = judge(process::no_core_dumps()) {
        journal.report(subject.into(), violation);
    }
}

/// What the operating system's answer means. On a system without core dumps there is nothing to tell.
fn judge(answer: io::Result<()>) -> Option<Violation> {
    answer.err().filter(|error| error.kind() != ErrorKind::Unsupported)?;
    let fact = "the operating system refused to disable core dumps";
    Some(Violation::new(rule::PROCESS_CORE_DUMPS, fact))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No test can make the system refuse: only a sandbox does.
    #[test]
    fn a_refusal_of_the_operating_system_is_told() {
        for (answer, told) in [
            (Ok(()), None),
            (Err(ErrorKind::Unsupported), None),
            (Err(ErrorKind::PermissionDenied), Some("insecure: the operating system refused to disable core dumps")),
        ] {
            let violation = judge(answer.map_err(io::Error::from));
            assert_eq!(violation.map(|violation| violation.message()).as_deref(), told, "{answer:?}");
        }
    }
}
