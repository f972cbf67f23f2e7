//! Searches the sources of a crate for secrets.

use std::{collections::BTreeSet, fs, path::Path};

use hardened::{Config, Loader, finding::Severity};
use hardened_scan::{Accepted, Finding, Report, Scan, accepted::FILE_NAME};

/// The maximum number of findings in a message.
const MAX_SHOWN: usize = 20;

/// Panics with all findings in the sources of a crate. Does nothing if the directory has no `Cargo.toml`.
#[track_caller]
pub(crate) fn assert_clean<T: Config>(directory: &Path) {
    if !directory.join("Cargo.toml").is_file() {
        return;
    }
    let scan = accepting(Scan::sources().path(directory), directory);
    let report = match scan.run() {
        Ok(report) => report,
        Err(error) => panic!("the sources of `{}` were not searched: {error}", T::SCHEMA.name()),
    };
    fail_with::<T>("has a secret in its sources", &report, is_of_the_service);
    assert_example_in_step::<T>(directory);
}

/// Adds the list of accepted findings to a scan, if there is one.
#[track_caller]
pub(crate) fn accepting<'v>(scan: Scan<'v>, directory: &Path) -> Scan<'v> {
    let list = directory.join(FILE_NAME);
    if !list.is_file() {
        return scan;
    }
    match Accepted::read(&list) {
        Ok(accepted) => scan.accepted(accepted),
        Err(error) => panic!("{error}"),
    }
}

/// Returns whether a finding is about the code of the service. Tests may have keys that look like real ones.
fn is_of_the_service(finding: &Finding) -> bool {
    let first = finding.place().path().iter().next().unwrap_or_default();
    !["tests", "benches", "examples"].iter().any(|folder| first == *folder)
}

/// Panics if there is an error among the findings that count.
#[track_caller]
pub(crate) fn fail_with<T: Config>(what: &str, report: &Report, counts: fn(&Finding) -> bool) {
    let is_error = |finding: &&Finding| finding.severity() == Severity::Error && counts(finding);
    let lines: Vec<_> = report.findings().iter().filter(is_error).take(MAX_SHOWN).map(line).collect();
    if !lines.is_empty() {
        panic!("`{}` {what}:\n{}", T::SCHEMA.name(), lines.join("\n"));
    }
}

fn line(finding: &Finding) -> String {
    format!("  {}  {}  {}\n      fix: {}", finding.place(), finding.subject(), finding.message(), finding.remedy())
}

/// Panics if `.env.example` lacks a variable of the service, or names one that it does not read.
#[track_caller]
fn assert_example_in_step<T: Config>(directory: &Path) {
    let Ok(text) = fs::read_to_string(directory.join(".env.example")) else { return };
    let loader = T::loader(Loader::new());
    let tiers = loader.tier_variables();
    let expected = T::SCHEMA.env_example();
    let (written, expected) = (names(&text), names(&expected));
    let settings = T::SCHEMA.settings();
    let declared = settings.iter().flat_map(|setting| setting.variables().iter().map(|name| name.as_str()));
    let known: BTreeSet<&str> = declared.chain(tiers.iter().copied()).collect();
    let is_known = |name: &str| {
        let is_of_element = T::SCHEMA.has_element_variable(name);
        is_of_element || known.contains(name.strip_suffix("_FILE").unwrap_or(name)) || known.contains(name)
    };
    let missing: Vec<_> = expected.iter().filter(|name| !written.contains(*name)).map(String::as_str).collect();
    if !missing.is_empty() {
        panic!("`.env.example` of `{}` lacks {}; rewrite it with `config env`", T::SCHEMA.name(), missing.join(", "));
    }
    let entries = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let unknown: Vec<_> = entries.flat_map(names).filter(|name| !is_known(name)).collect();
    if !unknown.is_empty() {
        panic!("`.env.example` of `{}` has {}, which the service does not read", T::SCHEMA.name(), unknown.join(", "));
    }
}

/// Returns the names of the variables in the text of a `.env` file, including those that are commented out.
fn names(text: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let (name, _) = line.trim_start_matches(['#', ' ']).split_once('=')?;
        let name = name.trim().trim_start_matches("export ");
        let is_name = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        is_name.then(|| name.to_owned())
    };
    text.lines().filter_map(name).collect()
}
