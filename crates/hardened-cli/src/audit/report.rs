//! Writes the audit report.

use std::{
    fs,
    io::{self, Write},
};

use hardened_audit::{Audit, Files, Report, statement};
use hardened_verify::Family;

use super::arguments::{Arguments, Format};
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
    let files = Files {
        manifest: arguments.manifest.clone(),
        verification: arguments.verification.clone(),
        scan: arguments.scan.clone(),
        decisions: arguments.decisions.clone(),
        previous: arguments.previous.clone(),
    };
    let given = [&files.manifest, &files.verification, &files.scan, &files.decisions];
    if given.iter().all(|file| file.is_none()) {
        return Err("nothing was given to report on; name --manifest, --verification, --scan or --decisions".to_owned());
    }
    let checks = Family::ALL.iter().flat_map(|family| family.checks()).map(|check| check.id());
    Ok(files.add_to(Audit::new().rules(rules::all()).checks(checks))?.report())
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
