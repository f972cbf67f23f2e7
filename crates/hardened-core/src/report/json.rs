//! The report as JSON.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::{Omitted, Report, Waived};
use crate::{finding::Finding, provenance::Provenance};

impl Report {
    /// Returns the report as JSON (version 1): outcome, tier, findings and waivers. It contains no secret and no rejected
    /// value.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let document = Document {
            version: 1,
            outcome: if self.is_refusal() { "refused" } else { "accepted" },
            tier: TierOf { value: self.tier().name(), evidence: self.evidence() },
            findings: self.findings().iter().map(FindingOf::from).collect(),
            omitted: self.omitted.iter().map(OmittedOf::from).collect(),
            waivers: self.waivers().iter().map(WaiverOf::from).collect(),
        };
        value(document)
    }
}

impl Provenance {
    /// Returns the source as JSON, with its kind in the member `source`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        value(ProvenanceOf::from(self))
    }
}

/// Converts a document to JSON. This cannot fail: all keys are text and all numbers are small.
fn value(document: impl Serialize) -> Value {
    serde_json::to_value(document).unwrap_or_default()
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    outcome: &'static str,
    tier: TierOf<'a>,
    findings: Vec<FindingOf<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    omitted: Vec<OmittedOf>,
    waivers: Vec<WaiverOf<'a>>,
}

#[derive(Serialize)]
struct TierOf<'a> {
    value: &'static str,
    evidence: &'a [String],
}

#[derive(Serialize)]
struct FindingOf<'a> {
    code: &'static str,
    severity: &'static str,
    subject: &'a str,
    field: &'a str,
    message: String,
    remedy: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    provenance: Option<ProvenanceOf>,
}

impl<'a> From<&'a Finding> for FindingOf<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            code: finding.code(),
            severity: finding.severity().name(),
            subject: finding.subject(),
            field: finding.field(),
            message: finding.message(),
            remedy: finding.remedy(),
            provenance: finding.provenance().map(ProvenanceOf::from),
        }
    }
}

/// The number of findings of one kind that are left out.
#[derive(Serialize)]
struct OmittedOf {
    code: &'static str,
    severity: &'static str,
    count: usize,
}

impl From<&Omitted> for OmittedOf {
    fn from(kind: &Omitted) -> Self {
        Self { code: kind.rule.code(), severity: kind.severity.name(), count: kind.count }
    }
}

#[derive(Serialize)]
struct WaiverOf<'a> {
    code: &'static str,
    subject: &'a str,
    reason: &'static str,
    used: bool,
}

impl<'a> From<&'a Waived> for WaiverOf<'a> {
    fn from(waiver: &'a Waived) -> Self {
        Self { code: waiver.rule().code(), subject: waiver.subject(), reason: waiver.reason(), used: waiver.is_used() }
    }
}

#[derive(Serialize)]
#[serde(tag = "source", rename_all = "kebab-case")]
enum ProvenanceOf {
    Environment {
        variable: String,
    },
    File {
        #[serde(skip_serializing_if = "Option::is_none")]
        variable: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        path: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        column: Option<u32>,
    },
    Provider {
        name: String,
    },
    Code,
    Argument {
        name: &'static str,
    },
    Default,
}

impl From<&Provenance> for ProvenanceOf {
    fn from(provenance: &Provenance) -> Self {
        let text = |path: &Path| Some(path.display().to_string());
        match provenance {
            Provenance::Environment { variable } => Self::Environment { variable: variable.to_string() },
            Provenance::NamedFile { variable, path } => Self::File {
                variable: Some(variable.to_string()),
                path: path.as_deref().and_then(text),
                line: None,
                column: None,
            },
            Provenance::SecretDirectory { path } => {
                Self::File { variable: None, path: text(path), line: None, column: None }
            }
            Provenance::Line { path, line, column } => {
                Self::File { variable: None, path: text(path), line: Some(*line), column: *column }
            }
            Provenance::Provider { name } => Self::Provider { name: name.clone() },
            Provenance::Code => Self::Code,
            Provenance::Argument { name } => Self::Argument { name },
            Provenance::Default => Self::Default,
        }
    }
}
