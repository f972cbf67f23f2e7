//! Core dumps are forbidden before the first secret is read.

use std::io::ErrorKind;

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
    match process::no_core_dumps() {
        Err(error) if error.kind() != ErrorKind::Unsupported => {
            let fact = "the operating system refused to disable core dumps";
            journal.report(subject.into(), Violation::new(rule::PROCESS_CORE_DUMPS, fact));
        }
        _ => {}
    }
}
