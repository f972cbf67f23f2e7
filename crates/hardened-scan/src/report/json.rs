//! The report for machines: `docs/scan.schema.json`.

use serde_json::{Value, json};

use super::{Passed, Report, What};
use crate::{
    finding::Finding,
    place::{Place, Position},
};

impl Report {
    /// Returns the report as JSON, version 1. No value is in it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let counts = self.counts;
        json!({
            "schema_version": 1,
            "outcome": if self.is_refusal() { "found" } else { "nothing-found" },
            "searched": { "values": counts.values, "files": counts.files, "objects": counts.objects, "objects_before": counts.known, "bytes": counts.bytes },
            "findings": self.findings.iter().map(finding).collect::<Vec<_>>(),
            "omitted": self.omitted,
            "accepted": self.accepted,
            "not_searched": self.passed.iter().map(passed).collect::<Vec<_>>(),
        })
    }
}

fn finding(finding: &Finding) -> Value {
    json!({
        "code": finding.rule().code(),
        "severity": finding.severity().name(),
        "subject": finding.subject(),
        "message": finding.message(),
        "remedy": finding.remedy(),
        "place": place(finding.place()),
    })
}

fn passed(passed: &Passed) -> Value {
    let reason = passed.reason.to_string();
    match &passed.what {
        What::Value(name) => json!({ "value": name, "reason": reason }),
        What::Place(at) => json!({ "place": place(at), "reason": reason }),
    }
}

fn place(place: &Place) -> Value {
    let mut shown = json!({ "path": place.path().to_string_lossy().replace('\\', "/"), "text": place.to_string() });
    let mut add = |name: &str, value: Value| {
        if let Some(members) = shown.as_object_mut() {
            members.insert(name.to_owned(), value);
        }
    };
    if !place.members().is_empty() {
        add("members", json!(place.members()));
    }
    match place.position() {
        Position::Whole => {}
        Position::Line { line, column } => {
            add("line", line.into());
            add("column", column.into());
        }
        Position::Offset(offset) => add("offset", offset.into()),
    }
    if let Some(git) = place.git() {
        add("git", json!({ "object": git.object, "kind": git.kind.name(), "commit": git.commit }));
    }
    shown
}
