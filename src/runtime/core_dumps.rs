//! Disables core dumps before the first secret is read.

use std::io::{self, ErrorKind};

use hardened_core::journal::Journal;

use super::process;
use crate::{Violation, finding::Name, rule};

/// The subject of a waiver that leaves core dumps on.
const SUBJECT: &str = "process";

/// Disables core dumps if the rule applies and the loader owns the process. A loader in a test does not own it, because
/// other tests run in the same process.
pub(crate) fn forbid(journal: &mut Journal, owns_process: bool) {
    let subject = Name::declared(SUBJECT);
    // Checked in any case, so that a waiver never counts as unused.
    if !journal.binds(rule::PROCESS_CORE_DUMPS, &subject) || !owns_process {
        return;
    }
    if let Some(violation) = judge(process::no_core_dumps()) {
        journal.report(subject.into(), violation);
    }
}

/// Interprets the operating system's answer. A system without core dumps needs no finding.
fn judge(answer: io::Result<()>) -> Option<Violation> {
    answer.err().filter(|error| error.kind() != ErrorKind::Unsupported)?;
    let fact = "the operating system refused to disable core dumps";
    Some(Violation::new(rule::PROCESS_CORE_DUMPS, fact))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of answers, because only a sandbox could make the system refuse.
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
