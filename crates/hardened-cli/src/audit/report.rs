//! Makes the report.

use std::{
    fs,
    io::{self, Write},
};

use hardened_audit::{Audit, Decision, Report, statement};
use hardened_core::{manifest::Manifest, rule::Rule, verification::Verification};
use hardened_verify::Family;

use super::{
    arguments::{Arguments, Format},
    read,
};
use crate::{
    outcome::{Outcome, complain},
    output, rules,
};

/// Runs the command.
pub(super) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let report = match report(arguments) {
        Ok(report) => report,
        Err(reason) => {
            complain(&reason);
            return Ok(Outcome::Misused);
        }
    };
    let text = rendered(arguments, &report);
    match &arguments.output {
        None => write!(io::stdout().lock(), "{text}")?,
        Some(path) => {
            if let Err(error) = fs::write(path, text) {
                complain(&format!("{} cannot be written: {}", output::path(path), output::cause(&error)));
                return Ok(Outcome::Misused);
            }
        }
    }
    Ok(if report.is_failure() { Outcome::Refused } else { Outcome::Done })
}

fn report(arguments: &Arguments) -> Result<Report, String> {
    let mut audit = Audit::new().known_codes(codes());
    let mut is_empty = true;
    if let Some(path) = &arguments.manifest {
        audit = audit.manifest(read::document(path, Manifest::parse)?);
        is_empty = false;
    }
    if let Some(path) = &arguments.verification {
        audit = audit.verification(read::document(path, Verification::parse)?);
        is_empty = false;
    }
    if let Some(path) = &arguments.previous {
        audit = audit.previous(read::document(path, Manifest::parse)?);
    }
    if let Some(path) = &arguments.decisions {
        audit = audit.decisions(Decision::read_all(path).map_err(|error| error.to_string())?);
        is_empty = false;
    }
    if is_empty {
        return Err("nothing was given to report on; name --manifest, --verification or --decisions".to_owned());
    }
    Ok(audit.report())
}

/// The codes of every rule and check of this release.
fn codes() -> Vec<String> {
    let checks = Family::ALL.iter().flat_map(|family| family.checks()).map(|check| check.id());
    rules::all().into_iter().map(Rule::code).chain(checks).map(str::to_owned).collect()
}

fn rendered(arguments: &Arguments, report: &Report) -> String {
    if let Some((name, digest)) = &arguments.statement {
        return format!("{:#}\n", statement(report, name, digest));
    }
    match arguments.format {
        Format::Markdown => report.markdown(),
        Format::Json => report.to_json(),
        Format::Html => report.html(),
    }
}
