//! The report for continuous integration: SARIF and GitHub annotations.

use hardened_core::ci::{Place as Spot, Problem, github, sarif};

use super::Report;
use crate::{finding::Finding, place::Position, rule};

impl Report {
    /// Returns the findings as a SARIF 2.1.0 document, for code scanning.
    #[must_use]
    pub fn sarif(&self) -> serde_json::Value {
        let tool = sarif::Tool { name: "hardened scan", version: env!("CARGO_PKG_VERSION"), rules: &rule::ALL };
        sarif::document(tool, &self.problems())
    }

    /// Returns the findings as annotations of GitHub Actions, one per line.
    #[must_use]
    pub fn annotations(&self) -> String {
        self.problems().iter().map(|problem| format!("{}\n", github::annotation(problem))).collect()
    }

    fn problems(&self) -> Vec<Problem> {
        self.findings.iter().map(problem).collect()
    }
}

fn problem(finding: &Finding) -> Problem {
    let place = finding.place();
    let path = place.path().to_string_lossy().replace('\\', "/");
    let (line, column) = match place.position() {
        Position::Line { line, column } => (Some(line), Some(column)),
        Position::Whole | Position::Offset(_) => (None, None),
    };
    // Findings in an archive or in the history have no line in the file itself.
    let is_here = place.git().is_none() && place.members().is_empty();
    let at = if is_here { String::new() } else { format!(" ({place})") };
    Problem {
        rule: finding.rule(),
        severity: finding.severity(),
        fact: format!("{}: {}{at}", finding.subject(), finding.message()),
        remedy: finding.remedy(),
        place: Spot {
            uri: if path.is_empty() { ".".to_owned() } else { path.clone() },
            line: line.filter(|_| is_here),
            column: column.filter(|_| is_here),
        },
        identity: format!("{} {} {path}", finding.rule(), finding.subject()),
    }
}
