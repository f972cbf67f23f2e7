//! The failures in the form that continuous integration needs.

use hardened_core::{
    ci::{Place, Problem},
    finding::Severity,
    rule::Rule,
    text::escape,
    verification::{Outcome, SeverityWord, Verification as Document},
};
use hardened_verify::rule;

/// Returns every failure that is a note, a warning or an error.
pub(super) fn problems(document: &Document) -> Vec<Problem> {
    document.outcomes.iter().filter_map(|outcome| problem(&document.target.url, outcome)).collect()
}

fn problem(url: &str, outcome: &Outcome) -> Option<Problem> {
    let severity = match outcome.severity? {
        SeverityWord::Note => Severity::Note,
        SeverityWord::Warning => Severity::Warning,
        _ => Severity::Error,
    };
    let case = outcome.case.as_deref().map(|case| format!(" [{}]", escape(case))).unwrap_or_default();
    let reason = outcome.reason.as_deref().unwrap_or_default();
    Some(Problem {
        rule: Rule::find(&outcome.rule, rule::ALL)?,
        severity,
        fact: format!("{}{case}: {reason}", outcome.check),
        remedy: outcome.remedy.clone().unwrap_or_default(),
        place: Place { uri: place(url, outcome), line: None, column: None },
        identity: format!("{}{case}", outcome.check),
    })
}

/// Returns the URL of the last request that shows the failure.
fn place(url: &str, outcome: &Outcome) -> String {
    let path = outcome.evidence.last().map(|exchange| exchange.sent.path.as_str()).unwrap_or_default();
    let base = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    format!("{base}{path}")
}
