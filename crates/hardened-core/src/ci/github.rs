//! Annotations for GitHub Actions: lines of output that appear as marks on a commit.
//!
//! The format is GitHub's: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use super::Problem;
use crate::finding::Severity;

/// Returns the annotation for a problem, as one line: `::error file=src/main.rs,line=4,title=scan-…::the fact`.
#[must_use]
pub fn annotation(problem: &Problem) -> String {
    let command = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    // A URL is not a file of the repository.
    if !problem.place.uri.contains("://") {
        properties.push(format!("file={}", property(&problem.place.uri)));
        properties.extend(problem.place.line.map(|line| format!("line={line}")));
        properties.extend(problem.place.column.map(|column| format!("col={column}")));
    }
    properties.push(format!("title={}", property(problem.rule.code())));
    let fix = if problem.remedy.is_empty() { String::new() } else { format!("; {}", problem.remedy) };
    format!("::{command} {}::{}", properties.join(","), data(&format!("{}{fix}", problem.fact)))
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ci::Place, rule};

    #[test]
    fn what_could_begin_another_command_or_property_is_escaped() {
        let place = |uri: &str| Place { uri: uri.to_owned(), line: Some(4), column: Some(7) };
        let problem = |uri, fact: &str| Problem {
            rule: rule::SETTING_MALFORMED,
            severity: Severity::Error,
            fact: fact.to_owned(),
            remedy: "correct it".to_owned(),
            place: place(uri),
            identity: String::new(),
        };
        for (uri, fact, expected) in [
            (
                "src/main.rs",
                "100 %",
                "::error file=src/main.rs,line=4,col=7,title=setting-malformed::100 %25; correct it",
            ),
            ("a,b:c", "one\ntwo", "::error file=a%2Cb%3Ac,line=4,col=7,title=setting-malformed::one%0Atwo; correct it"),
            ("https://a.example", "fact", "::error title=setting-malformed::fact; correct it"),
        ] {
            assert_eq!(annotation(&problem(uri, fact)), expected);
        }
    }
}
