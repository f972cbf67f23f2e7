//! Core dumps are forbidden before the first secret is read.

use std::io::ErrorKind;

use super::session::Session;
use crate::{Violation, finding::Name, process, rule};

/// Under this subject a waiver leaves core dumps on.
const SUBJECT: &str = "process";

/// Forbids core dumps where the rule binds and the loader may change the process: a test loads in a process that is
/// not its own.
pub(super) fn forbid(session: &mut Session, owns_process: bool) {
    let subject = Name::declared(SUBJECT);
    // Asked in any case, so that a waiver never counts as unused.
    if !session.upholds(rule::PROCESS_CORE_DUMPS, &subject) || !owns_process {
        return;
    }
    match process::no_core_dumps() {
        Err(error) if error.kind() != ErrorKind::Unsupported => {
            let fact = "the operating system refused to disable core dumps";
            session.tell(subject.into(), Violation::new(rule::PROCESS_CORE_DUMPS, fact));
        }
        _ => {}
    }
}
