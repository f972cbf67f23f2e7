//! Rust code that takes a secret from the wrong place.
//!
//! Each file is examined once. A fast word search decides whether it is parsed at all; most files are not.
//!
//! Code that only tests compile may contain its own keys. There, only keys of known issuers are reported, because they work
//! wherever they are. Such code is items below `#[cfg(test)]` and `#[test]`, and files below `tests`, `benches`, `examples`
//! and the like.

mod attributes;
mod builders;
mod built_in;
mod collect;
mod declared;
mod environment;
mod fallback;
mod flow;
mod interest;
mod known;
mod lazy;
mod literal;
mod look;
mod parse;
mod set_var;
mod shown;
mod tests_only;
mod types;
mod visit;

use std::path::Path;

use crate::{
    found::Found,
    judge::{
        credential::{self, Credential, Kind},
        tests_only as tests,
    },
    place::Place,
    report::Report,
    rule::sources::SCAN_CODE_DEBUG,
};

/// Checks one Rust file and reports its findings. `place` is the file.
///
/// A file that is not valid Rust is noted as not parsed; then only credentials that are recognised by their form are found.
pub fn check(place: &Place, text: &str, report: &mut Report) {
    judge(place, text, tests::is_path(place.path()), report);
}

/// Checks a file that exists on this machine. If its module is declared for tests only, it is judged as test code.
pub(crate) fn check_file(place: &Place, file: &Path, text: &str, report: &mut Report) {
    let mut own = Report::default();
    check(place, text, &mut own);
    if !own.findings().is_empty() && declared::is_for_tests(file) {
        own = Report::default();
        judge(place, text, true, &mut own);
    }
    report.merge(own);
}

fn judge(place: &Place, text: &str, is_test: bool, report: &mut Report) {
    let mut found = Found::default();
    let counts = |credential: &Credential| {
        credential.kind == Kind::Issued && (!is_test || tests::opens(text.get(credential.at..).unwrap_or_default()))
    };
    credential::find(text).filter(counts).for_each(|credential| found.credential(credential));
    if !is_test && interest::is_interesting(text) {
        match parse::with(text, visit::file) {
            // Nobody can change the `Debug` derives in generated code.
            Some(more) if is_generated(text) => found.merge(more.without(SCAN_CODE_DEBUG)),
            Some(more) => found.merge(more),
            None => {
                report.skip(
                    place.clone(),
                    "it is not valid Rust, so its code was not judged; keys that are known by their form were searched",
                );
                credential::find(text).for_each(|credential| found.credential(credential));
            }
        }
    }
    found.report(place, text, report);
}

/// Returns whether the file says near its beginning that a program generated it.
fn is_generated(text: &str) -> bool {
    text.lines().take(20).any(|line| line.starts_with("//") && line.contains("@generated"))
}

/// Returns whether the name of a file is that of a Rust file.
#[must_use]
pub fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}
