//! The subcommand `config audit` of a service that registers it.

use std::{
    ffi::OsString,
    io::{self, Write},
};

use hardened_core::{arguments, manifest::Manifest, rule::Rule};

use crate::{audit::Audit, files::Files, report::Report};

const HELP: &str = "\
Creates one report for an auditor: the configuration, what was shown about it, and what was not shown

Usage: config audit [OPTIONS]

  --manifest FILE       the manifest of a release, instead of the configuration of this environment
  --verification FILE   the verification of the live service: hardened verify --format json
  --scan FILE           the result of a search for secrets: config scan --format json
  --decisions DIR       the decisions (ADRs), such as docs/adr
  --previous FILE       the manifest of the previous release: the report says what changed
  --format FORM         markdown, json or html

Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage.
";

/// Returns the subcommand `config audit` of a service. See [`AuditCommand`].
///
/// `manifest` makes the manifest of the configuration of this process. It is not called if `--manifest` names a file.
///
/// ```
/// use hardened_core::manifest::Manifest;
///
/// fn answer_the_auditor(manifest: fn() -> Manifest) {
///     hardened_audit::command(manifest).run_if_asked();
/// }
/// ```
pub fn command<F: FnOnce() -> Manifest>(manifest: F) -> AuditCommand<F> {
    AuditCommand { manifest, rules: Vec::new() }
}

/// The subcommand `config audit` of a service. It makes a report from the service's own configuration and the documents
/// that its arguments name.
///
/// With the crate `hardened`, a service registers it like this, before `hardened::command` and its own arguments:
///
/// ```text
/// hardened_audit::command(|| Loaded::manifest(&Settings::load_or_exit())).rules(hardened::rule::ALL).run_if_asked();
/// ```
#[derive(Debug)]
#[must_use = "the subcommand does nothing until `run_if_asked` is called"]
pub struct AuditCommand<F> {
    manifest: F,
    rules: Vec<Rule>,
}

impl<F: FnOnce() -> Manifest> AuditCommand<F> {
    /// Adds rules whose weaknesses (CWE) the report names.
    pub fn rules(mut self, rules: &[Rule]) -> Self {
        self.rules.extend_from_slice(rules);
        self
    }

    /// Runs the subcommand and ends the process if the first arguments are `config audit`; otherwise does nothing.
    pub fn run_if_asked(self) {
        if let Some(arguments) = arguments::behind(&["config", "audit"]) {
            let status = self.run(arguments, &mut io::stdout().lock(), &mut io::stderr().lock());
            std::process::exit(status);
        }
    }

    /// Runs the subcommand with the arguments after `config audit` and returns the exit status.
    pub fn run(
        self,
        arguments: impl IntoIterator<Item = OsString>,
        output: &mut dyn Write,
        errors: &mut dyn Write,
    ) -> i32 {
        let (files, format) = match parse(arguments) {
            Ok(Some(options)) => options,
            Ok(None) => return write!(output, "{HELP}").map_or(1, |()| 0),
            Err(mistake) => return complain(&format!("{mistake}\n\n{HELP}"), errors),
        };
        let mut audit = Audit::new().rules(self.rules);
        if files.manifest.is_none() {
            audit = audit.manifest((self.manifest)());
        }
        let report = match files.add_to(audit) {
            Ok(audit) => audit.report(),
            Err(reason) => return complain(&format!("{reason}\n"), errors),
        };
        match write!(output, "{}", format(&report)) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => 2,
            _ => i32::from(report.is_failure()),
        }
    }
}

fn complain(words: &str, errors: &mut dyn Write) -> i32 {
    // A failure to write to standard error cannot be reported anywhere.
    let _ = write!(errors, "error: {words}");
    2
}

/// The function that formats a report.
type Form = fn(&Report) -> String;

/// Parses the arguments; `None` if help is requested. Errors do not repeat unknown arguments, because they may be secrets.
fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<(Files, Form)>, &'static str> {
    let (mut files, mut format): (_, Form) = (Files::default(), Report::markdown);
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let text = argument.to_str().unwrap_or_default();
        let (name, attached) =
            text.split_once('=').map_or((text, None), |(name, value)| (name, Some(OsString::from(value))));
        let mut value = || attached.clone().or_else(|| arguments.next()).ok_or("an option needs a value");
        match name {
            "--help" | "-h" => return Ok(None),
            "--manifest" => files.manifest = Some(value()?.into()),
            "--verification" => files.verification = Some(value()?.into()),
            "--scan" => files.scan = Some(value()?.into()),
            "--decisions" => files.decisions = Some(value()?.into()),
            "--previous" => files.previous = Some(value()?.into()),
            "--format" => {
                format = match value()?.to_str() {
                    Some("markdown") => Report::markdown,
                    Some("json") => Report::to_json,
                    Some("html") => Report::html,
                    _ => return Err("--format is one of markdown, json, html"),
                };
            }
            _ => return Err("unknown argument (not repeated here)"),
        }
    }
    Ok(Some((files, format)))
}
