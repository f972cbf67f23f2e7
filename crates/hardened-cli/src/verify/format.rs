//! The formats in which a result is written.

use clap::ValueEnum;
use hardened_core::{
    ci::{github, sarif},
    terminal::Look,
    verification::Verification as Document,
};
use hardened_verify::rule;

use super::{html, junit, problems::problems};

/// The form of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs: docs/verification.schema.json
    Json,
    /// For test reports
    Junit,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// Annotations and a summary of GitHub Actions
    Github,
    /// One page that needs no network, for a phone or a printer
    Html,
}

/// Writes the result.
pub(super) fn write(format: Format, document: &Document, look: Look) -> Result<String, String> {
    match format {
        Format::Text => Ok(format!("{}\n", document.text(look))),
        Format::Json => Ok(document.to_json()),
        Format::Junit => junit::write(document),
        Format::Sarif => Ok(format!("{:#}\n", sarif::document(tool(), &problems(document)))),
        Format::Github => Ok(annotations(document)),
        Format::Html => html::write(document),
    }
}

fn tool() -> sarif::Tool<'static> {
    sarif::Tool { name: "hardened verify", version: env!("CARGO_PKG_VERSION"), rules: rule::ALL }
}

/// Returns the annotations, one line for each failure.
pub(super) fn annotations(document: &Document) -> String {
    problems(document).iter().map(|problem| format!("{}\n", github::annotation(problem))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a document with one outcome of each verdict.
    fn document() -> Document {
        Document::parse(include_str!("../../tests/data/verification.json")).unwrap()
    }

    #[test]
    fn each_form_is_the_same_as_reviewed() {
        for (name, format) in [
            ("text", Format::Text),
            ("json", Format::Json),
            ("junit", Format::Junit),
            ("github", Format::Github),
            ("html", Format::Html),
        ] {
            insta::assert_snapshot!(format!("verification-{name}"), write(format, &document(), Look::PLAIN).unwrap());
        }
        let sarif = write(Format::Sarif, &document(), Look::PLAIN).unwrap();
        let results = sarif.split("\"tool\"").next().unwrap();
        // The index of the rule changes with every new rule.
        let results: String = results.lines().filter(|line| !line.contains("ruleIndex")).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!("verification-sarif", results);
    }
}
